internal import LinearAlgebra

/// Theorem 8: the Perron root of an entrywise bound M of |J| is below 1.
///
/// With M w <= ρ w, w > 0: |f(x) - f(y)| <= M |x - y| entry by entry, so f contracts by ρ in max_i |x_i - y_i| / w_i, and
/// Banach's theorem gives the fixed point. With one affine part and slopes in [-1, 1], M <= |W|: the published form.
/// Source: El Ghaoui, Gu, Travacca, Askari, Tsai, *Implicit deep learning*, SIMODS 2021, theorem 2.3 and section 3.
public enum PerronFrobenius: Theorem {
  public static let id = "perron-frobenius"
  public static let statement =
    "If the Perron root of an entrywise bound of |J| is below 1, Picard contracts by it in a weighted sup norm to the "
    + "only fixed point (El Ghaoui et al. 2021)."
  public static let isLight = true
  public static let denseClaim: Claim? = .exactlyOne

  public static func certify(_ analysis: Analysis) -> Certificate {
    certificate(analysis.slopeRegions.compactMap(attempt), on: analysis) {
      analysis.violation(of: "Perron root of |J|") { try? $0.mignitude.perronRoot().lower }
    }
  }

  private static func attempt(_ region: SlopeRegion) -> ProofAttempt? {
    guard let root = try? region.jacobian?.magnitude.perronRoot(), root.upper.isFinite else { return nil }
    return region.attempt(
      [
        Hypothesis(
          "Perron root of the entrywise bound of |J| \(region.place)",
          ProvedBound(Interval(root.lower, root.upper)), .less, 1)
      ],
      rate: root.upper, metric: .weightedSup(weights: root.vector))
  }
}
