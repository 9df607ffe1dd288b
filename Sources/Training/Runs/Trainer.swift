internal import LinearAlgebra
internal import Sessions

/// One run of a training, from batch to batch.
///
/// What an epoch does depends on the plan, the data and the state alone: its generator starts from the seed and the
/// epoch's number. A batch is divided among the shards in order, and their gradients are added in order.
struct Trainer<Scalar: BatchScalar>: Sendable {
  /// Everything that changes: what a checkpoint holds.
  struct State: Sendable {
    var epoch = 0
    var parameters: [Scalar]
    var optimizer: Optimizer<Scalar>
    var statistics: RunningStatistics<Scalar>
    var best: Best?
    var history: [EpochReport] = []
    /// `nil` between two epochs.
    var pass: EpochPass?

    /// Whether all numbers of the model and of the optimiser are finite.
    var isFinite: Bool {
      [parameters, optimizer.means, optimizer.squares, statistics.means, statistics.variances].allSatisfy {
        $0.allSatisfy(\.isFinite)
      }
    }
  }

  /// The parameters at the best validation so far.
  struct Best: Sendable {
    let epoch: Int
    let score: EpochReport.Score
    let parameters: [Scalar]
    let statistics: RunningStatistics<Scalar>
  }

  var plan: TrainingPlan
  /// Of the run, from 1.
  let number: Int
  let data: TrainingData<Scalar>
  let model: Model<Scalar>
  var state: State
  var shards: [Shard<Scalar>]
  /// Of all parameters, from the last step.
  var gradient: [Scalar] = []
  /// What evaluations share until the next step.
  var evaluated: StepWeights<Scalar>?

  init(_ plan: TrainingPlan, run number: Int, data: TrainingData<Scalar>, model: Model<Scalar>) {
    self.plan = plan
    self.number = number
    self.data = data
    self.model = model
    var random = Self.random(plan.seed &+ number - 1, epoch: 0)
    var parameters = model.initial(&random)
    plan.keep.project(&parameters, of: model)
    state = State(
      parameters: parameters, optimizer: Optimizer(plan.optimizer, count: parameters.count),
      statistics: RunningStatistics(features: model.head.normalized))
    shards = (0..<(data.edges == nil ? plan.threads : 1)).map { _ in Shard() }
  }

  /// The generator of an epoch; 0 is for the parameters.
  private static func random(_ seed: Int, epoch: Int) -> RandomGenerator {
    RandomGenerator(seed: UInt64(bitPattern: Int64(seed)) &* 0x1_0000_0001 &+ UInt64(epoch))
  }

  /// Whether a next epoch is to be trained.
  var isDone: Bool {
    if state.epoch >= plan.epochs { return true }
    guard let patience = plan.patience, let best = state.best else { return false }
    return state.epoch - best.epoch >= patience
  }

  /// Trains or evaluates on the next batch of the epoch, the next epoch's first where none is under way.
  /// - Returns: what it came to; with the last one the epoch is in the history.
  mutating func advance(_ clock: () -> Double) -> BatchReport {
    let begin = clock()
    ownShards()
    var pass = state.pass ?? beginning(of: state.epoch + 1)
    state.pass = nil
    let epoch = state.epoch + 1
    let batches = Batches(self, pass.order)
    let batch = pass.done < batches.count ? batches[pass.done] : nil
    var parts = EpochPass.Tally()
    if case .training(let samples)? = batch {
      pass.rate = rate(epoch: epoch, batch: pass.done + 1)
      parts = step(samples, rate: pass.rate, &pass.random)
      pass.tally.add(parts)
    } else if let batch {
      (parts.result, parts.forward) = evaluate(batch)
      batch.add(parts.result, parts.forward, to: &pass)
    }
    pass.done += 1
    let isEnd = pass.done >= batches.count
    if isEnd {
      finish(pass)
      examine()
    }
    let seconds = clock() - begin
    pass.seconds += seconds
    if isEnd { state.history[state.history.count - 1].seconds = pass.seconds } else { state.pass = pass }
    return BatchReport(
      epoch: epoch, batch: pass.done, count: batches.count, purpose: batch?.purpose ?? .training,
      score: EpochReport.Score(parts.result), learningRate: batch?.purpose == .training ? pass.rate : nil,
      forward: parts.forward, backward: parts.backward, seconds: seconds)
  }

  /// An epoch before its first batch; counted from 1.
  func beginning(of epoch: Int) -> EpochPass {
    var random = Self.random(plan.seed &+ number - 1, epoch: epoch)
    guard data.edges == nil else { return EpochPass(order: Array(data.labels.indices), random: random) }
    var order = data.train
    order.shuffle(with: &random)
    return EpochPass(order: order, random: random)
  }

  private mutating func finish(_ pass: EpochPass) {
    state.epoch += 1
    evaluated = nil
    remember(EpochReport.Score(pass.validation.rows > 0 ? pass.validation : pass.tally.result))
    state.history.append(
      EpochReport(
        epoch: state.epoch, training: EpochReport.Score(pass.tally.result),
        validation: EpochReport.Score(pass.validation), test: EpochReport.Score(pass.test), learningRate: pass.rate,
        forward: pass.tally.forward, backward: pass.tally.backward, skippedSteps: pass.tally.skipped,
        seconds: pass.seconds, steps: pass.tally.steps, validationForward: pass.validationForward,
        testForward: pass.testForward))
  }

  /// How far the epoch under way is; `nil` between two.
  var progress: EpochProgress? {
    state.pass.map { pass in
      EpochProgress(
        epoch: state.epoch + 1, done: pass.done, count: Batches(self, pass.order).count,
        training: EpochReport.Score(pass.tally.result))
    }
  }

  /// Keeps the parameters if they are finite and no earlier ones had a better score.
  private mutating func remember(_ score: EpochReport.Score) {
    guard state.isFinite else { return }
    if let best = state.best, !score.isBetter(than: best.score) { return }
    state.best = Best(epoch: state.epoch, score: score, parameters: state.parameters, statistics: state.statistics)
  }
}
