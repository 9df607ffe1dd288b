internal import LinearAlgebra

/// Theorem 12: the spectral radius ρ of J at a computed fixed point.
///
/// ρ < 1: the fixed point attracts nearby starts of Picard's iteration, whose rate tends to ρ. ρ > 1: it repels, Picard
/// cannot settle there. It never says how many fixed points there are. The computed point's error is counted: Krawczyk's
/// test proves a fixed point within a small box around it, and the bounds of ρ hold for every J over that box.
/// Source: Ostrowski, *Solution of Equations and Systems of Equations*, 1966, theorem 22.1; Krawczyk 1969.
public enum LocalSpectralRadius: Theorem {
  public static let id = "local-spectral-radius"
  public static let statement =
    "If the spectral radius of J at a fixed point is below 1, Picard converges to it from nearby, at that rate in the "
    + "limit; above 1 it is repelled (Ostrowski 1966)."
  public static let isLight = false
  public static let denseClaim: Claim? = .local

  public static func certify(_ analysis: Analysis) -> Certificate {
    guard let point = analysis.computedFixedPoint else {
      return Certificate(
        id: id, theorem: statement, verdict: .inconclusive, claim: .local, scope: analysis.everywhere, hypotheses: [],
        reason: "no fixed point was found, neither by Picard nor by Newton")
    }
    let origin = point.attracts ? "the fixed point that Picard reaches" : "the computed fixed point"
    guard let box = FixedPointProof(network: analysis.network).box(around: point.point),
      let jacobian = try? analysis.network.encloseJacobian(box), let bound = SpectralRadiusBound(jacobian)
    else {
      return Certificate(
        id: id, theorem: statement, verdict: .inconclusive, claim: .local, scope: analysis.everywhere, hypotheses: [],
        reason: "no fixed point could be proved to lie near \(origin)")
    }
    return certify(bound, origin, box, isSmooth: analysis.network.isSmooth(over: box))
  }

  private static func certify(_ bound: SpectralRadiusBound, _ origin: String, _ box: IntervalVector, isSmooth: Bool)
    -> Certificate
  {
    let (upper, lower) = (bound.upperBoundBelowOne(), bound.lowerBoundAboveOne())
    let allowance = upper.map { Rounding.sumUp($0, -bound.estimate) } ?? lower.map { bound.estimate - $0 } ?? .infinity
    let hypothesis = Hypothesis(
      "spectral radius of J at \(origin)", bound.estimate, .less, 1, allowance: max(allowance, 0).nextUp)
    let derivation = [
      DerivationStep(position: nil, "a fixed point lies in a box of this width around the computed one", box.width)
    ]
    if let upper, upper < 1, hypothesis.holds {
      return certificate(.proved, box, [hypothesis], "\(origin) attracts", rate: bound.estimate, derivation)
    }
    // On a kink no single derivative rules: a matrix between those of the pieces may expand where none of the pieces does.
    if lower != nil, isSmooth {
      return certificate(.refuted, box, [hypothesis.violated], "\(origin) repels", derivation)
    }
    return certificate(
      .inconclusive, box, [hypothesis],
      isSmooth
        ? "the spectral radius is too close to 1 to be decided" : "f has a kink there, and its slopes decide nothing",
      derivation)
  }

  private static func certificate(
    _ verdict: Verdict, _ box: IntervalVector, _ hypotheses: [Hypothesis], _ reason: String, rate: Double? = nil,
    _ derivation: [DerivationStep] = []
  ) -> Certificate {
    Certificate(
      id: id, theorem: statement, verdict: verdict, claim: .local,
      scope: .localBox(box, isInvariant: false), rate: rate, iteration: .picardAsymptotic, hypotheses: hypotheses,
      witness: verdict == .refuted ? .point(box.midpoint) : nil, fixedPoints: [box], reason: reason,
      derivation: derivation)
  }
}
