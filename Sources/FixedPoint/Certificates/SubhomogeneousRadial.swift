/// Theorem 3: mu-subhomogeneity along rays, for weights of any sign. It never says that a fixed point is unique.
///
/// `|J z| <= mu f(z)` bounds how f changes along rays. With weights of both signs that is no contraction:
/// `tanh(W z) + 1.2` with `W = [[1, -1], [-1, 1]]` has mu <= 0.9992 on all of R² and three positive fixed points.
/// Source: Sittoni, Tudisco, *Subhomogeneous Deep Equilibrium Models*, ICML 2024, definition 3.1 and section 4 (the
/// condition); the counterexample: theory, section 3, theorem 3.
public enum SubhomogeneousRadial: ConeTheorem {
  public static let id = "subhomogeneous-radial"
  public static let statement =
    "If the radial coefficient is at most mu < 1, f is mu-subhomogeneous along rays; with weights of both signs this alone "
    + "does not make the fixed point unique."
  public static let isLight = true
  public static let denseClaim: Claim? = nil

  public static func certify(_ analysis: Analysis) -> Certificate {
    let everywhere = analysis.subhomogeneityEverywhere
    let isGlobal = everywhere.radial.map { $0 < 1 } ?? false
    let calculus = isGlobal ? everywhere : analysis.subhomogeneity
    guard let radial = calculus.radial else {
      return notApplicable(
        "the calculus gives no radial coefficient for this pipeline", on: analysis, claim: .alongRays,
        derivation: calculus.derivation)
    }
    let degree = Hypothesis("radial coefficient, by the calculus", radial, .less, 1)
    return Certificate(
      id: id, theorem: statement, verdict: degree.holds ? .proved : .inconclusive, claim: .alongRays,
      scope: isGlobal ? analysis.everywhere : analysis.openCone, hypotheses: [degree],
      reason: degree.holds
        ? "holds along rays with coefficient \(radial.brief); this says nothing about uniqueness" : degree.failure,
      derivation: calculus.derivation)
  }
}
