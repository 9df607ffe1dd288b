internal import LinearAlgebra

/// Theorem 1: strong subhomogeneity below 1 makes f a contraction in Thompson's metric.
///
/// Three forms. By the calculus, over the whole open cone, which is complete in d_T. Over an invariant box of the cone, by
/// the row sums of an entrywise bound M of |L|. And over that box in weights w > 0, which needs only that the Perron root
/// of M is below 1; it contains the row sums as w = 1, is strictly stronger, and is ours.
///
/// Proof of the weighted form. The box is convex in u = log z, and g(u) = log f(exp u) has g' = L with |L| <= M there.
/// So |g(u) - g(v)| <= ∫ |L| |u - v| <= M |u - v| <= max_i(|u_i - v_i| / w_i) M w along the segment, entry by entry.
/// With M w <= ρ w, dividing by w gives d_{T,w}(f(x), f(y)) <= ρ d_{T,w}(x, y); the box is complete: Banach.
/// Where the box is cut into parts, ∫ is the sum over the parts: M w <= ρ w on each, with one w, is enough.
///
/// Source: Lemmens, Nussbaum, *Nonlinear Perron-Frobenius Theory*, 2012, chapter 2 (d_T); Sittoni, Tudisco,
/// *Subhomogeneous Deep Equilibrium Models*, ICML 2024, theorem 4.2 (row sums). The weighted form: this project.
public enum SubhomogeneousThompson: ConeTheorem {
  public static let id = "subhomogeneous-thompson"
  public static let statement =
    "If f maps a log-convex set of the open cone into itself with a strong coefficient below 1, Picard contracts by it in "
    + "Thompson's metric to the only fixed point (Sittoni, Tudisco 2024); the weighted form is this project's."
  public static let isLight = true

  public static func certify(_ analysis: Analysis) -> Certificate {
    if let proof = byCalculus(analysis) { return proof }
    let boxes = analysis.positiveBoxes
    guard !boxes.isEmpty else {
      return notApplicable("no box of the open cone is known that f maps into itself")
    }
    var last: Certificate?
    for box in boxes {
      let certificate = overBox(box, analysis)
      if certificate.verdict == .proved { return certificate }
      last = last ?? certificate
    }
    return last ?? notApplicable("no box of the open cone is known that f maps into itself")
  }

  /// The form over the whole cone.
  private static func byCalculus(_ analysis: Analysis) -> Certificate? {
    let calculus = analysis.subhomogeneity
    guard calculus.isPositive, let strong = calculus.strong, strong < 1 else { return nil }
    return Certificate(
      id: id, theorem: statement, verdict: .proved, claim: .unique, domain: analysis.domainOfCone, rate: strong,
      metric: .thompson,
      hypotheses: [Hypothesis("strong coefficient on the open cone, by the calculus", strong, .less, 1)],
      reason: "proved by the calculus over the whole cone: strong coefficient \(strong.brief)",
      derivation: calculus.derivation)
  }

  private static func overBox(_ region: InvariantBox, _ analysis: Analysis) -> Certificate {
    let positive = Hypothesis(
      "smallest entry of the invariant box", region.box.lower.min(), .greater, 0)
    guard var cover = BoxCover(region.box, LogJacobian(of: analysis.network)) else {
      let unbounded = Hypothesis("Perron root of the bound of |L| over the box", nil, .less, 1)
      return unproved(analysis, domain: region.domain, hypotheses: [positive, unbounded])
    }
    let rowSum = DerivationStep(position: nil, "largest row sum of |L| over the box", cover.rowSumRate)
    let whole = DerivationStep(position: nil, "Perron root of the bound of |L| over the box", cover.rate)
    cover.refine(below: 1, most: mostParts(analysis.network.dimension))
    let parts = cover.count == 1 ? "" : ", cut into \(cover.count) parts"
    let contraction = Hypothesis("weighted row sums of |L| over the box\(parts)", cover.rate, .less, 1)
    guard contraction.holds else {
      return unproved(
        analysis, domain: region.domain, hypotheses: [positive, contraction],
        obstruction: obstruction(analysis, region), derivation: [rowSum, whole])
    }
    return Certificate(
      id: id, theorem: statement, verdict: .proved, claim: .unique, domain: region.domain, rate: cover.rate,
      metric: .weightedThompson(weights: cover.weights), rateRegion: region.box,
      hypotheses: [positive, contraction],
      reason: "proved in the weighted form over the box\(parts): rate \(cover.rate.brief); row sums alone give "
        + cover.rowSumRate.brief,
      derivation: [rowSum, whole])
  }

  /// How many parts a box may be cut into: what stays well within the time for one answer.
  private static func mostParts(_ dimension: Int) -> Int { dimension <= 12 ? 4096 / max(4, dimension) : 1 }

  /// No weights make |L| contract where its Perron root at one point of the box is at least 1.
  private static func obstruction(_ analysis: Analysis, _ region: InvariantBox) -> String? {
    let logJacobian = LogJacobian(of: analysis.network)
    for candidate in analysis.fixedPoints where region.box.contains(candidate.point) {
      guard let enclosure = logJacobian.enclosure(over: IntervalVector(candidate.point)) else { continue }
      guard let root = try? enclosure.mignitude.perronRoot(), root.lower >= 1 else { continue }
      return "at \(candidate.point.brief) the Perron root of |L| is at least \(root.lower.brief)"
    }
    return nil
  }
}

extension Analysis {
  /// All of Rⁿ if f maps it into the open cone, else the cone.
  var domainOfCone: Domain { subhomogeneityEverywhere.isPositive ? .everywhere : .positiveCone }
}

extension IntervalMatrix {
  /// The smallest absolute value of each entry.
  var mignitude: Matrix {
    Matrix(
      rows: rows, columns: columns,
      values: zip(lower.values, upper.values).map { $0 > 0 ? $0 : $1 < 0 ? -$1 : 0 })
  }
}
