/// The measures of a step that a stopping rule may use and a plot may show, with the names of the formats.
///
/// Source: theory, section 4.
public enum Measure: String, Sendable, CaseIterable {
  /// ‖f(z) - z‖₂ / ‖f(z)‖₂
  case residualRelative = "residual_relative"
  /// ‖f(z) - z‖₂
  case residualAbsolute = "residual_absolute"
  /// ‖f(z) - z‖_inf
  case residualSup = "residual_sup"
  /// d_T(f(z), z), undefined off the open cone
  case thompson
  /// d_H(f(z), z), undefined off the open cone
  case hilbert
}

/// The contraction ratios of a step: this step's distance over the last step's.
public enum Ratio: String, Sendable, CaseIterable {
  case euclidean = "ratio_euclidean"
  case sup = "ratio_sup"
  case thompson = "ratio_thompson"
  case hilbert = "ratio_hilbert"

  /// The distance whose ratio this is.
  public var measure: Measure {
    switch self {
    case .euclidean: .residualAbsolute
    case .sup: .residualSup
    case .thompson: .thompson
    case .hilbert: .hilbert
    }
  }
}
