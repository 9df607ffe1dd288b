import FixedPoint
import Screen
import Sessions
import TestSupport
import Testing

@testable import Explorer

struct RunFlowTests {
  @discardableResult
  private func watch(
    _ script: String, _ session: String = SpecimenSessions.threeUnits,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async -> ExplorerScript.Outcome {
    await expectFlow(script, opening: "one.deq.json", in: .one(session), sourceLocation: sourceLocation)
  }

  @Test func stepsAndLooksBack() async {
    let outcome = await watch(
      """
      expect screen contains press space for a step
      press space space l right
      expect status step 4/4
      press left h
      expect status step 2/4
      expect status paused
      press space
      expect status step 3/4
      press ^
      expect status step 0/4
      press left
      expect screen contains Back one step: this is the start
      press L
      expect status step 10/10
      press H
      expect status step 0/10
      press PgDn PgDn PgUp
      expect status step 10/20
      """)
    #expect(outcome.model.watch?.run.stepCount == 20)
  }

  /// 16 steps a second at first; faster and slower by four.
  @Test(arguments: [("", 16), ("press +", 64), ("press -", 4), ("press - -", 1), ("press [ ]", 16)])
  func runsAtItsSpeed(_ keys: String, _ perSecond: Int) async {
    let outcome = await watch(
      """
      \(keys)
      press r
      pass 800
      expect status running \(perSecond)/s
      press r
      """, SpecimenSessions.threeUnits)
    let expected = min(58, Double(perSecond) * 0.8)
    let steps = Double(outcome.model.watch?.run.stepCount ?? 0)
    #expect(abs(steps - expected) <= 2 + expected * 0.06, "\(steps) steps")
    #expect(outcome.model.deadline.map { $0 > 0 } ?? true)
  }

  @Test func pausesAndTakesNoMoreTime() async {
    let outcome = await watch(
      """
      press r
      pass 500
      press r
      expect status paused
      pass 10000
      expect status paused
      """)
    #expect(outcome.model.deadline == nil)
    #expect(outcome.model.watch?.experiment.actions.map(\.action) == [.run, .pause])
  }

  @Test func runsToTheEndAndStops() async {
    let outcome = await watch(
      """
      press $
      pass 400
      expect status step 58/58
      expect status converged
      press space
      expect screen contains One step: the run has ended
      press r
      expect screen contains Run or pause: the run has ended
      press ^ r
      pass 300
      expect status running
      """)
    #expect(outcome.model.watch?.run.stepCount == 58)
  }

  @Test func branchesAtStepTwelveAndGoesOnWithAnotherMethod() async {
    let outcome = await watch(
      """
      press L L
      press H space space
      expect status step 12/20
      press b
      expect status step 12/12
      press m
      expect screen contains Method from this step on
      type anderson
      press Enter
      expect status anderson
      press $
      pass 400
      expect status converged
      """)
    let experiment = outcome.model.watch?.experiment
    #expect(experiment?.branches.map(\.run.stepCount) == [20])
    #expect((experiment?.run.stepCount ?? 99) < 40)
  }

  @Test func changesStartToleranceMeasureAndLimit() async {
    let outcome = await watch(
      """
      press i
      type zeros
      press Enter
      expect status step 0/0
      press t ^U
      type 1e-3
      press Enter $
      pass 400
      expect status converged
      press T
      type sup
      press Enter
      press M ^U
      type 30
      press Enter
      press t ^U
      type 1e-12
      press Enter $
      pass 400
      expect status step 30/30
      expect status stopped at the limit of steps
      press R
      expect status step 0/0
      """)
    let rule = outcome.model.watch?.run.stopping
    #expect(rule?.tolerance == 1e-12)
    #expect(rule?.measure == .residualSup)
    #expect(rule?.maxSteps == 30)
  }

  @Test(arguments: [
    ("t", "0", "a positive number"), ("t", "abc", "a positive number"), ("t", "nan", "a positive number"),
    ("t", "-1", "a positive number"), ("M", "0", "a whole number"), ("M", "1.5", "a whole number"),
    ("M", "1000001", "a whole number"), ("e", "", "type something"), ("S", "", "type something"),
  ])
  func refusesWhatCannotBe(_ key: String, _ text: String, _ complaint: String) async {
    let outcome = await watch(
      """
      press space
      press \(key) ^U
      type \(text)
      press Enter
      expect screen contains \(complaint)
      press Backspace
      press Esc
      """)
    #expect(outcome.model.overlay == nil)
    #expect(outcome.model.watch?.experiment.actions.count == 1)
  }

  @Test func scrubsByPressingAndDraggingOnEveryPlot() async {
    let outcome = await watch(
      """
      press $
      pass 400
      expect status step 58/58
      click 7 10
      expect status step 0/58
      drag 35 10
      expect status step 28/58
      drag 35 39
      release 35 39
      click 3 30
      expect status step 1/58
      drag 300 30
      expect status step 58/58
      release 300 30
      click 0 38
      expect status step 0/58
      drag 119 38
      expect status step 58/58
      """)
    #expect(outcome.model.watch?.run.stepCount == 58)
  }

  @Test func footerLabelsCanBePressed() async {
    await watch(
      """
      click on "space step"
      expect status step 1/1
      click on "run"
      pass 200
      expect status running
      click on "pause"
      expect status paused
      click on "quit"
      expect screen contains has changes that are not saved
      """)
  }

  @Test func showsARunThatOverflows() async {
    let outcome = await watch(
      """
      press $
      pass 400
      expect status diverged
      expect screen contains inf
      press left
      press z Tab z Tab z Tab z
      """, SpecimenSessions.divergence)
    #expect(outcome.model.watch?.run.outcome == .diverged)
  }

  @Test func showsACycle() async {
    await watch(
      """
      press $
      pass 400
      expect status cycle of period 2
      """, SpecimenSessions.cycle)
  }

  @Test func measuresCanBeChosenForThePlot() async {
    await watch(
      """
      press space space
      expect screen contains residual_relative, log
      press y
      expect screen contains residual_absolute, log
      press Y
      type hil
      press Enter
      expect screen contains hilbert, log
      """, SpecimenSessions.positive)
  }

  @Test func unitsScrollAndStayInTheirRange() async {
    let outcome = await watch(
      """
      press down down j
      expect screen contains unit 3, step 0
      press up up up up
      expect screen contains unit 0, step 0
      press Tab Tab Tab Tab z
      press End
      """, SpecimenSessions.dense)
    #expect(outcome.model.watch?.units.offset == 0)
    #expect(outcome.model.watch?.focus == .state)
  }

  /// Frozen curves stay while other methods run; the same key again lets the last go, another all of them.
  @Test func frozenCurvesStayToCompareWith() async throws {
    let explorer = ExplorerScript.one(SpecimenSessions.threeUnits)
    let outcome = await explorer.run(
      opening: "one.deq.json",
      """
      press $
      pass 800
      press f R m
      type anderson
      press Enter $
      pass 400
      expect screen contains frozen picard
      press x
      pass 400
      press j j j f k f
      expect screen contains frozen
      press Esc
      """)
    #expect(outcome.failures.isEmpty, "\(outcome.failures)")
    let watch = try #require(outcome.model.watch)
    let frozen = try #require(watch.frozen.first)
    #expect(watch.frozen.count == 1 && frozen.trace.count > watch.run.stepCount)
    #expect(watch.race?.frozen.map(\.label) == ["frozen anderson", "frozen averaged"])
    var model = outcome.model
    func press(_ character: Character) { _ = model.update(.event(.key(.character(character)))) }
    press("f")
    #expect(model.watch?.frozen.map(\.label) == ["frozen picard", "frozen anderson window=5 regularization=0"])
    #expect(model.frame().canvas.text.contains("╌A") && model.frame().canvas.text.contains("╌B"))
    press("f")
    #expect(model.watch?.frozen.map(\.label) == ["frozen picard"])
    press("f")
    press("F")
    #expect(model.watch?.frozen.isEmpty == true)
  }
}
