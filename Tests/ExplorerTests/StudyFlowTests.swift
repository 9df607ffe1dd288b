import FixedPoint
import Screen
import Sessions
import TestSupport
import Testing

@testable import Explorer

/// What a person is told of a run that failed, and of the backward pass at a fixed point.
struct StudyFlowTests {
  @Test func aCycleIsExplainedAndASuggestionHelps() async throws {
    let outcome = await expectFlow(
      """
      press $
      pass 400
      expect status cycle of period 2
      expect screen contains The iterates repeat every 2 steps; unit 0 swings most, by ±0.2500.
      press d
      expect screen contains what may help
      expect screen contains converges from the start in
      press Enter
      pass 400
      expect status converged
      expect screen lacks The iterates repeat
      """, opening: "one.deq.json", in: .one(SpecimenSessions.cycle))
    #expect(outcome.model.overlay == nil)
    let point = try #require(outcome.model.watch?.run.fixedPoint)
    for entry in point { #expect(abs(entry - 0.5) < 1e-9) }
  }

  @Test func anOverflowNamesStepUnitAndOperator() async {
    await expectFlow(
      """
      press $
      pass 400
      expect screen contains is the first with a value that is not finite: unit
      expect screen contains (activation)
      """, opening: "one.deq.json", in: .one(SpecimenSessions.divergence))
  }

  @Test func aLimitThatIsTooLowIsRaised() async throws {
    let outcome = await expectFlow(
      """
      press M ^U
      type 20
      press Enter $
      pass 800
      expect status limit
      expect screen contains more steps to the tolerance
      press d
      expect screen contains at most
      press Enter
      pass 800
      expect status converged
      """, opening: "one.deq.json", in: .one(SpecimenSessions.threeUnits))
    #expect(outcome.model.watch?.run.trace.count ?? 0 > 20)
  }

  @Test func backwardSolvesTheAdjointSystemByEveryMethod() async throws {
    let explorer = ExplorerScript.one(SpecimenSessions.threeUnits)
    let outcome = await expectFlow(
      """
      press B
      expect screen contains the run has not converged
      press $
      pass 800
      press B
      expect screen contains v = ones
      expect screen contains gmres
      expect screen lacks solving…
      """, opening: "one.deq.json", in: explorer)
    guard case .backward(let panel) = outcome.model.overlay else {
      Issue.record("no overlay")
      return
    }
    let run = try #require(outcome.model.watch?.run)
    for method in BackwardMethod.allCases {
      let solution = try #require(panel.solutions[method])
      #expect(solution.outcome == .converged)
      // (I - Jᵀ) g is ones, checked by the transposed product alone.
      let product = run.map.pullBack(solution.gradient, at: run.iterate)
      for (g, jg) in zip(solution.gradient, product) { #expect(abs(g - jg - 1) < 1e-9, "\(method)") }
    }
  }

  @Test func lateAnswersAreDropped() async throws {
    var model = await ExplorerScript.one(SpecimenSessions.cycle).run(opening: "one.deq.json", "press $\npass 400").model
    #expect(model.update(.event(.key(.character("d")))).count == 1)
    #expect(model.frame().canvas.text.contains("trying what may help…"))
    _ = model.update(.diagnosed(generation: 99, []))
    #expect(model.frame().canvas.text.contains("trying what may help…"))
    _ = model.update(.event(.key(Key(.escape))))
    _ = model.update(.diagnosed(generation: model.studyCount, []))
    #expect(model.overlay == nil)
  }
}
