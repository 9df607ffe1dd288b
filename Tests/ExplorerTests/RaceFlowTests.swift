import FixedPoint
import Screen
import Sessions
import TestSupport
import Testing

@testable import Explorer

/// The race as a person meets it: every method on the open problem, chosen, compared and taken.
struct RaceFlowTests {
  @Test func everyMethodRunsAndTheBestIsNamed() async throws {
    let explorer = ExplorerScript.one(SpecimenSessions.threeUnits)
    let outcome = await expectFlow(
      """
      press x
      expect screen contains against evaluations of f
      expect screen contains fewest evaluations: newton, 5
      press t
      expect screen contains against time
      press Esc
      expect status Three units
      expect screen contains contraction
      """, opening: "one.deq.json", in: explorer)
    let board = try #require(outcome.model.watch?.race)
    #expect(board.isComplete && board.running == nil)
    #expect(board.entrants.map(\.source.method) == MethodCatalog.all.map { $0.description.name })
  }

  /// What the race says of a method is what a run of it alone says.
  @Test func theNumbersAreThoseOfRunsAlone() async throws {
    let explorer = ExplorerScript.one(SpecimenSessions.threeUnits)
    let board = try #require(await explorer.run(opening: "one.deq.json", "press x").model.watch?.race)
    for entrant in board.entrants {
      var run = Run(map: board.race.map, start: [0, 0, 0], solver: entrant.solver)
      run.runToEnd()
      #expect(entrant.result?.trace == run.trace, "\(entrant.source.label)")
      #expect(entrant.result?.outcome == run.outcome, "\(entrant.source.label)")
    }
  }

  @Test func aMethodThatIsOffNeitherRunsNorWins() async throws {
    let explorer = ExplorerScript.one(SpecimenSessions.threeUnits)
    let outcome = await expectFlow(
      """
      press x j j j j j j
      expect screen contains newton: 
      press space
      expect screen lacks fewest evaluations: newton, 5
      press space
      expect screen contains fewest evaluations: newton, 5
      press a
      expect screen contains shortest time: newton
      """, opening: "one.deq.json", in: explorer)
    #expect(outcome.model.watch?.race?.results.compactMap(\.self).count == 1)
  }

  @Test func theSelectedMethodIsTakenForTheRun() async throws {
    let explorer = ExplorerScript.one(SpecimenSessions.threeUnits)
    let outcome = await expectFlow(
      """
      press x j j j Enter
      expect status anderson
      press $
      pass 800
      expect status converged
      """, opening: "one.deq.json", in: explorer)
    #expect(outcome.model.watch?.experiment.document.solver == SolverSource("anderson"))
    #expect(outcome.model.watch?.run.stepCount == 9)
  }

  @Test func theMethodOfTheRunTakesPartWithItsOptions() async throws {
    let outcome = await expectFlow(
      """
      press m
      type damped 0.1
      press Enter x G
      expect screen contains O +  mpe
      press up j j j j j j j j j j j j j j j j
      expect screen contains P +  damped factor=0.1
      """, opening: "one.deq.json", in: .one(SpecimenSessions.threeUnits))
    let board = try #require(outcome.model.watch?.race)
    #expect(board.entrants.count == MethodCatalog.all.count + 1)
    #expect(board.selected.source.label == "damped factor=0.1" && board.selected.result?.hasConverged == true)
  }

  @Test func anotherProblemIsRacedAnewAndLateResultsAreDropped() async throws {
    let explorer = ExplorerScript.one(SpecimenSessions.threeUnits)
    let outcome = await expectFlow(
      """
      press x E ^U
      type network.operators[0].weight={"values": [[0, 0, 0], [0, 0, 0], [0, 0, 0]]}
      press Enter
      expect screen contains fewest evaluations: picard, 2
      """, opening: "one.deq.json", in: explorer)
    var model = outcome.model
    #expect(model.watch?.race?.generation == 2)
    let before = model.watch?.race?.results
    let stale = RaceResult(outcome: .stalled, trace: [], seconds: [])
    _ = model.update(.raced(generation: 1, index: 0, stale))
    #expect(model.watch?.race?.results == before)
  }

  /// While a method runs, keys still work, and only one runs at a time.
  @Test func aRaceInProgressBlocksNothing() async throws {
    let explorer = ExplorerScript.one(SpecimenSessions.threeUnits)
    var model = await explorer.run(opening: "one.deq.json", "").model
    let effects = model.update(.event(.key(.character("x"))))
    #expect(effects.count == 1)
    #expect(model.update(.event(.key(.character("j")))).isEmpty)
    #expect(model.watch?.race?.selection == 1)
    #expect(model.frame().canvas.text.contains("running…"))
    _ = model.update(.event(.key(Key(.escape))))
    #expect(model.place == .watch)
  }
}
