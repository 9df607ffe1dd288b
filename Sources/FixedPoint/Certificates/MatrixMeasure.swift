internal import LinearAlgebra

/// Theorem 9: the matrix measure of J in a weighted sup norm is below 1.
///
/// For weights w > 0, row i of J has the measure μ_i = J_ii + Σ_{j≠i} |J_ij| w_j / w_i. If μ_i <= γ < 1 for all J that occur, I - J̄
/// is nonsingular for every mean J̄, so there is at most one fixed point; over Rⁿ, -z + f(z) is strongly contracting and
/// has an equilibrium; in an invariant box Brouwer gives one. The averaged iteration (1-a) z + a f(z) with a <= 1/(1 - min_i min(J_ii, 0))
/// keeps 1 - a + a J_ii >= 0 and contracts by 1 - a (1 - max(γ, 0)).
///
/// Where the map is Φ(Wz + p) + q with slopes d_i in [0, β_i], row i of D W has d_i times the measure of W's row, so that
/// max(γ, 0) for diag(β) W bounds them all: with β = 1 that is the published form. Elsewhere the entries of J are bounded
/// one by one.
/// Source: Jafarpour, Davydov, Proskurnikov, Bullo, *Robust implicit networks via non-Euclidean contractions*, NeurIPS 2021,
/// theorems 1 and 2.
public enum MatrixMeasure: Theorem {
  public static let id = "matrix-measure-inf"
  public static let statement =
    "If the Metzler part of diag(β) W (of a bound of J in general) has a spectral abscissa below 1, the fixed point is "
    + "unique and the averaged iteration contracts in a weighted sup norm (Jafarpour et al. 2021)."
  public static let isLight = true
  public static let denseClaim: Claim? = .exactlyOne

  public static func certify(_ analysis: Analysis) -> Certificate {
    certificate(analysis.slopeRegions.compactMap(attempt), on: analysis) {
      analysis.violation(of: "spectral abscissa of the Metzler part of J") {
        try? $0.leastMetzler.metzlerAbscissa().lower
      }
    }
  }

  private static func attempt(_ region: SlopeRegion) -> ProofAttempt? {
    guard let jacobian = region.jacobian else { return nil }
    if case .success(let form) = region.slopeForm, form.slopes.lower.allSatisfy({ $0 >= 0 }) {
      return attempt(
        region, form.steepest.metzlerBound, of: "Metzler part of diag(β) W, β the largest slopes \(region.place)",
        jacobian)
    }
    return attempt(
      region, jacobian.metzlerBound, of: "Metzler part of the entrywise bound of J \(region.place)", jacobian)
  }

  private static func attempt(
    _ region: SlopeRegion, _ metzler: Matrix, of name: String, _ jacobian: IntervalMatrix
  ) -> ProofAttempt? {
    guard let abscissa = try? metzler.metzlerAbscissa(), abscissa.upper.isFinite else { return nil }
    let steepestFall = (0..<jacobian.rows).reduce(0) { min($0, jacobian.lower[$1, $1]) }
    let factor = Rounding.quotientDown(1, Rounding.sumUp(1, -steepestFall))
    let gain = Rounding.productDown(factor, Rounding.sumDown(1, -max(abscissa.upper, 0)))
    return region.attempt(
      [
        Hypothesis(
          "spectral abscissa of the \(name)", ProvedBound(Interval(abscissa.lower, abscissa.upper)), .less, 1)
      ],
      rate: Rounding.sumUp(1, -gain), metric: .weightedSup(weights: abscissa.vector),
      iteration: .averaged(factor: factor))
  }
}

extension IntervalMatrix {
  /// At most the Metzler part of every matrix inside.
  fileprivate var leastMetzler: Matrix {
    var result = mignitude
    for i in 0..<rows { result[i, i] = lower[i, i] }
    return result
  }

  /// At least the Metzler part of every matrix inside: largest diagonal entries, largest magnitudes off the diagonal.
  fileprivate var metzlerBound: Matrix {
    var result = magnitude
    for i in 0..<rows { result[i, i] = upper[i, i] }
    return result
  }
}
