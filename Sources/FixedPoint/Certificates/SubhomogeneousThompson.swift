internal import Glibc
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
  public static let isLight = false
  public static let denseClaim: Claim? = nil

  public static func certify(_ analysis: Analysis) -> Certificate {
    if let proof = byCalculus(analysis) { return proof }
    let boxes = analysis.positiveBoxes
    guard !boxes.isEmpty else {
      return notApplicable("no box of the open cone is known that f maps into itself", on: analysis)
    }
    var last: Certificate?
    for box in boxes {
      let certificate = overBox(box, analysis)
      if certificate.verdict == .proved { return certificate }
      last = last ?? certificate
    }
    return last ?? notApplicable("no box of the open cone is known that f maps into itself", on: analysis)
  }

  /// The form over the whole cone.
  private static func byCalculus(_ analysis: Analysis) -> Certificate? {
    let calculus = analysis.subhomogeneity
    guard calculus.isPositive, let strong = calculus.strong, strong < 1 else { return nil }
    return Certificate(
      id: id, theorem: statement, verdict: .proved, claim: .exactlyOne, scope: analysis.coneScope,
      basis: .openCone(isInvariant: true), rate: strong,
      metric: .thompson, rateScope: .openCone(isInvariant: true),
      hypotheses: [Hypothesis("strong coefficient on the open cone, by the calculus", strong, .less, 1)],
      reason: "proved by the calculus over the whole cone: strong coefficient \(strong.brief)",
      derivation: calculus.derivation + normalizing(calculus, strong))
  }

  /// Where the calculus ends in Hilbert's metric, the step to Thompson's.
  private static func normalizing(_ calculus: Subhomogeneity, _ strong: Double) -> [DerivationStep] {
    guard calculus.beforeNormalization != nil else { return [] }
    return [DerivationStep(position: nil, "normalised, in Thompson's metric: at most twice as large", strong)]
  }

  private static func overBox(_ region: InvariantBox, _ analysis: Analysis) -> Certificate {
    let logJacobian = LogJacobian(of: analysis.network)
    if let whole = wholeBox(region, logJacobian) { return proved(whole.stage, whole.cover, region) }
    guard var cover = BoxCover(region.box, logJacobian) else {
      return unproved(
        analysis, scope: region.domain,
        hypotheses: [positivity(region.box), Hypothesis("Perron root of the bound of |L| over the box", nil, .less, 1)])
    }
    let whole = cover
    let obstruction = obstruction(analysis, region)
    if obstruction == nil { cover.refine(below: 1, most: mostParts(analysis.network.dimension)) }
    if cover.rate < 1, let last = region.stages.last { return proved(last, cover, region) }
    return unproved(
      analysis, scope: region.domain, hypotheses: [positivity(region.box), contraction(cover)],
      obstruction: obstruction, derivation: derivation(whole))
  }

  /// Among the stages of the invariant box on which the form holds without cutting, the one from which the fewest steps
  /// to a distance of 1e-10 are predicted: later stages have better rates, earlier ones are reached sooner.
  private static func wholeBox(
    _ region: InvariantBox, _ logJacobian: LogJacobian
  ) -> (stage: InvariantBox.Stage, cover: BoxCover)? {
    var best: (stage: InvariantBox.Stage, cover: BoxCover, steps: Double)?
    for stage in region.stages {
      guard let cover = BoxCover(stage.box, logJacobian), cover.rate < 1 else { continue }
      let steps = Double(stage.steps) + log(1e-10) / log(max(cover.rate, 1e-10))
      if let best, best.steps <= steps { break }
      best = (stage, cover, steps)
    }
    return best.map { ($0.stage, $0.cover) }
  }

  private static func positivity(_ box: IntervalVector) -> Hypothesis {
    Hypothesis("smallest entry of the invariant box", box.lower.min(), .greater, 0)
  }

  private static func contraction(_ cover: BoxCover) -> Hypothesis {
    let parts = cover.count == 1 ? "" : ", cut into \(cover.count) parts"
    return Hypothesis("weighted row sums of |L| over the box\(parts)", cover.rate, .less, 1)
  }

  private static func derivation(_ cover: BoxCover) -> [DerivationStep] {
    [
      DerivationStep(position: nil, "largest row sum of |L| over the box (row-sum form)", cover.rowSumRate),
      DerivationStep(position: nil, "largest weighted row sum of |L| over the box (weighted form)", cover.rate),
    ]
  }

  private static func proved(_ stage: InvariantBox.Stage, _ cover: BoxCover, _ region: InvariantBox) -> Certificate {
    let hypothesis = contraction(cover)
    return Certificate(
      id: id, theorem: statement, verdict: .proved, claim: .exactlyOne, scope: region.domain,
      basis: region.scope(of: stage), rate: cover.rate,
      metric: .weightedThompson(weights: cover.weights), rateScope: region.scope(of: stage),
      hypotheses: [positivity(stage.box), hypothesis],
      reason: "proved in the weighted form: \(hypothesis.text) are at most \(cover.rate.brief), unweighted "
        + "\(cover.rowSumRate.brief); orbits are in the box after \(stage.steps) steps",
      derivation: derivation(cover))
  }

  /// How many parts a box may be cut into: what stays well within the time for one answer.
  private static func mostParts(_ dimension: Int) -> Int { dimension <= 12 ? 2048 / max(4, dimension) : 1 }

  /// No weights make |L| contract where its Perron root at one point of the box is at least 1.
  private static func obstruction(_ analysis: Analysis, _ region: InvariantBox) -> Violation? {
    let logJacobian = LogJacobian(of: analysis.network)
    for candidate in analysis.fixedPoints where region.box.contains(candidate.point) {
      guard let enclosure = logJacobian.enclosure(over: IntervalVector(candidate.point)) else { continue }
      guard let root = try? enclosure.mignitude.perronRoot(), root.lower >= 1 else { continue }
      return Violation(
        witness: .point(candidate.point),
        reason: "at \(candidate.point.brief) the Perron root of |L| is at least \(root.lower.brief)")
    }
    return nil
  }
}

extension Analysis {
  /// All of Rⁿ if f maps it into the open cone, else the open cone, which f maps into itself.
  var coneScope: Scope { subhomogeneityEverywhere.isPositive ? .everywhere() : .openCone(isInvariant: true) }
}

extension IntervalMatrix {
  /// The smallest absolute value of each entry.
  var mignitude: Matrix {
    Matrix(
      rows: rows, columns: columns,
      values: zip(lower.values, upper.values).map { $0 > 0 ? $0 : $1 < 0 ? -$1 : 0 })
  }
}
