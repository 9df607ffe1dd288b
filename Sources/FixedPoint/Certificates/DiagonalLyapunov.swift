internal import LinearAlgebra

/// Theorem 7: a diagonal Λ > 0 makes Q(Λ) = sym((I - αW)ᵀ Λ (I - βW)) positive definite.
///
/// With slopes in [0, 1] it is the published 2Λ - ΛW - WᵀΛ ≻ 0, halved. The general sector [α, β] is ``SectorForm``'s; any
/// Λ for [0, 1] yields one for a smaller sector, so the published form needs no test of its own. Existence as in
/// ``MonotoneOperator``. Λ is searched for (``MultiplierSearch``); only its Q(Λ) is proved.
/// Source: Revay, Wang, Manchester, *Lipschitz bounded equilibrium networks*, 2020, theorem 1.
public enum DiagonalLyapunov: Theorem {
  public static let id = "lyapunov-diagonal"
  public static let statement =
    "If sym((I - αW)ᵀ Λ (I - βW)) is positive definite for a diagonal Λ > 0, [α, β] the slopes of the activation, the "
    + "fixed point is unique (Revay, Wang, Manchester 2020)."
  public static let isLight = false
  public static let denseClaim: Claim? = .exactlyOne

  public static func certify(_ analysis: Analysis) -> Certificate {
    let forms = analysis.slopeRegions.compactMap(\.withSlopeForm)
    var attempts: [ProofAttempt] = []
    for (region, form) in forms {
      let attempt = attempt(region, form)
      attempts.append(attempt)
      if attempt.succeeds { break }
    }
    return certificate(attempts, on: analysis, obstacle: analysis.slopeRegions.slopeFormObstacle)
  }

  private static func attempt(_ region: SlopeRegion, _ form: SlopeForm) -> ProofAttempt {
    let (multipliers, bound) = best(form)
    return region.attempt(
      [
        Hypothesis(
          "largest found smallest eigenvalue of sym((I - αW)ᵀ Λ (I - βW)) with trace Λ = n, α and β the slopes \(region.place)",
          bound, .greater, 0)
      ],
      metric: .weightedEuclidean(weights: multipliers))
  }

  /// The best of Λ = I, the guess from Perron vectors, and what the search finds.
  private static func best(_ form: SlopeForm) -> (multipliers: [Double], bound: ProvedBound?) {
    let sector = SectorForm(form)
    let ones = [Double](repeating: 1, count: sector.size)
    let guess = perronGuess(form) ?? ones
    var best: (multipliers: [Double], bound: ProvedBound?) = (ones, nil)
    for candidate in [ones, guess, MultiplierSearch.best(sector, from: guess)] {
      guard let bound = sector.smallestEigenvalue(candidate) else { continue }
      if bound.lower > best.bound?.lower ?? -.infinity { best = (candidate, bound) }
    }
    return best
  }

  /// λ_i = v_i / w_i with v, w the left and right Perron vectors of diag(max |slope|) |W|: a solution wherever its root is below
  /// 1. Kept within 10⁶ of the mean, with sum n.
  private static func perronGuess(_ form: SlopeForm) -> [Double]? {
    let bound = form.steepest.magnitude
    guard let right = try? bound.perronRoot().vector, let left = try? bound.transposed.perronRoot().vector else {
      return nil
    }
    let ratios = zip(left, right).map { $0 / $1 }
    let sum = ratios.reduce(0, +)
    guard sum.isFinite, sum > 0 else { return nil }
    return ratios.map { max(1e-6, $0 * Double(ratios.count) / sum) }
  }
}
