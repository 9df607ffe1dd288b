import FixedPoint
import Screen
import Sessions
import TestSupport
import Testing

@testable import Explorer

/// What is recorded in the explorer is kept: saved, opened again, recovered, and said where it would be lost.
struct RecordingFlowTests {
  private func explorer(_ name: String) throws -> ExplorerScript {
    .one(try SessionText.read(CaseFile.path("recording", name + ".deq.json")))
  }

  private func verify(_ explorer: ExplorerScript, _ file: String = "one.deq.json") throws -> ReplayReport {
    try Replay.verify(
      try SessionFile.read(explorer.directory.file(file)), directory: explorer.directory.path)
  }

  @Test func aTitleThatIsUndoneAndRedoneCanBeOpenedAgain() async throws {
    let explorer = ExplorerScript.one(SpecimenSessions.threeUnits)
    await expectFlow(
      """
      press E ^U
      type title="B"
      press Enter u ^R space space s q
      restart one.deq.json
      expect status B
      expect status step 2/2
      press u
      expect status Three units
      press q d
      """, opening: "one.deq.json", in: explorer)
    #expect(try verify(explorer).verdict == .identical)
  }

  @Test func notesAtStepsSurviveAChangeAndAnotherOpening() async throws {
    let explorer = ExplorerScript.one(SpecimenSessions.threeUnits)
    await expectFlow(
      """
      press space space N
      type look
      press Enter t ^U
      type 1e-9
      press Enter s q
      restart one.deq.json
      expect screen contains ◆ look
      press space s
      expect file one.deq.json contains look
      press q
      """, opening: "one.deq.json", in: explorer)
    let experiment = try Experiment.opening(explorer.directory.file("one.deq.json"))
    #expect(experiment.notes == [StepNote(step: 2, text: "look")])
  }

  @Test func aPlainRunOpensWhereItWasAndSavingWithoutAChangeWritesNothing() async throws {
    let explorer = ExplorerScript.one(SpecimenSessions.threeUnits)
    await expectFlow("press G\npass 400\npress s q", opening: "one.deq.json", in: explorer)
    let file = explorer.directory.file("one.deq.json")
    let before = try SessionText.read(file)
    await expectFlow(
      """
      expect status converged
      expect status step 58/58
      press s
      expect screen contains nothing has changed since it was saved
      press q
      """, opening: "one.deq.json", in: explorer)
    #expect(try SessionText.read(file) == before)
  }

  @Test func theStepThatIsLookedAtIsKept() async {
    await expectFlow(
      """
      press L L left left left s q
      restart one.deq.json
      expect status step 17/20
      press u
      expect screen contains there is nothing to undo
      press q
      """, opening: "one.deq.json", in: .one(SpecimenSessions.threeUnits))
  }

  @Test func stepsAloneAreNoWorkToAskAbout() async {
    let outcome = await expectFlow(
      "press space L G\npass 400\nexpect status Three units  \npress q", opening: "one.deq.json",
      in: .one(SpecimenSessions.threeUnits))
    #expect(outcome.model.isFinished && outcome.model.overlay == nil)
  }

  @Test func editsThatAreAllUndoneAreNoWorkEither() async {
    await expectFlow(
      """
      press E ^U
      type network.operators[2].shift=0.3
      press Enter
      expect status Three units *
      press u
      expect status Three units  
      press q
      """, opening: "one.deq.json", in: .one(SpecimenSessions.threeUnits))
  }

  @Test func aFileThatWasEditedByHandKeepsItsRecordingAside() async throws {
    let explorer = try explorer("hand-edited")
    await expectFlow(
      """
      expect screen contains edited after it was recorded
      expect screen contains stopping.tolerance
      expect status step 0/0
      press space s
      expect screen contains save, and keep that recording in a file beside it
      press k
      expect screen contains recording-1.deq.json
      press q
      """, opening: "one.deq.json", in: explorer)
    #expect(explorer.directory.names == ["one.deq.json", "one.recording-1.deq.json"])
    let aside = try verify(explorer, "one.recording-1.deq.json")
    #expect(aside.isSame && aside.checkCount == 51)
    #expect(try verify(explorer).checkCount == 1)
  }

  @Test func aFalseRecordingIsSaidBeforeItIsReplaced() async throws {
    let explorer = try explorer("false-check")
    let file = explorer.directory.file("one.deq.json")
    let before = try SessionText.read(file)
    await expectFlow(
      """
      expect screen contains replays differently: the check of step 3
      press space s
      expect screen contains replays differently
      press Esc
      """, opening: "one.deq.json", in: explorer)
    #expect(try SessionText.read(file) == before)
  }

  // MARK: - Recovery

  @Test func ofTwoAbandonedWorksBothAreKept() async throws {
    let state = TemporaryDirectory()
    var explorer = ExplorerScript.one(SpecimenSessions.threeUnits)
    explorer.services.journal = Journal(folder: state.path)
    for (count, steps) in [(1, "space space space space"), (2, "space space")] {
      explorer.services.journal = Journal(folder: state.path)
      let outcome = await explorer.run("press Esc Enter\npress \(steps)\nhangUp")
      #expect(outcome.failures.isEmpty)
      // The work is abandoned once the last worker of the program has let go of its lock.
      explorer.services.journal = nil
      for _ in 0..<500 where Journal(folder: state.path).abandoned().count < count {
        try await Task.sleep(for: .milliseconds(20))
      }
    }
    explorer.services.journal = Journal(folder: state.path)
    #expect(Journal(folder: state.path).abandoned().count == 2)
    await expectFlow(
      "press r\nexpect screen contains left behind\npress r\nexpect screen contains is offered again\nhangUp",
      in: explorer)
    explorer.services.journal = nil
    for _ in 0..<500 where Journal(folder: state.path).abandoned().count < 2 {
      try await Task.sleep(for: .milliseconds(20))
    }
    let left = Journal(folder: state.path).abandoned().compactMap { $0.work.document.recording?.actions.count }
    #expect(left.sorted() == [2, 4])
  }

  @Test(arguments: [true, false]) func aRecoveredWorkKnowsWhetherItsFileWasChanged(_ isChanged: Bool) async throws {
    let state = TemporaryDirectory()
    var explorer = ExplorerScript.one(SpecimenSessions.threeUnits)
    explorer.services.journal = Journal(folder: state.path)
    _ = await explorer.run(opening: "one.deq.json", "press space\nhangUp")
    if isChanged { explorer.directory.write(SpecimenSessions.cycle, to: "one.deq.json") }
    explorer.services.journal = Journal(folder: state.path)
    await expectFlow(
      """
      press r s
      expect screen \(isChanged ? "contains" : "lacks") was changed by somebody else
      press Esc q d
      """, opening: isChanged ? "one.deq.json" : nil, in: explorer)
  }

  // MARK: - Build

  static let method = "press E ^U\ntype solver={\"method\":\"anderson\"}\npress Enter "
  static let vanishing = [
    // An operator that is added last, the selection on it, undone.
    "press 2 a Enter G u", "press 2 a Enter G\npress 3\npress u 2", "press 2 a G Enter G u",
    method + "2 G u", method + "2 G 3 u 2",
    method + "2 G 3\npress E ^U\ntype solver={\"method\":\"picard\"}\npress Enter 2",
    "press E ^U\ntype network.operators[2]={\"op\":\"activation\",\"kind\":\"leaky-relu\"}\n"
      + "press Enter 2 G k k k k 3 u 2",
    "press E ^U\ntype start={\"ensemble\":\"gaussian\",\"seed\":1}\npress Enter 2 G 3 u 2",
    "press 2 a Enter a Enter a Enter G 3 u u u 2 G ^R ^R ^R u u u",
  ]

  @Test(arguments: vanishing) func buildSelectsARowThatIsThere(_ script: String) async {
    let outcome = await expectFlow(
      script + "\npress j k G\nexpect screen contains start", opening: "one.deq.json",
      in: .one(SpecimenSessions.threeUnits))
    let board = outcome.model.watch?.build
    #expect(board.map { $0.rows.indices.contains($0.selection) } == true)
  }

  // MARK: - Replaying

  private func replaying(speed: Double) throws -> ExplorerModel {
    var experiment = try Experiment(
      try SessionFile.parse(Array(SpecimenSessions.threeUnits.utf8)), directory: ".")
    try experiment.perform(.step(30))
    var model = ExplorerModel(size: Size(width: 120, height: 40), profile: Profile())
    model.open(experiment, at: "x", playing: speed)
    return model
  }

  private func press(_ model: inout ExplorerModel, _ key: String) {
    _ = model.update(.event(.key(ExplorerScript.key(key))))
  }

  private func pass(_ model: inout ExplorerModel, _ milliseconds: UInt64) {
    for _ in 0..<milliseconds / 20 {
      model.now += 20_000_000
      _ = model.update(.tick)
    }
  }

  @Test func aReplayThatIsPausedGoesOnToItsRecordedEndAtItsSpeed() throws {
    var model = try replaying(speed: 5)
    pass(&model, 1000)
    let first = try #require(model.watch?.cursor)
    #expect((4...6).contains(first))
    #expect(model.frame().canvas.rows[1].contains("running 5/s"))
    press(&model, "r")
    press(&model, "r")
    pass(&model, 1000)
    let second = try #require(model.watch?.cursor)
    #expect((4...7).contains(second - first))
    press(&model, "+")
    #expect(model.watch?.playback?.rate == 16)
    pass(&model, 3000)
    #expect(model.watch?.cursor == 30 && model.watch?.run.stepCount == 30)
    #expect(model.watch?.playback == nil && model.watch?.experiment.actions.count == 1)
    #expect(model.watch?.isModified == false)
  }

  @Test func theEndOfAReplayIsItsRecordedEnd() throws {
    for key in ["G", "$"] {
      var model = try replaying(speed: 5)
      pass(&model, 400)
      press(&model, key)
      pass(&model, 400)
      #expect(model.watch?.cursor == 30 && model.watch?.run.stepCount == 30)
    }
  }

  @Test func branchAndResetWaitForAPause() throws {
    for key in ["b", "R"] {
      var model = try replaying(speed: 5)
      pass(&model, 400)
      press(&model, key)
      #expect(model.toast?.text.contains("pause first") == true)
      #expect(model.watch?.run.stepCount == 30 && model.watch?.playback != nil)
    }
  }

  @Test func aNoteIsWhereItWasBegun() throws {
    var model = try replaying(speed: 10)
    pass(&model, 1000)
    let step = try #require(model.watch?.cursor)
    press(&model, "N")
    pass(&model, 1000)
    press(&model, "x")
    press(&model, "Enter")
    #expect(model.watch?.experiment.notes == [StepNote(step: step, text: "x")])
  }

  @Test func aBranchSaysByWhichMethodItGoesOn() async {
    await expectFlow(
      """
      press L L m
      type anderson
      press Enter space ^ space space b
      expect screen contains goes on by anderson
      expect screen contains step 2 was made by picard
      """, opening: "one.deq.json", in: .one(SpecimenSessions.threeUnits))
  }

  @Test func afterAPauseTheOutcomeIsThatOfTheEnd() async {
    await expectFlow(
      "press G\npass 400\nexpect status  converged\npress ^ space\nexpect status mid-run",
      opening: "one.deq.json", in: .one(SpecimenSessions.threeUnits))
  }

  @Test(arguments: ["stopping.tolerance=1e-5", "solver={\"method\":\"anderson\"}"])
  func aTypedChangeGoesOnFromTheStepThatIsShown(_ edit: String) async {
    let outcome = await expectFlow(
      "press L L left left left left left E ^U\ntype \(edit)\npress Enter\nexpect status step 15/15",
      opening: "one.deq.json", in: .one(SpecimenSessions.threeUnits))
    #expect(outcome.model.watch?.experiment.branches.count == 1)
  }

  @Test func thePlotFollowsTheMeasureOfTheTolerance() async {
    let outcome = await expectFlow(
      "press L E ^U\ntype stopping.measure=\"residual_sup\"\npress Enter", opening: "one.deq.json",
      in: .one(SpecimenSessions.threeUnits))
    #expect(outcome.model.watch?.measure == .residualSup)
  }

  @Test func notesOnAPartThatWasLeftAreSaid() async {
    await expectFlow(
      """
      press L L N
      type why
      press Enter ^ L b
      expect screen contains 1 note is at later steps
      press }
      expect screen contains the next note is at step 20
      """, opening: "one.deq.json", in: .one(SpecimenSessions.threeUnits))
  }

  @Test func notesAreInPicturesAndMarkersOfCasts() throws {
    var experiment = try Experiment(
      try SessionFile.parse(Array(SpecimenSessions.threeUnits.utf8)), directory: ".")
    try experiment.perform(.step(20))
    experiment.annotate(0, "the start")
    experiment.annotate(12, "here & now")
    let cast = Cast(experiment, at: "x", size: Size(width: 80, height: 24), stepsPerSecond: 10)
    let markers = cast.lines.filter { $0.contains("\"m\"") }
    #expect(markers.count == 2 && markers[0].contains("the start") && markers[1].contains("step 12: here & now"))
    #expect(Watch(experiment: experiment, path: nil).remarks == ["step 0: the start", "step 12: here & now"])
  }
}
