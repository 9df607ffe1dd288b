internal import LinearAlgebra

/// Theorem 5: a positive concave map is a standard interference mapping, with at most one fixed point in the cone.
///
/// Concavity and J >= 0 give J z <= f(z) - f(0), so that the strong coefficient at z is at most 1 - min_i f_i(0)/f_i(z),
/// and over [0, b] at most 1 - min_i f_i(0)/f_i(b): below 1. An invariant [0, b] gives existence too; without one there is
/// at most one fixed point.
/// Source: Gabor, Piotrowski, Cavalcante, *Positive concave deep equilibrium models*, ICML 2024, section 3; Yates,
/// *A framework for uplink power control in cellular radio systems*, 1995 (standard interference functions).
public enum PositiveConcave: ConeTheorem {
  public static let id = "positive-concave"
  public static let statement =
    "If f is concave, non-decreasing and positive at 0 on the cone, it has at most one fixed point there, and on an "
    + "invariant [0, b] Picard contracts by 1 - min f_i(0)/f_i(b) in Thompson's metric (Gabor et al. 2024)."
  public static let isLight = true
  public static let denseClaim: Claim? = nil

  public static func certify(_ analysis: Analysis) -> Certificate {
    let calculus = analysis.subhomogeneity
    guard calculus.isOrderPreserving, calculus.isConcave, calculus.isNonNegative else {
      let why = calculus.obstacle ?? "an activation is not concave, non-decreasing and non-negative on t > 0"
      return notApplicable("the map is not known to be positive and concave: \(why)", on: analysis, claim: .atMostOne)
    }
    let origin = IntervalVector(Array(repeating: 0, count: analysis.network.dimension))
    guard let least = try? analysis.network.enclose(origin) else {
      return notApplicable("f is not bounded at 0", on: analysis, claim: .atMostOne)
    }
    let positive = Hypothesis("smallest entry of f(0)", least.lower.min(), .greater, 0)
    guard positive.holds else {
      return notPositive(analysis, positive, isProvablyNot: (least.upper.min() ?? 0) <= 0)
    }
    guard let (most, region) = reach(analysis) else {
      return Certificate(
        id: id, theorem: statement, verdict: .proved, claim: .atMostOne, scope: .openCone(isInvariant: true),
        hypotheses: [positive],
        reason: "positive and concave; no invariant box is known, so there may be no fixed point")
    }
    let rate = zip(least.lower, most).map { Rounding.sumUp(1, -Rounding.quotientDown($0, $1)) }.max() ?? 1
    // By Brouwer's theorem there is a fixed point in the box, whether or not the rate is below 1 once it is rounded.
    let strong = Hypothesis("1 - min f_i(0)/f_i(b)", rate, .less, 1)
    return Certificate(
      id: id, theorem: statement, verdict: .proved, claim: .exactlyOne, scope: .openCone(isInvariant: true),
      rate: strong.holds ? rate : nil, metric: strong.holds ? .thompson : nil, rateScope: region,
      hypotheses: strong.holds ? [positive, strong] : [positive],
      reason: "positive and concave with an invariant box: rate \(rate.brief)")
  }

  /// At 0 f is not positive in every entry, provably or as far as is known.
  private static func notPositive(_ analysis: Analysis, _ positive: Hypothesis, isProvablyNot: Bool) -> Certificate {
    let origin = Array(repeating: 0.0, count: analysis.network.dimension)
    return Certificate(
      id: id, theorem: statement, verdict: isProvablyNot ? .refuted : .inconclusive, claim: .atMostOne,
      scope: analysis.openCone, hypotheses: [isProvablyNot ? positive.violated : positive],
      witness: isProvablyNot ? .point(origin) : nil,
      reason: (isProvablyNot ? "at 0 an entry of f is not positive; " : "") + positive.failure)
  }

  /// f's largest values on an invariant set [0, b] of the cone, and the set: the open cone where f is bounded on it.
  private static func reach(_ analysis: Analysis) -> (most: [Double], region: Scope)? {
    let cone = IntervalVector.closedCone(analysis.network.dimension)
    if let image = try? analysis.network.enclose(cone), image.isFinite {
      return (image.upper, .openCone(isInvariant: true))
    }
    guard let box = analysis.boxAroundPositiveFixedPoint?.domain.box else { return nil }
    // f is non-decreasing: f([0, b]) <= f(b) <= b.
    let region = IntervalVector(lower: Array(repeating: 0, count: box.count), upper: box.upper)
    guard let image = try? analysis.network.enclose(region), region.contains(image) else { return nil }
    return (image.upper, .localBox(region, isInvariant: true))
  }
}
