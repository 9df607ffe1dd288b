internal import LinearAlgebra
public import Sessions

/// One run of a training: advances epoch by epoch, in the precision of its plan.
public struct TrainingRun: Sendable {
  enum Engine: Sendable {
    case single(Trainer<Float>)
    case double(Trainer<Double>)
  }

  public let plan: TrainingPlan
  /// Counted from 1.
  public let number: Int
  var engine: Engine
  /// Of the data.
  let fingerprint: String

  /// - Parameters:
  ///   - plan: what to do.
  ///   - content: the data that the plan names.
  ///   - number: of the run, from 1 on: it decides the seed, and the split where the plan says so.
  /// - Throws: ``SessionError`` whose path names the field of the plan that does not fit the data.
  public init(_ plan: TrainingPlan, on content: DatasetCatalog.Content, number: Int = 1) throws(SessionError) {
    self.plan = plan
    self.number = number
    let seed = plan.seed + number - 1
    switch plan.precision {
    case .single:
      let data = try TrainingData<Float>(content, plan, run: number)
      fingerprint = data.fingerprint
      engine = .single(Trainer(plan, seed: seed, data: data, pipeline: try Self.pipeline(plan, data)))
    case .double:
      let data = try TrainingData<Double>(content, plan, run: number)
      fingerprint = data.fingerprint
      engine = .double(Trainer(plan, seed: seed, data: data, pipeline: try Self.pipeline(plan, data)))
    }
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

  /// Whether a number of the model is no longer finite: nothing is to be learned from there.
  public var hasDiverged: Bool {
    switch engine {
    case .single(let trainer): !trainer.state.parameters.allSatisfy(\.isFinite)
    case .double(let trainer): !trainer.state.parameters.allSatisfy(\.isFinite)
    }
  }

  /// Trains an epoch, evaluates, and proves again what the plan keeps.
  public mutating func advance() {
    switch engine {
    case .single(var trainer):
      trainer.advance()
      engine = .single(trainer)
    case .double(var trainer):
      trainer.advance()
      engine = .double(trainer)
    }
    note(certificates())
  }

  private mutating func note(_ certificates: [GuaranteeRecord]) {
    switch engine {
    case .single(var trainer):
      trainer.note(certificates)
      engine = .single(trainer)
    case .double(var trainer):
      trainer.note(certificates)
      engine = .double(trainer)
    }
  }
}

extension Trainer {
  mutating func note(_ certificates: [GuaranteeRecord]) {
    state.history[state.history.count - 1].certificates = certificates
  }
}
