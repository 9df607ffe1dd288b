/// The theorem that a training keeps true of its layer, by how it writes or projects the weights.
public enum Guarantee: String, Sendable, CaseIterable {
  case none
  /// W = (1 - m) I - AᵀA + B - Bᵀ.
  case monotone
  /// After each step W is divided by a bound of the Perron root of |W|, where that is above ``limit``.
  case perronFrobenius = "perron-frobenius"
  /// After each step a row of W is divided by its sum of magnitudes, where that is above ``limit``.
  case lipschitz
  /// |W| with an activation of positive coefficient below 1.
  case subhomogeneousThompson = "subhomogeneous-thompson"
  /// |W| with a concave activation and f(0) > 0.
  case positiveConcave = "positive-concave"

  /// What projections leave of 1.
  public static let limit = 0.95

  /// The layer that gives the guarantee by construction; `nil` where any dense one is projected.
  var layer: ModelPlan.Layer? {
    switch self {
    case .none, .perronFrobenius, .lipschitz: nil
    case .monotone: .monotone
    case .subhomogeneousThompson, .positiveConcave: .nonnegative
    }
  }

  /// The theorem of the catalogue that is proved again after each epoch.
  var theorem: String? {
    switch self {
    case .none: nil
    case .lipschitz: "lipschitz-inf"
    default: rawValue
    }
  }
}
