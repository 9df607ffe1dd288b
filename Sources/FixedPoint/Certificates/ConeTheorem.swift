/// What the theorems about the cone share: how a failed proof becomes a verdict.
protocol ConeTheorem: Theorem {}

extension ConeTheorem {
  static func notApplicable(
    _ reason: String, claim: Claim = .unique, domain: Domain = .positiveCone, derivation: [DerivationStep] = []
  ) -> Certificate {
    Certificate(
      id: id, theorem: statement, verdict: .notApplicable, claim: claim, domain: domain, hypotheses: [],
      reason: reason, derivation: derivation)
  }

  /// The verdict where no form of the theorem proves uniqueness in `domain`: refuted if two fixed points in it are in
  /// hand, or if the hypothesis provably fails at a point, which is the obstruction; else inconclusive.
  static func unproved(
    _ analysis: Analysis, domain: Domain, hypotheses: [Hypothesis], obstruction: String? = nil,
    derivation: [DerivationStep] = []
  ) -> Certificate {
    let second = analysis.twoPositiveFixedPoints(in: domain).map { points in
      "there are two fixed points: \(points.map { $0.point.brief }.joined(separator: " and "))"
    }
    let failures = hypotheses.filter { !$0.holds }.map(\.failure)
    let reasons = [second, obstruction].compactMap { $0 } + failures
    return Certificate(
      id: id, theorem: statement, verdict: second == nil && obstruction == nil ? .inconclusive : .refuted,
      claim: .unique, domain: domain, hypotheses: hypotheses,
      reason: reasons.isEmpty ? "no form of the theorem applies" : reasons.joined(separator: "; "),
      derivation: derivation)
  }
}

extension Analysis {
  /// Two different fixed points of the open cone, proved, in the domain; `nil` if no two are in hand.
  fileprivate func twoPositiveFixedPoints(in domain: Domain) -> [ComputedFixedPoint]? {
    guard case .box(let region) = domain else { return twoPositiveFixedPoints }
    return twoFixedPoints { region.contains($0) }
  }
}

extension [Double] {
  /// The first entries, for sentences.
  var brief: String {
    "(" + prefix(4).map(\.brief).joined(separator: ", ") + (count > 4 ? ", …" : "") + ")"
  }
}
