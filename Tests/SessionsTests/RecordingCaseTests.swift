import FixedPoint
import TestSupport
import Testing

@testable import Sessions

/// The files of Tests/Cases/recording: what each of them is, and what a replay must say of it.
@Suite("Recordings that were judged wrongly")
struct RecordingCaseTests {
  private func report(_ name: String) throws -> ReplayReport {
    let path = CaseFile.path("recording", name)
    return try Replay.verify(try SessionFile.read(path), directory: SessionFile.directory(of: path))
  }

  @Test(
    "What was recorded rightly replays as it was recorded, edits of title and notes undone and redone among it",
    arguments: [
      "branch-method", "mixed", "note-lost", "notes-undo-redo", "python-of-beginning", "same-spelled",
      "same-value-edit", "shift-0.0", "shift-title-undo-redo", "shift-title-undo-title", "step-title-undo-redo",
      "stopping-spelled", "record-elsewhere/fil",
    ])
  func right(_ name: String) throws {
    let report = try report(name + ".deq.json")
    #expect([.identical, .equivalent].contains(report.verdict), "\(report)")
    #expect(report.checkCount > 0)
  }

  @Test(
    "Where no step is there, there is nothing to compare: no success",
    arguments: ["no-checks", "power-1", "title-undo-redo", "title-undo-again", "title-undo-undo-redo"])
  func nothing(_ name: String) throws {
    let report = try report(name + ".deq.json")
    #expect(report.verdict == .nothingToCompare, "\(report)")
  }

  @Test("A changed data file is named, though no step sees the change")
  func data() throws {
    let report = try report("data-digest/s.deq.json")
    #expect(report.verdict == .different && report.firstDifference == nil)
    #expect(report.changedData == [.file(path: "data/w2.npy", key: nil)])
  }

  @Test("A session edited after it was recorded is different, though every step is the same")
  func session() throws {
    let report = try report("session-digest-ignored.deq.json")
    #expect(report.verdict == .different && report.disagreements == [.session])
  }

  @Test("A state that is not the one of its digest is named")
  func state() throws {
    let name = "check-state-ignored.deq.json"
    let checks = try #require(try SessionFile.read(CaseFile.path("recording", name)).recording).checks
    let bad = try #require(checks.first { $0.state?.contains(768) == true })
    #expect(try report(name).disagreements.first == .contradiction(step: bad.step))
  }

  @Test("The mirror image of a run has the same residuals, and is another run")
  func mirrored() throws {
    let report = try report("equivalent-other-fixed-point.deq.json")
    #expect(report.verdict == .different && report.firstDifference?.step == 1)
  }

  @Test("One more step is said")
  func length() throws {
    let report = try report("different-says-nothing.deq.json")
    #expect(report.verdict == .different && report.disagreements.contains(.length(recorded: 6, found: 7)))
  }

  @Test("A false check is named")
  func check() throws {
    let report = try report("false-check.deq.json")
    #expect(report.verdict == .different && report.disagreements.first == .contradiction(step: 3))
  }

  @Test(
    "The field that was edited by hand is named",
    arguments: [
      ("hand-edited", "stopping.tolerance"), ("hand-edited-export", "network.operators[0].weight.values[0][0]"),
    ])
  func edited(_ name: String, _ path: String) throws {
    let report = try report(name + ".deq.json")
    #expect(report.verdict == .different && report.disagreements.contains(.file(path: path)), "\(report)")
  }

  /// The recorded run started at 0 and the file says -0: other bits.
  @Test("A start of -0 is not the one of 0")
  func minusZero() throws {
    let report = try report("minus-zero.deq.json")
    #expect(report.verdict == .different && report.isEdited)
  }

  @Test("An action at a step at which the run is not is an error with its path")
  func place() throws {
    let name = "mixed.deq.json"
    var document = try SessionFile.read(CaseFile.path("recording", name))
    document.recording?.origin = .current
    for position in [0, 4, 9] {
      var moved = document
      let action = try #require(document.recording).actions[position]
      moved.recording?.actions[position] = RecordedAction(step: 100_004, action.action)
      let error = #expect(throws: SessionError.self) { try Replay.verify(moved, directory: ".") }
      #expect(error?.path == "recording.actions[\(position)].step")
      #expect(error?.found == "100004")
      // On another machine it may be the machine that took other steps.
      moved.recording?.origin.kernel = "another"
      #expect(try Replay.verify(moved, directory: ".").verdict == .different)
    }
  }

  @Test("Runs that were left are compared where the recording has their last steps, and said not to be where not")
  func left() throws {
    let document = try SessionFile.read(CaseFile.path("recording", "mixed.deq.json"))
    let old = try Replay.verify(document, directory: ".")
    #expect(old.leftRunCount == 0 && old.unverifiedRunCount > 0)
    var saved = try Experiment.replayed(document, directory: ".").saved
    let new = try Replay.verify(saved, directory: ".")
    #expect(new.verdict == .identical && new.unverifiedRunCount == 0)
    #expect(new.leftRunCount == old.unverifiedRunCount)
    let position = try #require(saved.recording?.actions.firstIndex { $0.left != nil })
    let action = try #require(saved.recording).actions[position]
    let check = try #require(action.left)
    saved.recording?.actions[position] = RecordedAction(
      step: action.step, action.action,
      left: Check(step: check.step, residualRelative: check.residualRelative, digest: ~check.digest))
    let report = try Replay.verify(saved, directory: ".")
    #expect(report.disagreements == [.left(action: position, step: check.step)])
  }
}
