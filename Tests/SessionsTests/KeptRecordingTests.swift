import FixedPoint
import Glibc
import TestSupport
import Testing

@testable import Sessions

/// Nothing that was recorded is lost when a session is saved and opened again.
@Suite("Recordings that are opened again")
struct KeptRecordingTests {
  private func experiment() throws -> Experiment {
    try Experiment(try SessionFile.parse(Array(SpecimenSessions.threeUnits.utf8)), directory: ".")
  }

  private func reopened(_ experiment: Experiment) throws -> Experiment {
    let read = try SessionFile.parse(SessionFile.text(of: experiment.saved))
    #expect(read == experiment.saved)
    let again = try Experiment.opened(read, directory: ".")
    #expect(again.opening?.report.disagreements == [], "\(String(describing: again.opening))")
    #expect(SessionFile.text(of: again.saved) == SessionFile.text(of: read))
    return again
  }

  private static let edits: [(String, JSON)] = [
    ("title", "B"), ("title", .null), ("notes", "C"), ("network.operators[2].shift", 0.3),
    ("network.operators[2].power", 1), ("start", ["fill": -0.0]), ("start", ["fill": 0]),
    ("start", ["values": [0, 0, 0]]), ("solver", ["method": "picard"]), ("solver", ["method": "anderson"]),
    ("stopping", ["tolerance": 1e-3, "measure": "residual_relative", "maxSteps": 1000]),
    ("stopping.tolerance", 1e-10),
  ]

  @Test("Every edit undone, redone and made again, alone and among others, is saved, opened and undone to the original")
  func edits() throws {
    for (path, value) in Self.edits {
      for others in [[], [Self.edits[3]], [("title", "D" as JSON)]] {
        for script in ["u", "ur", "ue", "uru", "suse", "surs", "usr", "ses"] {
          var experiment = try experiment()
          let original = experiment.document
          for (path, value) in others { try experiment.perform(.edit(path: path, value: value)) }
          try experiment.perform(.edit(path: path, value: value))
          for letter in script {
            switch letter {
            case "u" where experiment.canUndo: try experiment.perform(.undo)
            case "r" where experiment.canRedo: try experiment.perform(.redo)
            case "e": _ = try? experiment.perform(.edit(path: path, value: value))
            default: try experiment.perform(.step(2))
            }
          }
          var again = try reopened(experiment)
          #expect(again.document == experiment.document)
          while again.canUndo { try again.perform(.undo) }
          #expect(again.document == original, "\(path) \(script)")
        }
      }
    }
  }

  @Test("A start of -0 starts anew, and replays identical")
  func minusZero() throws {
    var experiment = try experiment()
    try experiment.perform(.edit(path: "start", value: ["fill": -0.0]))
    try experiment.perform(.step(2))
    #expect(experiment.run.start.allSatisfy { $0.sign == .minus })
    #expect(try Replay.verify(experiment.saved, directory: ".").verdict == .identical)
    _ = try reopened(experiment)
  }

  @Test("Notes at steps survive edits, opening again, and being recorded anew")
  func notes() throws {
    var experiment = try experiment()
    try experiment.perform(.step(2))
    experiment.annotate(2, "look")
    try experiment.perform(.stopping(StoppingRule(tolerance: 1e-9)))
    let again = try reopened(experiment)
    #expect(again.notes == [StepNote(step: 2, text: "look")])
    #expect(try Experiment.replayed(experiment.saved, directory: ".").notes == again.notes)
  }

  @Test("The step that was looked at is kept")
  func cursor() throws {
    var experiment = try experiment()
    try experiment.perform(.step(20))
    experiment.lookedAt = 17
    let again = try reopened(experiment)
    #expect(again.lookedAt == 17 && again.cursor == 20)
    var going = again
    try going.perform(.step(1))
    #expect(going.saved.recording?.cursor == nil)
  }

  @Test("A plain recorded run is opened at its end")
  func plainRun() throws {
    var experiment = try experiment()
    try experiment.perform(.run)
    while experiment.advance() {}
    let again = try reopened(experiment)
    #expect(again.run.stepCount == experiment.run.stepCount && again.run.outcome == .converged)
    #expect(again.actions == experiment.actions)
  }

  @Test("What a hand has edited begins anew as the file says, and the recording is there to be kept")
  func handEdited() throws {
    let path = CaseFile.path("recording", "hand-edited.deq.json")
    let document = try SessionFile.read(path)
    let experiment = try Experiment.opened(document, directory: SessionFile.directory(of: path))
    #expect(experiment.run.stepCount == 0 && experiment.document.stopping.tolerance == 1e-7)
    let aside = try #require(experiment.opening?.aside)
    let report = try Replay.verify(aside, directory: ".")
    #expect([.identical, .equivalent].contains(report.verdict) && report.checkCount == 51, "\(report)")
  }

  @Test("The digest of a document tells -0 from 0, and equal texts are equal")
  func equality() {
    var one = SessionDocument(network: NetworkSource(stateShape: Shape([1]), operators: []))
    var other = one
    one.start = .fill(0, shape: nil)
    other.start = .fill(-0.0, shape: nil)
    #expect(one != other && JSON(0.0) != JSON(-0.0))
    one.start = .values(Tensor(vector: [0]))
    other.start = .values(Tensor(vector: [-0.0]))
    #expect(one != other)
    #expect(JSON(parsing: 1.5) == JSON(1.5))
  }

  /// As many changes as `DEQ_CHANGES` says, each after a step: the memory that the program needs for them.
  @Test("The history of changes is as long as the changes are many, no longer")
  func memory() throws {
    let count = unsafe getenv("DEQ_CHANGES").flatMap { unsafe Int(String(cString: $0)) } ?? 2000
    var experiment = try experiment()
    for change in 1...count {
      try experiment.perform(.edit(path: "network.operators[2].shift", value: JSON(Double(change % 97) / 97)))
      try experiment.perform(.step(1))
    }
    #expect(experiment.branches.count == count - 1)
    let directory = TemporaryDirectory()
    try SessionFile.write(experiment.saved, to: directory.file("many.deq.json"))
    let most = max(200, count / 250)
    let script = """
      import resource, subprocess, sys
      code = subprocess.call(["\(PseudoTerminal.beside("deq"))", "replay", "many.deq.json", "--verify"])
      most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
      print(round(most), "MB"); sys.exit(code if most < \(most) else 99)
      """
    directory.write(script, to: "measure.py")
    #expect(unsafe system("cd \(directory.path) && python3 measure.py > out") == 0)
    print("\(count) changes:", (try? SessionText.read(directory.file("out"))) ?? "")
  }
}

extension JSON {
  /// A number through its text.
  fileprivate init(parsing number: Double) {
    self = (try? JSON(parsing: "\(number)")) ?? .null
  }
}
