import FixedPoint
import LinearAlgebra
import Sessions
import TestSupport
import Testing

@testable import Training

struct CheckpointTests {
  private static let content = try? DatasetCatalog(folders: []).load("two-moons")

  /// Of the second of three runs, in the middle of its second epoch.
  private static let checkpoint = Result { try makeCheckpoint() }

  private static func makeCheckpoint() throws -> Checkpoint {
    var plan = try #require(Recipe.named("moons")).plan
    (plan.runs, plan.epochs, plan.data.validation, plan.keep) = (3, 2, 0.2, .lipschitz)
    var course = try TrainingCourse(try plan.checked(), on: try #require(content))
    for _ in 0..<3 { try course.advance() }
    var batches = 0
    try course.advance { _ in
      batches += 1
      return batches < 3
    }
    return try #require(course.checkpoint)
  }

  @Test(arguments: [
    ("run", "4", "run"), ("run", "0", "run"), ("run", "3", "finished"), ("finished", "[]", "rows"),
    ("epoch", "2", "rows"), ("epoch", "4503599627370496", "epoch"), ("epochs", #""0000000000000000""#, "rows"),
    ("finished[0].epochs", "1", "rows"), ("best.epoch", "2", "best"), ("pass.done", "9", "pass.done"),
    ("pass.random", #"["1"]"#, "pass.random"), ("pass.random", #"["x"]"#, "pass.random[0]"),
    ("finished[0].diverged", #""no""#, "finished[0].diverged"), ("plan.epochs", "1", "epoch"),
    ("data", #""0000000000000000""#, "data"), ("plan.model.units", "17", "layer.weight"),
  ])
  func whatIsNotOfOneTrainingIsNamed(_ path: String, _ value: String, _ culprit: String) throws {
    let directory = TemporaryDirectory()
    let file = directory.file("run.safetensors")
    try Self.checkpoint.get().write(to: file)
    let text = try #require(try TensorFile.text("deq-checkpoint", in: file))
    let changed = try #require(try JSON(parsing: text).setting(path, to: try JSON(parsing: value)))
    let tensors = try TensorFile.list(file).map { NamedTensor($0.key, try $0.tensor()) }
    try TensorFile.write(tensors, texts: [("deq-checkpoint", changed.lineText)], to: file)
    let error = #expect(throws: SessionError.self) {
      try TrainingCourse(try Checkpoint.read(file), on: try #require(Self.content))
    }
    #expect(error?.path == culprit, "\(error?.message ?? "")")
  }

  /// A checkpoint is read by its ending.
  @Test func anotherEndingIsRefused() throws {
    let directory = TemporaryDirectory()
    let error = #expect(throws: SessionError.self) { try Self.checkpoint.get().write(to: directory.file("run.ckpt")) }
    #expect(error?.kind == .unwritable && error?.file == directory.file("run.ckpt") && directory.names.isEmpty)
  }

  /// The state with a best epoch that is not the last one.
  @Test func theBestIsInTheFile() throws {
    var plan = try #require(Recipe.named("moons")).plan
    (plan.data.validation, plan.optimizer.rate, plan.keep) = (0.5, 0.3, .lipschitz)
    var run = try TrainingRun(plan, on: try #require(Self.content))
    while run.record.result?.epoch == run.history.last?.epoch { run.advance() }
    let directory = TemporaryDirectory()
    try Checkpoint(run, finished: [], seconds: true).write(to: directory.file("run.safetensors"))
    let resumed = try Checkpoint.read(directory.file("run.safetensors")).run(on: try #require(Self.content))
    guard case .single(let own) = run.engine, case .single(let other) = resumed.engine else { return }
    #expect(own.state.best?.epoch == other.state.best?.epoch && own.state.best?.score == other.state.best?.score)
    #expect(own.state.best?.parameters == other.state.best?.parameters && own.state.best != nil)
    #expect(own.state.best?.statistics == other.state.best?.statistics)
    #expect(own.state.parameters == other.state.parameters && own.state.statistics == other.state.statistics)
    #expect(own.state.optimizer.means == other.state.optimizer.means)
    #expect(own.state.optimizer.squares == other.state.optimizer.squares)
    #expect(own.state.optimizer.steps == other.state.optimizer.steps && own.state.epoch == other.state.epoch)
    #expect(own.state.history == other.state.history && own.state.parameters != own.state.best?.parameters)
  }

  /// Every field of an epoch under way, each with a value of its own.
  @Test func theEpochUnderWayIsWhole() throws {
    var plan = try #require(Recipe.named("moons")).plan
    plan.precision = .double
    let run = try TrainingRun(plan, on: try #require(Self.content))
    guard case .double(let trainer) = run.engine else { return }
    var pass = trainer.beginning(of: 2)
    _ = pass.random.normal()
    pass.done = 3
    pass.tally.result = HeadResult(loss: 0.1, errors: 4, rows: 5)
    pass.validation = HeadResult(loss: 0.2, errors: 6, rows: 7)
    pass.test = HeadResult(loss: 0.3, errors: 8, rows: 9)
    pass.tally.forward = SolveStatistics(steps: 10, batches: 11, failures: 12, samples: 13)
    pass.tally.backward = SolveStatistics(steps: 14, batches: 15, failures: 16, samples: 17)
    (pass.tally.skipped, pass.rate, pass.seconds, pass.tally.steps) = (18, 0.4, 0.5, 31)
    pass.validationForward = SolveStatistics(steps: 19, batches: 20, failures: 21, samples: 22, replaced: 23)
    pass.testForward = SolveStatistics(steps: 24, batches: 25, failures: 26, samples: 27, replaced: 28)
    let json = JSON([JSON.Member("pass", PassRecord(pass).json(seconds: true))])
    var reader = try ObjectReader(try JSON(parsing: json.text), path: "")
    let read = try PassRecord(&reader, "pass").pass(of: trainer, epoch: 2)
    #expect(read.order == pass.order && read.random.words == pass.random.words && read.done == 3)
    for (own, other) in [
      (read.tally.result, pass.tally.result), (read.validation, pass.validation), (read.test, pass.test),
    ] { #expect(own.loss == other.loss && own.errors == other.errors && own.rows == other.rows) }
    #expect(read.tally.forward == pass.tally.forward && read.tally.backward == pass.tally.backward)
    #expect(read.validationForward == pass.validationForward && read.testForward == pass.testForward)
    #expect(read.tally.steps == 31)
    #expect(read.tally.skipped == 18 && read.rate == 0.4 && read.seconds == 0.5)
  }

  /// The same training leaves the same bytes, whenever it is done.
  @Test func noTimeIsInTheFile() throws {
    let directory = TemporaryDirectory()
    for name in ["a", "b"] { try Self.makeCheckpoint().write(to: directory.file(name + ".safetensors")) }
    for ending in [".safetensors", ".epochs"] {
      #expect(
        try FileSystem.read(directory.file("a" + ending)) == (try FileSystem.read(directory.file("b" + ending))))
    }
  }

  private static func row(_ epoch: Int) -> EpochReport {
    let score = EpochReport.Score(loss: 1 / Double(epoch), wrong: epoch, count: 100)
    return EpochReport(
      epoch: epoch, training: score, validation: score, test: score, learningRate: 0.1, forward: SolveStatistics(),
      backward: SolveStatistics(), skippedSteps: 0, seconds: 1)
  }

  /// What was written once is not written again: each new row costs its own length, and the bytes are those of all rows
  /// written at once.
  @Test func theEpochsOnlyGrow() throws {
    let directory = TemporaryDirectory()
    let log = EpochLog(of: directory.file("run.safetensors"))
    let rows: [EpochLog.Row] = (1...40).map { (1, Self.row($0)) }
    var sizes: [Int] = []
    for count in 1...40 {
      _ = try log.extend(to: Array(rows.prefix(count)), seconds: false)
      sizes.append(try FileSystem.read(log.path).count)
    }
    let steps = zip(sizes.dropFirst(), sizes).map { $0 - $1 }
    #expect((steps.max() ?? 0) - (steps.min() ?? 0) < 80, "\(steps)")
    let other = EpochLog(of: directory.file("once.safetensors"))
    let digest = try other.extend(to: rows, seconds: false)
    #expect(try FileSystem.read(log.path) == (try FileSystem.read(other.path)))
    #expect(try log.read(40, digest: digest).map(\.epoch.epoch) == Array(1...40))
    #expect(throws: SessionError.self) { try log.read(39, digest: digest) }
  }

  /// A row that a kill left behind its checkpoint, or one of another training, is replaced.
  @Test func epochsThatAreNotOfTheTrainingAreReplaced() throws {
    let directory = TemporaryDirectory()
    let log = EpochLog(of: directory.file("run.safetensors"))
    let rows: [EpochLog.Row] = (1...4).map { (1, Self.row($0)) }
    _ = try log.extend(to: rows, seconds: false)
    for others in [Array(rows.prefix(3)), (2...3).map { (1, Self.row($0)) }, rows.map { (2, $0.epoch) }] {
      let digest = try log.extend(to: others, seconds: false)
      let read = try log.read(others.count, digest: digest)
      #expect(read.map(\.run) == others.map(\.run) && read.map(\.epoch.epoch) == others.map(\.epoch.epoch))
    }
  }

  /// A checkpoint leads to its session from wherever it is read.
  @Test func theSessionIsFoundFromTheCheckpoint() throws {
    let directory = TemporaryDirectory()
    directory.write(TinyPipeline.moons, to: "moons.deq.json")
    var plan = TrainingPlan()
    plan.model.session = directory.file("moons.deq.json")
    let run = try TrainingRun(try plan.checked(), on: try #require(Self.content))
    try Checkpoint(run, finished: []).write(to: directory.file("run.safetensors"))
    let text = try #require(try TensorFile.text("deq-checkpoint", in: directory.file("run.safetensors")))
    #expect(try JSON(parsing: text)["plan"]?["model"]?["session"] == "moons.deq.json")
    _ = try Checkpoint.read(directory.file("run.safetensors")).run(on: try #require(Self.content))
  }
}
