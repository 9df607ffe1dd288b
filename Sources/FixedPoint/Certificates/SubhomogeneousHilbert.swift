/// Theorem 4: the normalised map g = f/‖f‖_p contracts in Hilbert's metric on the positive p-sphere.
///
/// Forms: f order-preserving with coefficient mu < 1 (rate mu); f strongly mu-subhomogeneous with mu < 1/2 (rate 2 mu); and
/// directly, the Hilbert coefficient over an invariant part of the sphere (``HilbertCover``). The positive sphere and the
/// parts {z >= a} of it are complete in d_H, which gives existence.
/// Source: Sittoni, Tudisco, *Subhomogeneous Deep Equilibrium Models*, ICML 2024, theorem 4.5; Birkhoff 1957; Lemmens,
/// Nussbaum, *Nonlinear Perron-Frobenius Theory*, 2012, chapter 2 and appendix A.
public enum SubhomogeneousHilbert: ConeTheorem {
  public static let id = "subhomogeneous-hilbert"
  public static let statement =
    "If the Hilbert coefficient of g = f/‖f‖_p is below 1 on an invariant part of the positive sphere, Picard contracts by "
    + "it in Hilbert's metric to the only fixed point (Sittoni, Tudisco 2024; Birkhoff 1957)."
  public static let isLight = false
  public static let denseClaim: Claim? = nil

  public static func certify(_ analysis: Analysis) -> Certificate {
    guard let last = analysis.network.operators.last as? Normalize, last.sliceSize == analysis.network.dimension else {
      return notApplicable("the pipeline does not end in a normalisation of all entries together", on: analysis)
    }
    // Every image lies on the sphere, so that a fixed point of the open cone does.
    let scope = analysis.coneScope
    let norm = last.norm.exponent
    let calculus = analysis.subhomogeneity
    let candidates = byCalculus(calculus)
    if let proof = candidates.first(where: \.holds), let rate = proof.value {
      return proved(rate, scope, .leaf(norm: norm, isInvariant: true), proof, "by the calculus", calculus.derivation)
    }
    guard var cover = HilbertCover(of: analysis.network, norm: last.norm) else {
      return unproved(
        analysis, scope: analysis.openCone,
        hypotheses: candidates + [Hypothesis("Hilbert coefficient over the sphere", nil, .less, 1)],
        derivation: calculus.derivation)
    }
    cover.refine(below: 1)
    let parts = cover.count == 1 ? "" : ", cut into \(cover.count) parts"
    let direct = Hypothesis("Hilbert coefficient over the sphere\(parts)", cover.rate, .less, 1)
    if direct.holds {
      return proved(
        cover.rate, scope, .leaf(norm: norm, box: cover.region, isInvariant: true), direct, "directly", [])
    }
    return unproved(
      analysis, scope: analysis.openCone, hypotheses: candidates + [direct], derivation: calculus.derivation)
  }

  /// The forms that rest on the coefficient of f before its normalisation.
  private static func byCalculus(_ calculus: Subhomogeneity) -> [Hypothesis] {
    guard let before = calculus.beforeNormalization, before.isPositive, let strong = before.strong else { return [] }
    let doubled = Hypothesis("twice the strong coefficient on the open cone, by the calculus", 2 * strong, .less, 1)
    guard before.isOrderPreserving else { return [doubled] }
    return [Hypothesis("coefficient of the order-preserving map, by the calculus", strong, .less, 1)]
  }

  private static func proved(
    _ rate: Double, _ scope: Scope, _ leaf: Scope, _ hypothesis: Hypothesis, _ form: String,
    _ derivation: [DerivationStep]
  ) -> Certificate {
    Certificate(
      id: id, theorem: statement, verdict: .proved, claim: .exactlyOne, scope: scope, basis: leaf, rate: rate,
      metric: .hilbert,
      rateScope: leaf, hypotheses: [hypothesis],
      reason: "proved \(form): \(hypothesis.text) is at most \(rate.brief)", derivation: derivation)
  }
}

extension VectorNorm {
  /// p.
  var exponent: Double {
    switch self {
    case .power(let exponent): exponent
    case .sup: .infinity
    }
  }
}
