/// Theorem 10 in the sup norm: the largest row sum of |J| is below 1.
public enum LipschitzSup: LipschitzTheorem {
  public static let id = "lipschitz-inf"
  public static let statement =
    "If f has a Lipschitz constant below 1 in the sup norm, Picard contracts by it to the only fixed point (Banach)."
  public static let isLight = true
  public static let denseClaim: Claim? = .exactlyOne
  static let normName = "sup norm"
  static let metric = CertificateMetric.sup

  static func norm(_ matrix: IntervalMatrix) -> ProvedBound? { matrix.magnitude.normInfEnclosure }
}
