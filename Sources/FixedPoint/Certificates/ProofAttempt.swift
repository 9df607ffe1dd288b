/// A theorem applied in one of its forms: published, global or over a box.
struct ProofAttempt: Sendable {
  /// The form, as it is named to people: "global form", "box form".
  let form: String
  /// Where the claim holds if it succeeds.
  let scope: Scope
  let hypotheses: [Hypothesis]
  var rate: Double?
  var metric: CertificateMetric?
  var iteration: RateIteration = .picard
  /// Where the rate holds, if that is less than the scope.
  var rateScope: Scope?
  var derivation: [DerivationStep] = []

  /// The set over which the hypotheses are about all slopes.
  var region: Scope { rateScope ?? scope }

  var succeeds: Bool { !hypotheses.isEmpty && hypotheses.allSatisfy(\.holds) }
}

extension Hypothesis {
  init(_ text: String, _ proved: ProvedBound?, _ relation: Relation, _ bound: Double) {
    self.init(text, proved?.value, relation, bound, allowance: proved?.allowance ?? 0)
  }
}

extension Theorem {
  /// The certificate of uniqueness by the first form that proves it; without one, the evidence of all that were tried.
  ///
  /// It is refuted only if two fixed points of the first form's scope, the widest, are in hand, or by what `violation`
  /// shows: a point or a direction at which the hypothesis fails. A bound that is too large shows nothing.
  ///
  /// `obstacle` says why no form could be tried, for the case that there is none.
  static func certificate(
    _ attempts: [ProofAttempt], on analysis: Analysis, violation: () -> Violation? = { nil },
    obstacle: String = "the derivative has no bound over all of Rⁿ, and no invariant box is known"
  ) -> Certificate {
    if let proof = attempts.first(where: \.succeeds) { return proved(proof) }
    guard let last = attempts.last else {
      return Certificate(
        id: id, theorem: statement, verdict: .notApplicable, claim: .exactlyOne, scope: analysis.everywhere,
        hypotheses: [], reason: obstacle)
    }
    let several = analysis.severalFixedPoints(in: attempts[0].scope).map(Violation.init(fixedPoints:))
    let violation = several ?? violation()
    let hypotheses = attempts.flatMap { attempt in
      violation?.speaksAgainst(attempt) ?? false ? attempt.hypotheses.map(\.violated) : attempt.hypotheses
    }
    let reasons = [violation?.reason].compactMap(\.self) + attempts.map(failure)
    return Certificate(
      id: id, theorem: statement, verdict: violation == nil ? .inconclusive : .refuted, claim: .exactlyOne,
      scope: several == nil ? last.scope : attempts[0].scope, hypotheses: hypotheses, witness: violation?.witness,
      reason: reasons.joined(separator: "; "), derivation: attempts.flatMap(\.derivation))
  }

  private static func proved(_ proof: ProofAttempt) -> Certificate {
    Certificate(
      id: id, theorem: statement, verdict: .proved, claim: .exactlyOne, scope: proof.scope, basis: proof.region,
      rate: proof.rate,
      metric: proof.metric, rateScope: proof.rateScope, iteration: proof.iteration, hypotheses: proof.hypotheses,
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
