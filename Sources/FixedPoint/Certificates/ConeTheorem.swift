/// What the theorems about the cone share: how a failed proof becomes a verdict.
protocol ConeTheorem: Theorem {}

extension ConeTheorem {
  static func notApplicable(
    _ reason: String, on analysis: Analysis, claim: Claim = .exactlyOne, derivation: [DerivationStep] = []
  ) -> Certificate {
    Certificate(
      id: id, theorem: statement, verdict: .notApplicable, claim: claim, scope: analysis.openCone, hypotheses: [],
      reason: reason, derivation: derivation)
  }

  /// The verdict where no form of the theorem proves uniqueness in the scope: refuted if two of its fixed points are in
  /// hand, or by the obstruction, a point at which the hypothesis provably fails; else inconclusive.
  static func unproved(
    _ analysis: Analysis, scope: Scope, hypotheses: [Hypothesis], obstruction: Violation? = nil,
    derivation: [DerivationStep] = []
  ) -> Certificate {
    let several = analysis.severalFixedPoints(in: scope.inCone).map(Violation.init(fixedPoints:))
    let violation = several ?? obstruction
    let reasons = [violation?.reason].compactMap(\.self) + hypotheses.filter { !$0.holds }.map(\.failure)
    return Certificate(
      id: id, theorem: statement, verdict: violation == nil ? .inconclusive : .refuted, claim: .exactlyOne,
      scope: scope.inCone, hypotheses: violation == nil ? hypotheses : hypotheses.map(\.violated),
      witness: violation?.witness,
      reason: reasons.isEmpty ? "no form of the theorem applies" : reasons.joined(separator: "; "),
      derivation: derivation)
  }
}

extension Scope {
  /// What of it the theorems about the cone speak of: the open cone where all of Rⁿ is mapped into it, or the closed one.
  fileprivate var inCone: Scope {
    switch kind {
    case .everywhere, .closedCone: .openCone(isInvariant: isInvariant)
    case .openCone, .leaf, .localBox: self
    }
  }
}

extension [Double] {
  /// The first entries, for sentences.
  var brief: String {
    "(" + prefix(4).map(\.brief).joined(separator: ", ") + (count > 4 ? ", …" : "") + ")"
  }
}
