public import Sessions

/// The runs of a plan on its data, or those of a shard of them, one after the other.
public struct TrainingCourse: Sendable {
  private let content: DatasetCatalog.Content
  /// Bytes that a run may take.
  private let memory: Int
  public let shard: SweepShard
  /// The current one.
  public private(set) var run: TrainingRun
  /// Those before it.
  public private(set) var finished: [RunRecord]

  /// - Parameters:
  ///   - plan: what to do.
  ///   - content: the data that the plan names.
  ///   - shard: whose number is one of a run.
  ///   - memory: the bytes that a run may take.
  /// - Throws: ``SessionError`` whose path names the field of the plan that does not fit the data or the memory.
  public init(
    _ plan: TrainingPlan, on content: DatasetCatalog.Content, shard: SweepShard = .whole,
    memory: Int = FreeMemory.quarter
  ) throws(SessionError) {
    self.content = content
    self.shard = shard
    self.memory = memory
    run = try TrainingRun(plan, on: content, number: shard.number, memory: memory)
    finished = []
  }

  /// The runs as a checkpoint left them.
  /// - Throws: ``SessionError`` if the data are not those of the checkpoint.
  public init(_ checkpoint: Checkpoint, on content: DatasetCatalog.Content) throws(SessionError) {
    self.content = content
    memory = FreeMemory.quarter
    shard = checkpoint.shard
    run = try checkpoint.run(on: content)
    finished = checkpoint.finished
  }

  public var plan: TrainingPlan { run.plan }

  /// Of all runs that have begun.
  public var records: [RunRecord] { finished + [run.record] }

  /// Epochs of all runs.
  public var epochCount: Int { records.reduce(0) { $0 + $1.history.count } }

  /// Whether all runs have ended.
  public var isDone: Bool { run.hasEnded && run.number + shard.count > plan.runs }

  /// What it takes to go on from here; `nil` where a number is not finite.
  public var checkpoint: Checkpoint? { checkpoint(seconds: false) }

  /// The same, with the seconds that the epochs took if they are asked for.
  public func checkpoint(seconds: Bool) -> Checkpoint? {
    run.hasDiverged ? nil : Checkpoint(run, finished: finished, shard: shard, seconds: seconds)
  }

  /// Multiplies the learning rate of all further steps of the current run.
  public mutating func scaleRate(by factor: Double) { run.scaleRate(by: factor) }

  /// Trains on, to the end of the current run's epoch at most; the next run begins where one has ended.
  ///
  /// - Parameters:
  ///   - goesOn: told of every batch; the next one is begun only if it says so.
  ///   - clock: monotonic seconds.
  /// - Throws: ``SessionError`` whose path names the field of the plan that does not fit the next run.
  public mutating func advance(
    while goesOn: (BatchReport) -> Bool = { _ in true }, by clock: () -> Double = TrainingRun.seconds
  ) throws(SessionError) {
    guard !isDone else { return }
    if run.hasEnded {
      let next = try TrainingRun(plan, on: content, number: run.number + shard.count, memory: memory)
      finished.append(run.record)
      run = next
    }
    run.advance(while: goesOn, by: clock)
  }
}
