/// Theorem 2: an order-preserving map of the open cone that is mu-subhomogeneous with mu < 1.
///
/// Order-preserving: J >= 0, so that the strong coefficient is the radial one, and the calculus bounds it over the whole
/// cone, which is complete in Thompson's metric: no box is needed.
/// Source: Sittoni, Tudisco, *Subhomogeneous Deep Equilibrium Models*, ICML 2024, theorem 4.2 and section 4; Lemmens,
/// Nussbaum, *Nonlinear Perron-Frobenius Theory*, 2012, lemma 2.1.7.
public enum SubhomogeneousOrderPreserving: ConeTheorem {
  public static let id = "subhomogeneous-order-preserving"
  public static let statement =
    "If f preserves the order of the open cone and is mu-subhomogeneous with mu < 1, Picard contracts by mu in Thompson's "
    + "metric to the only fixed point (Sittoni, Tudisco 2024)."
  public static let isLight = true
  public static let denseClaim: Claim? = nil

  public static func certify(_ analysis: Analysis) -> Certificate {
    let calculus = analysis.subhomogeneity
    guard calculus.isOrderPreserving else {
      return notApplicable(
        "the map is not known to be order-preserving: " + (calculus.obstacle ?? ""), on: analysis,
        derivation: calculus.derivation)
    }
    guard calculus.isPositive else {
      return notApplicable(
        "f is not known to be positive on the open cone", on: analysis, derivation: calculus.derivation)
    }
    let degree = Hypothesis("coefficient on the open cone, by the calculus", calculus.strong, .less, 1)
    guard degree.holds else {
      return unproved(analysis, scope: analysis.openCone, hypotheses: [degree], derivation: calculus.derivation)
    }
    return Certificate(
      id: id, theorem: statement, verdict: .proved, claim: .exactlyOne, scope: analysis.coneScope,
      basis: .openCone(isInvariant: true), rate: calculus.strong, metric: .thompson,
      rateScope: .openCone(isInvariant: true), hypotheses: [degree],
      reason: "order-preserving with coefficient \(calculus.strong?.brief ?? "") on the whole cone",
      derivation: calculus.derivation)
  }
}
