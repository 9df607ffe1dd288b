import Testing

@testable import FixedPoint

/// The one place where a measured value, its rounding and a bound become "holds".
struct HypothesisTests {
  /// Whatever rounding may have cost counts against the claim, and meeting a strict bound is not enough.
  @Test(arguments: [
    (0.9, Hypothesis.Relation.less, 1.0, 0.05, true), (0.96, .less, 1, 0.05, false), (1, .less, 1, 0, false),
    (1, .lessOrEqual, 1, 0, true), (1, .lessOrEqual, 1, 1e-300, false), (1, .lessOrEqual, 1, 1e-12, false),
    (0.1, .greater, 0, 0.05, true), (0.04, .greater, 0, 0.05, false), (0, .greater, 0, 0, false),
    (0, .greaterOrEqual, 0, 0, true), (1, .greaterOrEqual, 1, 1e-300, false),
  ])
  func roundingCountsAgainstTheClaim(
    _ value: Double, _ relation: Hypothesis.Relation, _ bound: Double, _ allowance: Double, _ holds: Bool
  ) {
    #expect(Hypothesis("", value, relation, bound, allowance: allowance).holds == holds)
  }

  @Test(arguments: [Hypothesis.Relation.less, .lessOrEqual, .greater, .greaterOrEqual])
  func whatIsUndefinedNeverHolds(_ relation: Hypothesis.Relation) {
    #expect(!Hypothesis("", nil as Double?, relation, 0).holds)
    #expect(!Hypothesis("", Double.nan, relation, 0).holds)
    #expect(!Hypothesis("", 0.5, relation, 0.5, allowance: .infinity).holds)
    #expect(!Hypothesis("", 0.5, relation, 0.5, allowance: .nan).holds)
  }

  @Test func theMarginIsWhatIsLeftAfterRounding() {
    #expect(Hypothesis("", 0.75, .less, 1, allowance: 0.125).margin == 0.125)
    #expect(Hypothesis("", 0.75, .greater, 0.25, allowance: 0.125).margin == 0.375)
    #expect(Hypothesis("", 1.5, .less, 1, allowance: 0.25).margin == -0.75)
  }

  /// A bound that is too large shows nothing: a hypothesis is violated by a witness only.
  @Test func whatIsNotMetIsNotViolated() {
    let far = Hypothesis("", 7, .less, 1, allowance: 0.05)
    #expect(far.status == .notMet && far.violated.status == .violated)
    let met = Hypothesis("", 0.5, .less, 1)
    #expect(met.status == .met && met.violated.status == .met)
  }
}
