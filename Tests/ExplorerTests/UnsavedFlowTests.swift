import FixedPoint
import Glibc
import Screen
import Sessions
import TestSupport
import Testing

@testable import Explorer

struct UnsavedFlowTests {
  private let state = TemporaryDirectory()

  /// An explorer on one session that keeps its unsaved work in `state`.
  private func explorer() -> ExplorerScript {
    var explorer = ExplorerScript.one(SpecimenSessions.threeUnits)
    explorer.services.journal = Journal(folder: state.path)
    return explorer
  }

  private func left() -> [AbandonedWork] { Journal(folder: state.path).abandoned() }

  private func crash(_ script: String) async -> String {
    let explorer = explorer()
    let outcome = await explorer.run(opening: "one.deq.json", script + "\nhangUp")
    #expect(outcome.failures.isEmpty, "\(outcome.failures)")
    return explorer.directory.path
  }

  /// A step, then the times in milliseconds at which the model is woken, and how often work is kept at each.
  @Test func workIsKeptSoonAfterItIsDone() async throws {
    let explorer = explorer()
    var model = await explorer.run(opening: "one.deq.json", "").model
    model.isFinished = false
    func wake(at milliseconds: UInt64, _ message: Message) -> Int {
      model.now = milliseconds * 1_000_000
      return model.update(message).count { if case .keepUnsaved = $0 { true } else { false } }
    }
    let start: UInt64 = 1_000_000
    let step = Message.event(.key(.character(" ")))
    #expect(wake(at: start, step) == 0)
    #expect(model.deadline == (start + 150) * 1_000_000)
    #expect(wake(at: start + 50, step) == 0)
    #expect(wake(at: start + 401, .tick) == 1)
    #expect(model.deadline == nil, "nothing wakes an idle explorer")
    #expect(wake(at: start + 500, step) == 0)
    #expect(wake(at: start + 950, .tick) == 0, "one write at a time")
    #expect(wake(at: start + 960, .keptUnsaved(.success(()))) == 1)
    #expect(model.unsaved.kept?.actions == 3)
  }

  @Test func aTerminalThatGoesAwayLosesNothing() async throws {
    _ = await crash("press space space L")
    let work = try #require(left().first?.work)
    #expect(work.document.recording?.actions.count == 3)
    #expect(work.document.recording?.checks.last?.step == 12)
    #expect(work.path?.hasSuffix("/one.deq.json") == true)
  }

  @Test(arguments: ["press s\npass 600\npress q", "press q d", "press o Enter d\npass 600\npress q"])
  func whatIsSavedOrDiscardedIsForgotten(_ end: String) async {
    let explorer = explorer()
    let outcome = await explorer.run(opening: "one.deq.json", "press space\npass 600\n" + end)
    #expect(outcome.failures.isEmpty)
    #expect(state.names.filter { $0.hasSuffix(".json") }.isEmpty, "\(state.names)")
  }

  @Test func whatWasLeftIsOfferedAndRecovered() async throws {
    _ = await crash("press space space L")
    let explorer = explorer()
    let outcome = await explorer.run(
      """
      expect screen contains Unsaved work was left behind
      expect screen contains 3 actions, 12 steps
      press r
      expect screen contains recovered
      expect status step 12/12
      press space
      pass 600
      """)
    #expect(outcome.failures.isEmpty, "\(outcome.failures)")
    #expect(outcome.model.watch?.isModified == true)
    #expect(outcome.model.watch?.experiment.actions.count == 4)
  }

  /// Relative paths still start where the session was opened, not where it was saved last.
  @Test func workOnASessionSavedElsewhereIsRecovered() async throws {
    var explorer = ExplorerScript.one(SpecimenSessions.fromFiles)
    SpecimenSessions.writeFiles(to: explorer.directory)
    unsafe mkdir(explorer.directory.file("far"), 0o700)
    explorer.services.journal = Journal(folder: state.path)
    let first = await explorer.run(
      opening: "one.deq.json",
      """
      press space S ^U
      type $DIR/far/two
      press Enter
      expect screen contains saved $DIR/far/two.deq.json
      press space
      hangUp
      """)
    #expect(first.failures.isEmpty, "\(first.failures)")
    explorer.services.journal = Journal(folder: state.path)
    let second = await explorer.run(
      opening: "far/two.deq.json",
      """
      expect screen contains left behind
      press r
      expect status step 2/2
      press space s
      expect screen contains saved $DIR/far/two.deq.json
      press q
      """)
    #expect(second.failures.isEmpty, "\(second.failures)")
    let saved = try SessionFile.read(explorer.directory.file("far/two.deq.json"))
    let report = try Replay.verify(saved, directory: explorer.directory.file("far"))
    #expect(report.verdict == .identical && saved.recording?.actions.count == 3)
  }

  @Test func whatWasLeftCanBeDiscardedOrLeftForLater() async {
    _ = await crash("press space")
    let later = await explorer().run("expect screen contains left behind\npress Esc\npress q")
    #expect(later.failures.isEmpty, "\(later.failures)")
    #expect(left().count == 1)
    let discarded = await explorer().run("press d\npress q")
    #expect(discarded.failures.isEmpty && discarded.model.isFinished)
    #expect(left().isEmpty)
  }

  @Test func anotherSessionDoesNotAsk() async {
    _ = await crash("press space")
    let outcome = await explorer().run(opening: "one.deq.json", "expect screen lacks left behind\npress q")
    #expect(outcome.failures.isEmpty, "\(outcome.failures)")
  }

  @Test func aJournalThatCannotBeWrittenIsSaidOnce() async {
    var explorer = ExplorerScript.one(SpecimenSessions.threeUnits)
    state.write("", to: "file")
    explorer.services.journal = Journal(folder: state.file("file/x"))
    let outcome = await explorer.run(
      opening: "one.deq.json",
      """
      press space
      pass 600
      expect screen contains unsaved work is not safe from a crash
      pass 5000
      press space
      pass 600
      expect screen lacks not safe
      """)
    #expect(outcome.failures.isEmpty, "\(outcome.failures)")
  }

  @Test func withoutAPlaceForAJournalThatIsSaidOnce() async {
    var explorer = ExplorerScript.one(SpecimenSessions.threeUnits)
    explorer.services.journal = nil
    let outcome = await explorer.run(
      opening: "one.deq.json",
      """
      expect screen lacks not safe
      press space
      pass 600
      expect screen contains unsaved work is not safe from a crash: set XDG_STATE_HOME or HOME
      pass 5000
      press space
      pass 600
      expect screen lacks not safe
      press q
      press d
      """)
    #expect(outcome.failures.isEmpty, "\(outcome.failures)")
  }

  @Test func twoExplorersOnOneSessionKnowOfEachOther() async {
    let explorer = explorer()
    let other = Journal(folder: state.path)
    #expect(other.claim(explorer.directory.file("one.deq.json")) == nil)
    let outcome = await explorer.run(opening: "one.deq.json", "expect screen contains open in another deq")
    #expect(outcome.failures.isEmpty, "\(outcome.failures)")
  }
}
