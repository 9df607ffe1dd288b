internal import FixedPoint
internal import LinearAlgebra
public import Sessions

/// A training between two batches, whole: what it takes to go on as if it had never stopped.
///
/// One `.safetensors` file: the parameters by name, the optimiser's averages, the running statistics, those of the best
/// epoch; and a text with the plan, the runs that are done and the epoch under way. An epoch's generator starts from the
/// seed and its number. It is written in one step, so that it is always whole; the rows of the epochs lie in a file
/// beside it, which only grows: ``EpochLog``.
public struct Checkpoint: Sendable {
  public let plan: TrainingPlan
  /// Of the data, so that other data of the same name are recognised.
  let fingerprint: String
  /// Of the session that is trained, if one is.
  let sessionFingerprint: String?
  /// Which of the plan's runs are done here.
  public let shard: SweepShard
  /// Of these the ones before the current one.
  public let finished: [RunRecord]
  let number: Int
  let epoch: Int
  let optimizerSteps: Int
  let best: (epoch: Int, score: EpochReport.Score)?
  let history: [EpochReport]
  /// The epoch under way; `nil` between two.
  let pass: PassRecord?
  let tensors: [NamedTensor]
  /// Whether the files say how long the epochs took; without, the same training leaves the same bytes.
  let seconds: Bool

  /// How its path ends: by it the file is read.
  public static let ending = ".safetensors"
  private static let format = "deq-checkpoint/2"
  private static let key = "deq-checkpoint"

  /// - Precondition: the run has not diverged.
  public init(_ run: TrainingRun, finished: [RunRecord], shard: SweepShard = .whole, seconds: Bool = false) {
    precondition(!run.hasDiverged, "only finite numbers go to a checkpoint")
    plan = run.plan
    self.shard = shard
    self.finished = finished
    self.seconds = seconds
    number = run.number
    (fingerprint, sessionFingerprint) = (run.fingerprint, run.sessionFingerprint)
    switch run.engine {
    case .single(let trainer):
      (epoch, optimizerSteps, best, history, pass, tensors) = trainer.state.parts(trainer.model)
    case .double(let trainer):
      (epoch, optimizerSteps, best, history, pass, tensors) = trainer.state.parts(trainer.model)
    }
  }

  /// The run as it was.
  /// - Throws: ``SessionError`` if the data, or the session that is trained, are not those of the checkpoint.
  public func run(on content: DatasetCatalog.Content) throws(SessionError) -> TrainingRun {
    var run = try TrainingRun(plan, on: content, number: number)
    guard run.fingerprint == fingerprint else {
      throw SessionError(
        path: "data", expected: "the data of the checkpoint, \(fingerprint)", found: "\(run.fingerprint)")
    }
    guard run.sessionFingerprint == sessionFingerprint else {
      throw SessionError(
        path: "model.session", expected: "the session of the checkpoint, \(sessionFingerprint ?? "none")",
        found: "\(run.sessionFingerprint ?? "none")")
    }
    switch run.engine {
    case .single(var trainer):
      trainer.state = try state(trainer)
      run.engine = .single(trainer)
    case .double(var trainer):
      trainer.state = try state(trainer)
      run.engine = .double(trainer)
    }
    return run
  }
}

// MARK: The state in parts

extension Trainer.State {
  fileprivate func parts(
    _ model: Model<Scalar>
  ) -> (Int, Int, (epoch: Int, score: EpochReport.Score)?, [EpochReport], PassRecord?, [NamedTensor]) {
    var tensors: [NamedTensor] = []
    for entry in model.layout.entries {
      tensors.append(
        NamedTensor(entry.name, Tensor(shape: entry.shape, values: parameters[entry.range].map { Double($0) })))
    }
    func add(_ name: String, _ values: [Scalar]) {
      tensors.append(NamedTensor(name, Tensor(vector: values.map { Double($0) })))
    }
    add("optimizer.means", optimizer.means)
    add("optimizer.squares", optimizer.squares)
    add("statistics.means", statistics.means)
    add("statistics.variances", statistics.variances)
    if let best {
      add("best.parameters", best.parameters)
      add("best.means", best.statistics.means)
      add("best.variances", best.statistics.variances)
    }
    return (epoch, optimizer.steps, best.map { ($0.epoch, $0.score) }, history, pass.map { PassRecord($0) }, tensors)
  }
}

extension Checkpoint {
  private func state<Scalar: BatchScalar>(_ trainer: Trainer<Scalar>) throws(SessionError) -> Trainer<Scalar>.State {
    let model = trainer.model
    func values(_ name: String, _ count: Int) throws(SessionError) -> [Scalar] {
      guard let tensor = tensors.first(where: { $0.key == name })?.tensor, tensor.values.count == count else {
        throw SessionError(path: name, expected: "\(count) numbers", found: "another array or none")
      }
      return tensor.values.map { Scalar($0) }
    }
    func statistics(_ prefix: String) throws(SessionError) -> RunningStatistics<Scalar> {
      var statistics = RunningStatistics<Scalar>(features: model.head.normalized)
      statistics.means = try values(prefix + ".means", model.head.normalized)
      statistics.variances = try values(prefix + ".variances", model.head.normalized)
      return statistics
    }
    var parameters: [Scalar] = []
    for entry in model.layout.entries { parameters += try values(entry.name, entry.range.count) }
    let count = parameters.count
    let optimizer = Optimizer<Scalar>(
      plan.optimizer, steps: optimizerSteps, means: try values("optimizer.means", count),
      squares: try values("optimizer.squares", count))
    var state = Trainer<Scalar>.State(
      epoch: epoch, parameters: parameters, optimizer: optimizer, statistics: try statistics("statistics"),
      history: history)
    if let best {
      state.best = Trainer.Best(
        epoch: best.epoch, score: best.score, parameters: try values("best.parameters", count),
        statistics: try statistics("best"))
    }
    if let pass = pass?.pass(of: trainer, epoch: epoch + 1) {
      let count = Batches(trainer, pass.order).count
      guard pass.done < count else {
        throw SessionError(path: "pass.done", expected: "fewer than \(count) batches", found: "\(pass.done)")
      }
      state.pass = pass
    }
    return state
  }
}

// MARK: The file

extension Checkpoint {
  /// All that is written for a path: the checkpoint, and its epochs beside it.
  public static func files(at path: String) -> [String] { [path, EpochLog(of: path).path] }

  /// Whether a file has the epochs of some checkpoint.
  public static func areEpochs(_ path: String) -> Bool { LineLog.last(of: path)?.hasPrefix("{\"row\": ") ?? false }

  /// Epochs of all runs.
  public var epochCount: Int { finished.reduce(epoch) { $0 + $1.history.count } }

  /// Adds what is new to the epochs beside it, and then replaces the file in one step.
  /// - Throws: ``SessionError`` of kind `unwritable`, also if the path ends otherwise than in ``ending``.
  public func write(to path: String) throws(SessionError) {
    guard path.hasSuffix(Self.ending) else {
      var error = SessionError(.unwritable, expected: "a path that ends in \(Self.ending)", found: "another")
      error.file = path
      throw error
    }
    let digest = try EpochLog(of: path).extend(to: rows, seconds: seconds)
    let json = json(digest, from: SessionFile.directory(of: path))
    try TensorFile.write(tensors, texts: [(Self.key, json.lineText)], to: path)
  }

  /// - Throws: ``SessionError`` with the file that is no checkpoint, or no whole one.
  public static func read(_ path: String) throws(SessionError) -> Checkpoint {
    let text = try TensorFile.text(key, in: path)
    do throws(SessionError) {
      guard let text else { throw SessionError(expected: "a checkpoint of deq train", found: "another file") }
      var tensors: [NamedTensor] = []
      for array in try TensorFile.list(path) { tensors.append(NamedTensor(array.key, try array.tensor())) }
      return try Checkpoint(try JSON(parsing: text), tensors, path: path)
    } catch {
      var error = error
      if error.file == nil { error.file = path }
      throw error
    }
  }

  /// The epochs of all runs so far.
  private var rows: [EpochLog.Row] {
    finished.flatMap { run in run.history.map { (run.number, $0) } } + history.map { (number, $0) }
  }

  /// With the path of the session as it leads there from the checkpoint.
  private func json(_ digest: String, from directory: String) -> JSON {
    var plan = plan
    plan.model.session = plan.model.session.map { FileSystem.relative($0, to: directory) }
    let runs = finished.map { run -> JSON in
      ["run": JSON(run.number), "diverged": JSON(run.hasDiverged), "epochs": JSON(run.history.count)]
    }
    var members = [
      JSON.Member("format", JSON(Self.format)), JSON.Member("plan", plan.json),
      JSON.Member("data", JSON(fingerprint)), JSON.Member("finished", JSON(runs)),
      JSON.Member("run", JSON(number)), JSON.Member("epoch", JSON(epoch)),
      JSON.Member("optimizerSteps", JSON(optimizerSteps)), JSON.Member("epochs", JSON(digest)),
    ]
    if let sessionFingerprint { members.append(JSON.Member("session", JSON(sessionFingerprint))) }
    if shard != .whole { members.append(JSON.Member("shard", JSON(shard.text))) }
    if let best { members.append(JSON.Member("best", ["epoch": JSON(best.epoch), "score": best.score.json])) }
    if let pass { members.append(JSON.Member("pass", pass.json(seconds: seconds))) }
    return JSON(members)
  }

  private init(_ json: JSON, _ tensors: [NamedTensor], path: String) throws(SessionError) {
    var reader = try ObjectReader(json, path: "")
    _ = try reader.require("format", expected: Self.format).choice(of: [Self.format], path: "format")
    var plan = try TrainingPlan(try reader.require("plan", expected: "a plan")).checked()
    if let session = plan.model.session, !session.hasPrefix("/") {
      plan.model.session = SessionFile.directory(of: path) + "/" + session
    }
    self.plan = plan
    (fingerprint, sessionFingerprint) = (reader.text("data") ?? "", reader.text("session"))
    shard = try reader.shard() ?? .whole
    let runs = try reader.endedRuns("finished")
    number = try reader.count("run")
    epoch = try reader.count("epoch")
    optimizerSteps = try reader.count("optimizerSteps")
    let digest = reader.text("epochs") ?? ""
    if reader.take("best") != nil {
      var best = try reader.object("best")
      self.best = (try best.count("epoch"), try EpochReport.Score(&best, "score"))
      try best.finish()
    } else {
      best = nil
    }
    pass = reader.take("pass") == nil ? nil : try PassRecord(&reader, "pass")
    try reader.finish()
    self.tensors = tensors
    let counts = runs.map(\.epochs) + [epoch]
    guard counts.allSatisfy({ $0 <= plan.epochs }) else {
      throw SessionError(
        path: "epoch", expected: "at most \(plan.epochs), the epochs of the plan", found: "\(counts.max() ?? 0)")
    }
    let rows = try EpochLog(of: path).read(counts.reduce(0, +), digest: digest)
    (finished, history) = Self.divided(rows, runs, number: number)
    seconds = rows.contains { $0.epoch.seconds != nil }
    try check()
  }

  /// The rows of the runs that have ended, and those of the current one.
  private static func divided(
    _ rows: [EpochLog.Row], _ runs: [EndedRun], number: Int
  ) -> (finished: [RunRecord], history: [EpochReport]) {
    func history(_ run: Int) -> [EpochReport] { rows.filter { $0.run == run }.map(\.epoch) }
    return (
      runs.map { RunRecord(number: $0.number, history: history($0.number), hasDiverged: $0.hasDiverged) },
      history(number)
    )
  }

  /// - Throws: ``SessionError`` that names what cannot be of one training.
  private func check() throws(SessionError) {
    let runs = shard.runs(of: plan.runs)
    guard runs.contains(number) else {
      throw SessionError(path: "run", expected: "one of \(runs.prefix(8))", found: "\(number)")
    }
    guard finished.map(\.number) == runs.filter({ $0 < number }) else {
      throw SessionError(
        path: "finished", expected: "the runs before \(number)", found: "\(finished.map(\.number).prefix(8))")
    }
    let isWhole = history.count == epoch && history.enumerated().allSatisfy { $1.epoch == $0 + 1 }
    guard epoch <= plan.epochs, isWhole else {
      throw SessionError(
        path: "history", expected: "a row for each of \(epoch) epochs of at most \(plan.epochs)",
        found: "\(history.count) rows")
    }
    for (path, isOfThePlan) in [
      ("best", best.map { 1...max(epoch, 1) ~= $0.epoch } ?? true), ("pass", pass == nil || epoch < plan.epochs),
    ] where !isOfThePlan {
      throw SessionError(path: path, expected: "an epoch of the plan, at \(epoch) of \(plan.epochs)", found: "another")
    }
  }
}

/// A run that has ended, as a checkpoint has it beside its rows.
private struct EndedRun {
  let number: Int
  let hasDiverged: Bool
  let epochs: Int
}

extension ObjectReader {
  fileprivate mutating func endedRuns(_ name: String) throws(SessionError) -> [EndedRun] {
    var runs: [EndedRun] = []
    for (position, item) in (try items(name) ?? []).enumerated() {
      var reader = try ObjectReader(item, path: path(of: "\(name)[\(position)]"))
      let (number, diverged) = (try reader.count("run"), try reader.flag("diverged"))
      runs.append(EndedRun(number: number, hasDiverged: diverged, epochs: try reader.count("epochs")))
      try reader.finish()
    }
    return runs
  }
}
