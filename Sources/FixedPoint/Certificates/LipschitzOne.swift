internal import LinearAlgebra

/// Theorem 10 in the 1-norm: the largest column sum of |J| is below 1.
public enum LipschitzOne: LipschitzTheorem {
  public static let id = "lipschitz-1"
  public static let statement =
    "If f has a Lipschitz constant below 1 in the 1-norm, Picard contracts by it to the only fixed point (Banach)."
  public static let isLight = true
  public static let denseClaim: Claim? = .exactlyOne
  static let normName = "1-norm"
  static let metric = CertificateMetric.sum

  static func norm(_ matrix: IntervalMatrix) -> ProvedBound? { matrix.magnitude.transposed.normInfEnclosure }
}
