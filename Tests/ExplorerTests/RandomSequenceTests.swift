import FixedPoint
import Glibc
import Screen
import Sessions
import TestSupport
import Testing

@testable import Explorer

/// Random work on the shipped sessions: what was saved is what was seen, opens as it was left, and can be undone.
///
/// 20 sequences, or as many as `DEQ_SEQUENCES` says.
@Suite(.serialized)
struct RandomSequenceTests {
  private static let count = unsafe getenv("DEQ_SEQUENCES").flatMap { unsafe Int(String(cString: $0)) } ?? 20
  private static let hasNumPy = Python.has("numpy")

  @Test(arguments: 0..<count) func whatWasDoneIsKept(_ seed: Int) async throws {
    let names = try SessionFile.list(in: ShippedProblem.folder)
    var person = try Person(on: names[seed % names.count], seed: UInt64(seed) + 1)
    let log = person.work()
    let watch = try #require(person.model.watch)
    try check(watch, person, "seed \(seed): \(log.joined(separator: " "))")
  }

  private func check(_ watch: Watch, _ person: Person, _ log: String) throws {
    let (directory, file) = (person.directory.path, person.path)
    let saved = watch.lookedAtExperiment.saved
    try SessionFile.write(saved, to: file)
    let read = try SessionFile.read(file)
    #expect(read == saved, "\(log)")
    #expect(SessionFile.errors(in: file).isEmpty, "\(log)")
    let report = try Replay.verify(read, directory: directory)
    let isEmpty = watch.run.stepCount == 0 && watch.run.outcome == nil
    let expected: ReplayReport.Verdict = isEmpty ? .nothingToCompare : .identical
    #expect(report.verdict == expected && report.unverifiedRunCount == 0, "\(report) \(log)")

    let again = Watch(experiment: try Experiment.opening(file), path: file)
    #expect(again.experiment.opening?.aside == nil, "\(log)")
    #expect(SessionFile.text(of: again.lookedAtExperiment.saved) == SessionFile.text(of: read), "\(log)")
    #expect(again.isAsInFile && !again.isModified)
    #expect(again.cursor == watch.cursor && again.title == watch.title, "\(again.cursor) \(watch.cursor) \(log)")
    #expect(again.experiment.notes == watch.experiment.notes, "\(log)")
    #expect(again.experiment.document == watch.experiment.document, "\(log)")

    try TraceTable.write(watch.run, states: true, to: person.directory.file("screen.csv"))
    let exported = try Experiment.finished(read, directory: directory)
    if read.recording?.actions.isEmpty == false {
      try TraceTable.write(exported.run, states: true, to: person.directory.file("export.csv"))
      #expect(
        try SessionText.read(person.directory.file("screen.csv"))
          == SessionText.read(person.directory.file("export.csv")), "\(log)")
    }

    var back = again.experiment
    while back.canUndo { try back.perform(.undo) }
    #expect(back.document == person.original, "\(log)")
    try checkScript(watch, person, log)
  }

  /// The exported script's map has the residual that the run ended with, at the point where it ended.
  private func checkScript(_ watch: Watch, _ person: Person, _ log: String) throws {
    guard Self.hasNumPy, watch.run.outcome == .converged, let row = watch.run.trace.last,
      let relative = row.residualRelative
    else { return }
    try PythonScript.write(
      watch.experiment.document, directory: person.directory.path, to: person.directory.file("script.py"))
    let point = watch.run.iterate.map { "\($0)" }.joined(separator: ",")
    person.directory.write(
      """
      import numpy as np, script
      z = np.array([\(point)]).reshape(script.START.shape)
      found = script.residuals(z)["residual_relative"]
      assert abs(found - \(relative)) < 1e-11, (found, \(relative))
      """, to: "compare.py")
    #expect(unsafe system("cd \(person.directory.path) && python3 compare.py 2> errors") == 0, "\(log)")
  }
}

/// Somebody who works on a session without a plan.
private struct Person {
  let directory = TemporaryDirectory()
  let path: String
  let original: SessionDocument
  private(set) var model = ExplorerModel(size: Size(width: 110, height: 36), profile: Profile())
  private var random: SeededGenerator

  init(on session: String, seed: UInt64) throws {
    random = SeededGenerator(seed: seed)
    path = directory.file("one.deq.json")
    directory.write(try SessionText.read(session), to: "one.deq.json")
    let experiment = try Experiment.opening(path)
    original = experiment.original
    model.open(experiment, at: path)
    _ = model.update(.tick)
  }

  private mutating func below(_ count: Int) -> Int { Int(random.next() % UInt64(count)) }

  mutating func work() -> [String] {
    var log: [String] = []
    for _ in 0..<20 + below(91) { log.append(action()) }
    // A save waits for no run.
    if model.watch?.playback != nil { press("r") }
    press("Esc")
    return log
  }

  private mutating func press(_ keys: String) {
    for key in keys.split(separator: " ") { update(.event(.key(ExplorerScript.key(String(key))))) }
  }

  private mutating func type(_ text: String) {
    for character in text { update(.event(.key(.character(character)))) }
  }

  private mutating func update(_ message: Message) {
    model.now += 1_000_000
    for effect in model.update(message) {
      if case .save(let document, _, let path, _, _) = effect {
        let failure = Failure("cannot write")
        let result: Result<Void, WriteFailure> =
          (try? SessionFile.write(document, to: path)) != nil ? .success(()) : .failure(.failed(failure))
        update(.saved(path: path, document, result))
      }
    }
  }

  private mutating func pass() {
    for _ in 0..<1 + below(8) {
      model.now += 40_000_000
      update(.tick)
    }
  }

  private static let edits = [
    "title=\"B\"", "title=\"A longer title\"", "notes=\"C\"", "start={\"fill\":0}", "start={\"fill\":-0.0}",
    "start={\"fill\":0.5}", "solver={\"method\":\"picard\"}", "solver={\"method\":\"anderson\"}",
    "solver={\"method\":\"damped\",\"factor\":0.5}", "stopping.tolerance=1e-6", "stopping.tolerance=1e-10",
    "stopping.maxSteps=40", "stopping.maxSteps=1000", "stopping.measure=\"residual_sup\"",
    "network.operators[0].weight.gain=0.5", "network.operators[0].weight.values[0][0]=0.25",
    "network.operators[2].shift=0.125", "network.operators[2].shift=0", "network.operators[1].scale=1",
    "start={\"ensemble\":\"gaussian\",\"seed\":3}",
  ]

  private mutating func action() -> String {
    let choice = below(28)
    switch choice {
    case 0...3: return pressed(["space", "space space", "L", "L L"][choice])
    case 4...5:
      press("r")
      pass()
      return pressed("r")
    case 6:
      press("G")
      for _ in 0..<3 { pass() }
      return pressed(model.watch?.playback == nil ? "Esc" : "r")
    case 7...9: return pressed(["left left", "H", "^"][choice - 7])
    case 10: return pressed("b")
    case 11: return pressed("R")
    case 12...16: return edited(Self.edits[below(Self.edits.count)])
    case 17...19: return pressed("u")
    case 20: return pressed("^R")
    case 21:
      press("N ^U")
      type(["look", "here & now", ""][below(3)])
      return pressed("Enter")
    case 22: return pressed(["t ^U 1 e - 7 Enter", "M ^U 5 0 Enter"][below(2)])
    case 23: return pressed(["m", "i"][below(2)] + String(repeating: " down", count: below(6)) + " Enter")
    case 24...25:
      press("2" + String(repeating: " j", count: below(14)))
      let keys = ["l", "h", "a Enter", "x", "D", "]", "[", "G u", "J", "K"]
      return pressed(keys[below(keys.count)] + " Esc 3")
    case 26: return pressed("s")
    default: return pressed(["y", "T down Enter", "f", "n"][below(4)])
    }
  }

  private mutating func pressed(_ keys: String) -> String {
    press(keys)
    return "[\(keys)]"
  }

  private mutating func edited(_ edit: String) -> String {
    press("E ^U")
    type(edit)
    press("Enter Esc")
    return "[E \(edit)]"
  }
}
