import FixedPoint
import Testing

@testable import Sessions

@Suite("Experiments and replays")
struct ExperimentTests {
  /// Three units, 56 plain steps from 0 to 1e-10 in ‖f(z) - z‖₂; values from an independent implementation.
  static let golden = """
    {
      "format": "deq-session/1",
      "network": {
        "state": {"shape": [3]},
        "operators": [
          {"op": "dense", "weight": {"values": [[0.5, -0.3, 0.2], [0.1, 0.4, -0.6], [-0.2, 0.3, 0.5]]}},
          {"op": "inject", "bias": {"values": [0.3, -0.1, 0.2]}},
          {"op": "activation", "kind": "tanh"}
        ]
      },
      "start": {"fill": 0},
      "stopping": {"tolerance": 1e-10, "measure": "residual_absolute"}
    }
    """

  private func experiment() throws -> Experiment {
    try Experiment(try SessionFile.parse(Array(Self.golden.utf8)), directory: ".")
  }

  private func damped(_ factor: Double) -> Action {
    .solver(SolverSource("damped", [FieldSource("factor", .number(factor))]))
  }

  private func advance(_ experiment: inout Experiment, to step: Int) {
    while experiment.isRunning, experiment.cursor < step { experiment.advance() }
  }

  @Test("A run goes to its end")
  func run() throws {
    var experiment = try experiment()
    try experiment.perform(.run)
    advance(&experiment, to: .max)
    #expect(experiment.run.stepCount == 56)
    #expect(experiment.run.outcome == .converged)
    #expect(abs(experiment.run.trace[0].residualAbsolute - 3.657236174488e-01) < 1e-12)
    for (value, expected) in zip(experiment.run.iterate, [0.569073084516, -0.151178678818, 0.081303835190]) {
      #expect(abs(value - expected) < 1e-9)
    }
    #expect(!experiment.isRunning)
    #expect(try Replay.verify(experiment.saved, directory: ".").verdict == .identical)
  }

  @Test("Stepping, looking back, and going on again give the steps of a plain run")
  func timeTravel() throws {
    var plain = try experiment()
    try plain.perform(.step(30))
    var experiment = try experiment()
    try experiment.perform(.step(12))
    try experiment.perform(.rewind(to: 5))
    #expect(experiment.cursor == 5)
    #expect(experiment.run.stepCount == 12)
    try experiment.perform(.branch)
    #expect(experiment.run.stepCount == 5)
    #expect(experiment.branches.count == 1)
    #expect(experiment.branches[0].run.stepCount == 12)
    try experiment.perform(.step(25))
    #expect(experiment.run.trace == plain.run.trace)
    #expect(experiment.run.iterate == plain.run.iterate)
  }

  @Test("A new method goes on from the cursor, a new start or weight begins anew")
  func changes() throws {
    var experiment = try experiment()
    try experiment.perform(.step(20))
    try experiment.perform(.rewind(to: 10))
    let rows = experiment.run.trace
    try experiment.perform(damped(0.5))
    #expect(experiment.run.trace == Array(rows.prefix(10)))
    #expect(experiment.branches.count == 1)
    try experiment.perform(.step(1))
    #expect(experiment.run.trace[10].residualAbsolute != rows[10].residualAbsolute)
    try experiment.perform(.stopping(StoppingRule(tolerance: 1e-3)))
    #expect(experiment.run.stepCount == 11)
    try experiment.perform(.start(.fill(0.5, shape: nil)))
    #expect(experiment.run.stepCount == 0)
    #expect(experiment.cursor == 0)
    #expect(experiment.problem.start == [0.5, 0.5, 0.5])
    #expect(experiment.problem.stopping.tolerance == 1e-3)
    #expect(experiment.branches.count == 2)
    try experiment.perform(.edit(path: "network.operators[0].weight.values[0][0]", value: 0.25))
    try experiment.perform(.run)
    advance(&experiment, to: .max)
    #expect(experiment.run.outcome == .converged)
    #expect(experiment.actions.map(\.step) == [0, 20, 10, 10, 11, 11, 0, 0])
    #expect(try Replay.verify(experiment.saved, directory: ".").verdict == .identical)
    #expect(experiment.saved.network == experiment.document.network)
    #expect(experiment.saved.network != (try self.experiment()).document.network)
  }

  @Test("Going on from before a change of method uses the method that the session now says")
  func branchBeforeChange() throws {
    var experiment = try experiment()
    try experiment.perform(.step(10))
    try experiment.perform(damped(0.5))
    try experiment.perform(.step(10))
    try experiment.perform(.rewind(to: 4))
    try experiment.perform(.branch)
    #expect(experiment.run.solver.options.number("factor") == 0.5)
    #expect(experiment.document.solver.method == "damped")
  }

  @Test("Undoing a change brings back session, run and branches, and doing it again the change")
  func undoes() throws {
    var experiment = try experiment()
    try experiment.perform(.step(20))
    try experiment.perform(.rewind(to: 8))
    let before = experiment
    try experiment.perform(.branch)
    try experiment.perform(.edit(path: "network.operators[2].shift", value: 0.25))
    try experiment.perform(.step(3))
    let after = experiment
    try experiment.perform(.undo)
    try experiment.perform(.undo)
    #expect(!experiment.canUndo)
    #expect(experiment.document == before.document)
    #expect(experiment.run.trace == before.run.trace)
    #expect((experiment.cursor, experiment.branches.count) == (8, 0))
    try experiment.perform(.redo)
    try experiment.perform(.redo)
    #expect(!experiment.canRedo)
    #expect(experiment.document == after.document)
    #expect(experiment.run.trace == after.run.trace)
    #expect(experiment.branches.map(\.run.stepCount) == [20, 8])
    let redone = try Replay.verify(experiment.saved, directory: ".")
    #expect(redone.verdict == .identical && redone.checkCount == 3)
  }

  @Test("Another change forgets what was undone; nothing is undone twice")
  func forgetsTheUndone() throws {
    var experiment = try experiment()
    #expect(throws: SessionError.self) { try experiment.perform(.undo) }
    try experiment.perform(.edit(path: "network.operators[2].shift", value: 0.5))
    try experiment.perform(.edit(path: "network.operators[2].shift", value: 0.5))
    try experiment.perform(.reset)
    try experiment.perform(.undo)
    #expect(!experiment.canUndo && experiment.canRedo)
    try experiment.perform(.edit(path: "network.operators[2].shift", value: 0.75))
    #expect(!experiment.canRedo)
    #expect(throws: SessionError.self) { try experiment.perform(.redo) }
  }

  @Test("What is saved says the session as it is, and its recording how it came to be")
  func savesWhatIsThere() throws {
    var experiment = try experiment()
    try experiment.perform(.edit(path: "network.operators[2].shift", value: 0.5))
    try experiment.perform(.step(5))
    var saved = try SessionFile.parse(SessionFile.text(of: experiment.saved))
    #expect(saved.network == experiment.document.network)
    let beginning = try self.experiment().document
    #expect(saved.recording?.beginning == .other(beginning.plain))
    #expect(try Replay.verify(saved, directory: ".").verdict == .identical)
    saved.network.operators[2] = OperatorSource("activation", [FieldSource("kind", .text("relu"))])
    let report = try Replay.verify(saved, directory: ".")
    #expect(report.verdict == .different && report.isEdited)
  }

  @Test("The smallest edit between two sessions leads from one to the other")
  func smallestEdits() throws {
    let document = try experiment().document
    let changes: [(String, JSON)] = [
      ("network.operators[0].weight.values[1][2]", 7), ("network.operators[2].shift", 0.5), ("title", "new"),
      ("network.operators", [["op": "scale", "by": 0.5]]), ("start", ["fill": 3]),
    ]
    for (path, value) in changes {
      let other = try document.setting(path: path, to: value)
      let edit = try #require(document.edit(toward: other))
      #expect(try document.setting(path: edit.path, to: edit.value) == other)
      let back = try #require(other.edit(toward: document))
      #expect(try other.setting(path: back.path, to: back.value) == document)
      if path != "start" { #expect(edit.path == path) }
    }
    var two = document
    two.network.inputShape = Shape([2])
    two.input = .fill(1, shape: nil)
    let edit = try #require(document.edit(toward: two))
    #expect(edit.path.isEmpty)
    #expect(try document.setting(path: "", to: edit.value) == two)
    #expect(document.edit(toward: document) == nil)
  }

  @Test("What cannot be done changes nothing and is not recorded")
  func refused() throws {
    var experiment = try experiment()
    try experiment.perform(.step(3))
    let actions: [Action] = [
      .rewind(to: 4), .rewind(to: -1), damped(7), .solver(SolverSource("magic")), .start(.values(Tensor(vector: [1]))),
      .input(.fill(1, shape: nil)), .edit(path: "network.operators[0].wieght", value: 1),
      .start(.dataset(name: "digits", index: 0)),
    ]
    for action in actions { #expect(throws: SessionError.self) { try experiment.perform(action) } }
    #expect(experiment.run.stepCount == 3)
    #expect(experiment.actions.count == 1)
    #expect(experiment.branches.isEmpty)
  }

  @Test("Two hundred random histories are saved, read and redone bit for bit")
  func histories() throws {
    var random = RandomGenerator(seed: 17)
    for _ in 0..<200 {
      var experiment = try experiment()
      for _ in 0..<12 {
        try experiment.perform(action(&random, in: experiment))
        advance(&experiment, to: experiment.cursor + Int(random.next() % 9))
      }
      let saved = try SessionFile.parse(SessionFile.text(of: experiment.saved))
      #expect(saved == experiment.saved)
      var replay = try Replay(saved, directory: ".")
      try replay.finish()
      let isEmpty = experiment.run.stepCount == 0
      #expect(replay.report.verdict == (isEmpty ? .nothingToCompare : .identical))
      #expect(replay.experiment.run.trace == experiment.run.trace)
      #expect(replay.experiment.branches.map(\.run.trace) == experiment.branches.map(\.run.trace))
      #expect(replay.experiment.document == experiment.document)
    }
  }

  private func action(_ random: inout RandomGenerator, in experiment: Experiment) -> Action {
    func below(_ count: Int) -> Int { Int(random.next() % UInt64(count)) }
    let weight = "network.operators[0].weight.values[\(below(3))][\(below(3))]"
    return switch below(18) {
    case 0: .pause
    case 1...2: .step(1 + below(5))
    case 3...4: .rewind(to: below(experiment.run.stepCount + 1))
    case 5: .branch
    case 6: .reset
    case 7: damped(0.25 + 0.5 * random.uniform())
    case 8: .solver(SolverSource("picard"))
    case 9: .stopping(StoppingRule(tolerance: 1e-6 * random.uniform(), measure: .residualSup, maxSteps: 10 + below(50)))
    case 10: .start(.ensemble(Ensemble(.gaussian, seed: random.next() >> 11), shape: nil))
    case 11: .edit(path: weight, value: JSON(random.uniform() - 0.5))
    case 12...14 where experiment.canUndo: .undo
    case 15...16 where experiment.canRedo: .redo
    default: .run
    }
  }

  @Test("A run goes on where it was being watched when it was saved")
  func savedWhileRunning() throws {
    var experiment = try experiment()
    try experiment.perform(.run)
    advance(&experiment, to: 23)
    let report = try Replay.verify(experiment.saved, directory: ".")
    #expect(report.verdict == .identical)
    #expect(report.checkCount == 23)
  }
}
