/// Theorem 10 in the 2-norm: the largest singular value of J is below 1.
public enum LipschitzTwo: LipschitzTheorem {
  public static let id = "lipschitz-2"
  public static let statement =
    "If f has a Lipschitz constant below 1 in the Euclidean norm, Picard contracts by it to the only fixed point (Banach)."
  public static let isLight = false
  public static let denseClaim: Claim? = .exactlyOne
  static let normName = "2-norm"
  static let metric = CertificateMetric.euclidean

  static func norm(_ matrix: IntervalMatrix) -> ProvedBound? { SmallestEigenvalue.norm2(matrix) }
}
