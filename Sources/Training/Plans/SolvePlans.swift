/// How the fixed points of a batch are computed.
public struct ForwardPlan: Sendable, Equatable {
  public enum Method: String, Sendable, CaseIterable {
    /// z <- f(z).
    case picard
    /// Anderson acceleration, every sample with coefficients of its own.
    case anderson
    /// Peaceman-Rachford splitting, for the monotone layer with relu.
    case peacemanRachford = "peaceman-rachford"
  }

  /// Whose residual has to meet the tolerance.
  public enum Judgement: String, Sendable, CaseIterable {
    /// That of each sample; one that has met it moves no more, so that its result does not depend on its neighbours.
    case sample
    /// That of all samples that are solved together, as one vector.
    case batch
  }

  public var method = Method.anderson
  public var window = 5
  /// Added to the diagonal of Anderson's Gram matrix, in units of its mean diagonal; a session's pipeline is solved
  /// without.
  public var regularization = 1e-6
  /// Of ‖f(z) - z‖₂ / ‖f(z)‖₂.
  public var tolerance = 1e-3
  /// Evaluations of f.
  public var maxSteps = 30
  public var judgement = Judgement.sample

  public init() {}
}

/// How the gradient goes back through the fixed points: by g = (I - Jᵀ)⁻¹ v, or by a cheaper surrogate.
public struct BackwardPlan: Sendable, Equatable {
  public enum Method: String, Sendable, CaseIterable {
    /// g <- Jᵀ g + v.
    case picard
    case anderson
    /// GMRES on all samples together.
    case gmres
    /// LU factors of I - J of each sample, for layers with a matrix.
    case direct
    /// g = v. Source: Fung and others, *JFB*, AAAI 2022.
    case jacobianFree = "jacobian-free"
    /// g <- damping (Jᵀ g + v) + (1 - damping) g, `terms` times from 0.
    /// Source: Geng and others, *On training implicit models*, NeurIPS 2021.
    case phantom
  }

  public var method = Method.anderson
  public var window = 5
  /// Of ‖v - (I - Jᵀ) g‖₂ / ‖v‖₂ of each sample.
  public var tolerance = 1e-3
  /// Products Jᵀ·vector.
  public var maxSteps = 30
  public var terms = 5
  public var damping = 0.5

  public init() {}

  /// Whether the method is meant to meet the tolerance: a surrogate is not.
  public var isExact: Bool { method != .jacobianFree && method != .phantom }
}
