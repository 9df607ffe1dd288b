/// A theorem applied in one of its forms: published, global or over a box.
struct ProofAttempt: Sendable {
  /// The form, as it is named to people: "global form", "box form".
  let form: String
  let domain: Domain
  let hypotheses: [Hypothesis]
  var rate: Double?
  var metric: CertificateMetric?
  var iteration: RateIteration = .picard
  /// Where the rate holds, if that is less than the domain.
  var rateRegion: IntervalVector?
  var derivation: [DerivationStep] = []

  var succeeds: Bool { !hypotheses.isEmpty && hypotheses.allSatisfy(\.holds) }
  /// A hypothesis fails whatever the rounding did.
  var provablyFails: Bool { hypotheses.contains(where: \.provablyFails) }
}

extension Hypothesis {
  /// The value is on the wrong side of the bound by more than rounding can have cost.
  var provablyFails: Bool {
    guard let value else { return false }
    return switch relation {
    case .less: Rounding.sumDown(value, -allowance) >= bound
    case .lessOrEqual: Rounding.sumDown(value, -allowance) > bound
    case .greater: Rounding.sumUp(value, allowance) <= bound
    case .greaterOrEqual: Rounding.sumUp(value, allowance) < bound
    }
  }

  init(_ text: String, _ proved: ProvedBound?, _ relation: Relation, _ bound: Double) {
    self.init(text, proved?.value, relation, bound, allowance: proved?.allowance ?? 0)
  }
}

extension Theorem {
  /// The certificate of uniqueness by the first form that proves it; without one, the evidence of all that were tried.
  ///
  /// `isExhaustive` is false where a hypothesis that fails may hold for another choice of what was searched for;
  /// `obstacle` says why no form could be tried, for the case that there is none.
  static func certificate(
    _ attempts: [ProofAttempt], on analysis: Analysis, isExhaustive: Bool = true,
    obstacle: String = "the derivative has no bound over all of Rⁿ, and no invariant box is known"
  ) -> Certificate {
    if let proof = attempts.first(where: \.succeeds) { return proved(proof) }
    guard let last = attempts.last else {
      return Certificate(
        id: id, theorem: statement, verdict: .notApplicable, claim: .unique, domain: .everywhere, hypotheses: [],
        reason: obstacle)
    }
    let several = analysis.twoFixedPointsAnywhere.map { ["\($0.count) fixed points are in hand"] } ?? []
    let isRefuted = !several.isEmpty || (isExhaustive && attempts.allSatisfy(\.provablyFails))
    return Certificate(
      id: id, theorem: statement, verdict: isRefuted ? .refuted : .inconclusive, claim: .unique, domain: last.domain,
      hypotheses: attempts.flatMap(\.hypotheses), reason: (attempts.map(failure) + several).joined(separator: "; "),
      derivation: attempts.flatMap(\.derivation))
  }

  private static func proved(_ proof: ProofAttempt) -> Certificate {
    Certificate(
      id: id, theorem: statement, verdict: .proved, claim: .unique, domain: proof.domain, rate: proof.rate,
      metric: proof.metric, rateRegion: proof.rateRegion, iteration: proof.iteration, hypotheses: proof.hypotheses,
      reason: "proved in the \(proof.form)", derivation: proof.derivation)
  }

  /// The first hypothesis that fails, with what it misses.
  private static func failure(_ attempt: ProofAttempt) -> String {
    guard let failed = attempt.hypotheses.first(where: { !$0.holds }) else { return attempt.form }
    return "\(attempt.form): \(failed.failure)"
  }
}

extension Hypothesis {
  /// What fails, and by how much.
  var failure: String {
    guard let value, let margin else { return "\(text) could not be bounded" }
    let missed = margin == 0 ? "" : ", missed by \((-margin).brief)"
    return "\(text) is \(value.brief), not \(relation.rawValue) \(bound.brief)\(missed)"
  }
}

extension Double {
  /// Four decimals, for sentences; numbers to compute with are in the hypotheses.
  var brief: String {
    if let whole = Int(exactly: self), magnitude < 1e6 { return "\(whole)" }
    return magnitude >= 1e-3 && magnitude < 1e6 ? "\((self * 1e4).rounded() / 1e4)" : "\(Float(self))"
  }
}
