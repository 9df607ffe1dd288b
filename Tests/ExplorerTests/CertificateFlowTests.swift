import FixedPoint
import Screen
import Sessions
import TestSupport
import Testing

@testable import Explorer

/// The certificates as a person meets them: lights on the run, the table, the evidence, margins, and what an edit does.
struct CertificateFlowTests {
  @Test func theTableShowsEveryTheoremWithItsVerdict() async {
    let explorer = ExplorerScript.one(SpecimenSessions.threeUnits)
    let outcome = await explorer.run(
      opening: "one.deq.json",
      """
      expect screen contains P monotone
      press c
      expect screen contains exactly one fixed point (all of R^n)
      expect screen contains does not apply
      press G Esc
      expect screen contains residual
      """)
    #expect(outcome.failures.isEmpty, "\(outcome.failures)")
    let certification = outcome.model.watch?.certification
    #expect(certification?.isComplete == true)
    #expect(certification?.known.map(\.id) == TheoremCatalog.all.map { $0.id })
  }

  @Test func anEditCertifiesAnew() async {
    let explorer = ExplorerScript.one(SpecimenSessions.threeUnits)
    let outcome = await explorer.run(
      opening: "one.deq.json",
      """
      press E ^U
      type network.operators[0].weight={"values": [[3, 0, 0], [0, 3, 0], [0, 0, 3]]}
      press Enter
      expect screen lacks P monotone
      press E ^U
      type nonsense
      press Enter
      expect screen contains expected path=value
      press Esc
      """)
    #expect(outcome.failures.isEmpty, "\(outcome.failures)")
    #expect(outcome.model.watch?.certification?.generation == 2)
    #expect(outcome.model.watch?.certification?.known.contains { $0.isUnique } == false)
  }

  @Test func aMarginIsFoundOnRequest() async throws {
    let explorer = ExplorerScript.one(SpecimenSessions.threeUnits)
    let outcome = await explorer.run(
      opening: "one.deq.json",
      """
      press c j j j j j j j j j j
      expect screen contains lipschitz-2
      press m
      expect screen contains Margin along
      press Enter
      expect screen contains holds up to gain
      """)
    #expect(outcome.failures.isEmpty, "\(outcome.failures)")
    let result = try #require(outcome.model.watch?.certification?.margins.first)
    guard case .holdsUpTo(let gain)? = result.margin else {
      Issue.record("\(result)")
      return
    }
    // ‖W‖₂ = 0.84315 for the golden map, and tanh has slope 1: the product is 1 at the reciprocal, later in a box.
    #expect(result.id == "lipschitz-2" && gain >= 1 / 0.84316)
  }

  /// The bound that is drawn is never crossed: Picard's measures stay below it up to rounding.
  @Test func theProvedBoundHoldsOnTheRun() async throws {
    let explorer = ExplorerScript.one(SpecimenSessions.threeUnits)
    let outcome = await explorer.run(opening: "one.deq.json", "press $\npass 1500")
    let watch = try #require(outcome.model.watch)
    let bound = try #require(watch.provedBound(of: .residualAbsolute))
    for (offset, value) in bound.values.enumerated() {
      let row = watch.run.trace[bound.firstStep - 1 + offset]
      #expect(row.residualAbsolute <= value * (1 + 1e-9) + 1e-15, "step \(row.step)")
    }
  }

  @Test func noBoundIsDrawnForOtherMethods() async throws {
    let explorer = ExplorerScript.one(SpecimenSessions.threeUnits)
    let outcome = await explorer.run(opening: "one.deq.json", "press space m\ntype damped\npress Enter $\npass 800")
    let watch = try #require(outcome.model.watch)
    #expect(Measure.allCases.allSatisfy { watch.provedBound(of: $0) == nil })
  }

  @Test func lateResultsOfAnEarlierMapAreDropped() async throws {
    let explorer = ExplorerScript.one(SpecimenSessions.threeUnits)
    var model = await explorer.run(opening: "one.deq.json", "press space").model
    let before = try #require(model.watch?.certification?.known)
    let stale = Certificate(
      id: "monotone", theorem: "", verdict: .proved, claim: .exactlyOne, scope: .everywhere(), hypotheses: [],
      reason: "")
    _ = model.update(.certified(generation: 0, light: true, [stale]))
    #expect(model.watch?.certification?.known == before)
  }
}
