internal import LinearAlgebra
public import Sessions

/// One run of a training: advances batch by batch, in the precision of its plan.
public struct TrainingRun: Sendable {
  enum Engine: Sendable {
    case single(Trainer<Float>)
    case double(Trainer<Double>)
  }

  /// Counted from 1.
  public let number: Int
  var engine: Engine
  /// Of the data.
  let fingerprint: String
  /// Of the session that is trained, if one is, with the values of its tensors: every run begins at them.
  let sessionFingerprint: String?

  /// - Parameters:
  ///   - plan: what to do.
  ///   - content: the data that the plan names.
  ///   - number: of the run, from 1 on: it decides the seed, and the split where the plan says so.
  ///   - memory: the bytes that the training may take.
  /// - Throws: ``SessionError`` whose path names the field of the plan that does not fit the data or the memory.
  public init(
    _ plan: TrainingPlan, on content: DatasetCatalog.Content, number: Int = 1, memory: Int = FreeMemory.quarter
  ) throws(SessionError) {
    self.number = number
    switch plan.precision {
    case .single:
      let data = try TrainingData<Float>(content, plan, run: number)
      let pipeline = try Self.pipeline(plan, data)
      (fingerprint, sessionFingerprint) = (data.fingerprint, pipeline?.fingerprint)
      engine = .single(try Self.trainer(plan, number, data, pipeline, memory: memory))
    case .double:
      let data = try TrainingData<Double>(content, plan, run: number)
      let pipeline = try Self.pipeline(plan, data)
      (fingerprint, sessionFingerprint) = (data.fingerprint, pipeline?.fingerprint)
      engine = .double(try Self.trainer(plan, number, data, pipeline, memory: memory))
    }
  }

  private static func trainer<Scalar: BatchScalar>(
    _ plan: TrainingPlan, _ number: Int, _ data: TrainingData<Scalar>, _ pipeline: SessionPipeline?, memory: Int
  ) throws(SessionError) -> Trainer<Scalar> {
    let model = Model<Scalar>(plan.model, pipeline, data)
    try TrainingNeed(plan, model, data).check(plan, limit: memory)
    return Trainer(plan, run: number, data: data, model: model)
  }

  /// The pipeline of the session that a plan names, if it fits the data.
  private static func pipeline<Scalar: BatchScalar>(
    _ plan: TrainingPlan, _ data: TrainingData<Scalar>
  ) throws(SessionError) -> SessionPipeline? {
    guard let path = plan.model.session else { return nil }
    let pipeline = try SessionPipeline(path: path)
    try pipeline.check(data.inputShape, isGraph: data.edges != nil, classes: data.classes.count, plan, file: path)
    return pipeline
  }

  /// Whether all epochs are done, or the plan's patience is at its end.
  public var isDone: Bool {
    switch engine {
    case .single(let trainer): trainer.isDone
    case .double(let trainer): trainer.isDone
    }
  }

  /// One row an epoch.
  public var history: [EpochReport] {
    switch engine {
    case .single(let trainer): trainer.state.history
    case .double(let trainer): trainer.state.history
    }
  }

  /// Whether a number of the model or of the optimiser is no longer finite: nothing is to be learned from there.
  public var hasDiverged: Bool {
    switch engine {
    case .single(let trainer): !trainer.state.isFinite
    case .double(let trainer): !trainer.state.isFinite
    }
  }

  /// Whether there is nothing more to train.
  public var hasEnded: Bool { progress == nil && (isDone || hasDiverged) }

  /// What is done, with the changes of the learning rate so far.
  public var plan: TrainingPlan {
    switch engine {
    case .single(let trainer): trainer.plan
    case .double(let trainer): trainer.plan
    }
  }

  /// Of the plan and the data: what a model that it leaves says of where it comes from.
  public var origin: String { plan.origin(of: fingerprint) }

  /// The files that the session which is trained is read from; none without one.
  public var sessionFiles: [String] {
    switch engine {
    case .single(let trainer): trainer.model.pipeline?.pipeline.files ?? []
    case .double(let trainer): trainer.model.pipeline?.pipeline.files ?? []
    }
  }

  /// How far the epoch under way is; `nil` between two.
  public var progress: EpochProgress? {
    switch engine {
    case .single(let trainer): trainer.progress
    case .double(let trainer): trainer.progress
    }
  }

  /// The learning rate of the next step.
  public var nextRate: Double {
    switch engine {
    case .single(let trainer): trainer.nextRate
    case .double(let trainer): trainer.nextRate
    }
  }

  /// Multiplies the learning rate of all further steps of this run; the plan records it.
  /// - Precondition: the factor is positive.
  public mutating func scaleRate(by factor: Double) {
    precondition(factor > 0 && factor.isFinite, "a positive factor is expected")
    update {
      $0.scaleRate(by: factor)
    } double: {
      $0.scaleRate(by: factor)
    }
  }

  /// Trains to the end of the epoch, evaluates, and proves again what the plan keeps; or only so many batches of it.
  ///
  /// - Parameters:
  ///   - goesOn: told of every batch; the next one is begun only if it says so.
  ///   - clock: monotonic seconds, for the times of batches and epochs.
  public mutating func advance(
    while goesOn: (BatchReport) -> Bool = { _ in true }, by clock: () -> Double = Self.seconds
  ) {
    update {
      $0.advance(clock, while: goesOn)
    } double: {
      $0.advance(clock, while: goesOn)
    }
  }

  private mutating func update(
    single: (inout Trainer<Float>) -> Void, double: (inout Trainer<Double>) -> Void
  ) {
    switch engine {
    case .single(var trainer):
      single(&trainer)
      engine = .single(trainer)
    case .double(var trainer):
      double(&trainer)
      engine = .double(trainer)
    }
  }

  private static let origin = ContinuousClock().now

  /// Monotonic seconds.
  public static func seconds() -> Double { origin.duration(to: ContinuousClock().now) / .seconds(1) }
}

extension Trainer {
  mutating func advance(_ clock: () -> Double, while goesOn: (BatchReport) -> Bool) {
    repeat {
      let report = advance(clock)
      guard goesOn(report) else { return }
    } while state.pass != nil
  }
}
