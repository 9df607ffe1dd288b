internal import Dispatch
internal import FixedPoint
internal import LinearAlgebra
internal import Sessions
internal import Synchronization

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
  }

  /// The parameters at the best validation so far.
  struct Best: Sendable {
    let epoch: Int
    let score: EpochReport.Score
    let parameters: [Scalar]
    let statistics: RunningStatistics<Scalar>
  }

  private(set) var plan: TrainingPlan
  /// Of the run, from 1.
  let number: Int
  let data: TrainingData<Scalar>
  let model: Model<Scalar>
  var state: State
  private let shards: [Shard<Scalar>]
  private var gradient: [Scalar] = []
  /// What evaluations share until the next step.
  private var evaluated: StepWeights<Scalar>?

  init(_ plan: TrainingPlan, run number: Int, data: TrainingData<Scalar>, pipeline: SessionPipeline? = nil) {
    self.plan = plan
    self.number = number
    self.data = data
    let (shape, classes, edges) = (data.inputShape, data.classes.count, data.edges)
    model =
      pipeline.map { Model(plan.model, $0, inputShape: shape, classes: classes, edges: edges) }
      ?? Model(plan.model, inputShape: shape, classes: classes, edges: edges)
    var random = Self.random(plan.seed + number - 1, epoch: 0)
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
      batch.add(parts.result, to: &pass)
    }
    pass.done += 1
    let seconds = clock() - begin
    pass.seconds += seconds
    if pass.done >= batches.count { finish(pass) } else { state.pass = pass }
    return BatchReport(
      epoch: epoch, batch: pass.done, count: batches.count, purpose: batch?.purpose ?? .training,
      score: EpochReport.Score(parts.result), learningRate: batch?.purpose == .training ? pass.rate : nil,
      forward: parts.forward, backward: parts.backward, seconds: seconds)
  }

  /// An epoch before its first batch; counted from 1.
  func beginning(of epoch: Int) -> EpochPass {
    var random = Self.random(plan.seed + number - 1, epoch: epoch)
    guard data.edges == nil else { return EpochPass(order: Array(data.labels.indices), random: random) }
    var order = data.train
    order.shuffle(with: &random)
    return EpochPass(order: order, random: random)
  }

  private mutating func finish(_ pass: EpochPass) {
    state.epoch += 1
    evaluated = nil
    remember(EpochReport.Score(pass.validation.isLabelled ? pass.validation : pass.tally.result))
    state.history.append(
      EpochReport(
        epoch: state.epoch, training: EpochReport.Score(pass.tally.result),
        validation: EpochReport.Score(pass.validation), test: EpochReport.Score(pass.test), learningRate: pass.rate,
        forward: pass.tally.forward, backward: pass.tally.backward, skippedSteps: pass.tally.skipped,
        seconds: pass.seconds))
  }

  /// How far the epoch under way is; `nil` between two.
  var progress: EpochProgress? {
    state.pass.map { pass in
      EpochProgress(
        epoch: state.epoch + 1, done: pass.done, count: Batches(self, pass.order).count,
        training: EpochReport.Score(pass.tally.result))
    }
  }

  /// Keeps the parameters if no earlier ones had a better score.
  private mutating func remember(_ score: EpochReport.Score) {
    if let best = state.best, !score.isBetter(than: best.score) { return }
    state.best = Best(epoch: state.epoch, score: score, parameters: state.parameters, statistics: state.statistics)
  }
}

// MARK: The learning rate

extension Trainer {
  /// The scheduled rate, times what it was changed by; epoch and batch counted from 1.
  private func rate(epoch: Int, batch: Int) -> Double {
    plan.optimizer.rate(epoch: epoch - 1, of: plan.epochs) * rateFactor(epoch: epoch, batch: batch)
  }

  private func rateFactor(epoch: Int, batch: Int) -> Double {
    plan.rateChanges.last { $0.run == number && ($0.epoch, $0.batch) <= (epoch, batch) }?.factor ?? 1
  }

  /// The next step's place in the training; counted from 1.
  private var nextStep: (epoch: Int, batch: Int) {
    guard let pass = state.pass else { return (state.epoch + 1, 1) }
    let isTraining = pass.done < Batches(self, pass.order).training.count
    return isTraining ? (state.epoch + 1, pass.done + 1) : (state.epoch + 2, 1)
  }

  /// The rate of the next step.
  var nextRate: Double { rate(epoch: nextStep.epoch, batch: nextStep.batch) }

  /// Multiplies the rate of all further steps of the run; that is part of the plan from then on.
  mutating func scaleRate(by factor: Double) {
    let (epoch, batch) = nextStep
    var change = TrainingPlan.RateChange()
    (change.run, change.epoch, change.batch) = (number, epoch, batch)
    change.factor = rateFactor(epoch: epoch, batch: batch) * factor
    plan.rateChanges.removeAll { $0.place == change.place }
    plan.rateChanges.append(change)
  }
}

extension EpochPass.Tally {
  mutating func add(_ other: Self) {
    result.add(other.result)
    forward.add(other.forward)
    backward.add(other.backward)
    skipped += other.skipped
  }
}

extension HeadResult {
  mutating func add(_ other: HeadResult) {
    loss += other.loss
    errors += other.errors
    rows += other.rows
  }
}

extension HeadResult {
  fileprivate var isLabelled: Bool { rows > 0 }
}

// MARK: Steps

extension Trainer {
  /// One step of the optimiser on some samples; of a graph, on all its nodes.
  private mutating func step(_ batch: [Int], rate: Double, _ random: inout RandomGenerator) -> EpochPass.Tally {
    var tally = EpochPass.Tally()
    let weights = StepWeights(model, state.parameters, plan.forward)
    let labels = trainingLabels(batch)
    tally.forward = forward(batch, weights, dropping: &random)
    var features = joinedFeatures(batch.count)
    let dropout = Dropout<Scalar>(plan.model.dropout, count: features.count, &random)
    gradient.reserve(model.layout.count)
    for i in gradient.indices { gradient[i] = 0 }
    tally.result = model.head.train(
      &features, labels: labels, state.parameters, &state.statistics, dropping: dropout, gradient: &gradient)
    tally.backward = backward(features, weights, count: batch.count)
    guard gradient.allSatisfy(\.isFinite) else {
      tally.skipped = 1
      return tally
    }
    state.optimizer.step(&state.parameters, gradient, rate: rate)
    plan.keep.project(&state.parameters, of: model)
    return tally
  }

  /// Of a graph's nodes only those that train have one.
  private func trainingLabels(_ batch: [Int]) -> [Int?] {
    guard data.edges != nil else { return batch.map { data.labels[$0] } }
    var labels = [Int?](repeating: nil, count: batch.count)
    for node in data.train { labels[node] = data.labels[node] }
    return labels
  }

  /// The samples of a batch that a shard has.
  private func part(_ shard: Int, of count: Int) -> Range<Int> {
    count * shard / shards.count..<count * (shard + 1) / shards.count
  }

  private func forward(
    _ batch: [Int], _ weights: StepWeights<Scalar>, dropping random: inout RandomGenerator
  ) -> SolveStatistics {
    let parts = shards.indices.map { batch[part($0, of: batch.count)] }
    let inputs = parts.map { self.inputs(of: $0, dropping: &random) }
    let dropouts = parts.map {
      Dropout<Scalar>(plan.model.dropout, count: $0.count * plan.model.hidden, &random)
    }
    return forward(inputs, batch.count, weights, dropping: dropouts)
  }

  private func forward(
    _ inputs: [SampleInputs<Scalar>], _ count: Int, _ weights: StepWeights<Scalar>,
    dropping dropouts: [Dropout<Scalar>]? = nil
  ) -> SolveStatistics {
    let (model, plan) = (model, plan.forward)
    return inParallel(count) { shard, index, part in
      shard.forward(
        model, weights, inputs[index], rows: part.count, dropping: dropouts?[index] ?? Dropout(), plan)
    }
  }

  private mutating func backward(
    _ cotangents: [Scalar], _ weights: StepWeights<Scalar>, count: Int
  ) -> SolveStatistics {
    let (model, plan) = (model, plan.backward)
    let features = model.head.features
    let statistics = inParallel(count) { shard, _, part in
      shard.backward(
        model, weights, cotangents[part.lowerBound * features..<part.upperBound * features], plan)
    }
    for index in shards.indices where !part(index, of: count).isEmpty {
      let own = shards[index].state.withLock { $0.gradient }
      gradient.mutate(0..<own.count) { Scalar.add(1, times: own.span, to: &$0) }
    }
    return statistics
  }

  /// Does the work of every shard that has samples, side by side.
  private func inParallel(
    _ count: Int, _ work: @Sendable (inout ShardState<Scalar>, Int, Range<Int>) -> SolveStatistics
  ) -> SolveStatistics {
    let parts = shards.indices.map { (index: $0, part: part($0, of: count)) }.filter { !$0.part.isEmpty }
    let statistics = Mutex(SolveStatistics())
    DispatchQueue.concurrentPerform(iterations: parts.count) { position in
      let (index, part) = parts[position]
      let own = shards[index].state.withLock { work(&$0, index, part) }
      statistics.withLock { $0.add(own) }
    }
    return statistics.withLock { $0 }
  }

  private func joinedFeatures(_ count: Int) -> [Scalar] {
    var features: [Scalar] = []
    features.reserveCapacity(count * model.head.features)
    for index in shards.indices {
      let part = part(index, of: count)
      if !part.isEmpty {
        shards[index].state.withLock { features += $0.features[..<(part.count * model.head.features)] }
      }
    }
    return features
  }

  private func inputs(of samples: ArraySlice<Int>, dropping random: inout RandomGenerator) -> SampleInputs<Scalar> {
    switch inputs(of: samples) {
    case .rows(var values):
      Dropout<Scalar>(plan.model.dropout, count: values.count, &random).apply(&values)
      return .rows(values)
    case .sparse(var matrix):
      Dropout<Scalar>(plan.model.dropout, count: matrix.weights.count, &random).apply(&matrix.weights)
      return .sparse(matrix)
    }
  }

  private func inputs(of samples: ArraySlice<Int>) -> SampleInputs<Scalar> {
    switch data.source {
    case .graph(let matrix): return .sparse(matrix)
    case .rows(let all):
      let size = data.inputShape.count
      var values: [Scalar] = []
      values.reserveCapacity(samples.count * size)
      for sample in samples { values += all[sample * size..<(sample + 1) * size] }
      return .rows(values)
    }
  }
}

// MARK: Evaluation

extension Trainer {
  /// Loss and errors over a batch, as the model is used after training.
  private mutating func evaluate(_ batch: TrainingBatch) -> (HeadResult, SolveStatistics) {
    let weights = evaluated ?? StepWeights(model, state.parameters, plan.forward)
    evaluated = weights
    let samples = data.edges == nil ? batch.samples : Array(data.labels.indices)
    let statistics = forward(
      shards.indices.map { inputs(of: samples[part($0, of: samples.count)]) }, samples.count, weights)
    var labels = samples.map { data.labels[$0] }
    if data.edges != nil {
      labels = Array(repeating: nil, count: samples.count)
      for node in batch.samples { labels[node] = data.labels[node] }
    }
    let result = model.head.evaluate(
      joinedFeatures(samples.count), labels: labels, state.parameters, state.statistics)
    return (result, statistics)
  }

  /// The layer's state and the head's scores for one sample, as the model is now; of a graph, for one node.
  func probe(_ sample: Int) -> (state: [Double], scores: [Double], isSolved: Bool) {
    let isGraph = data.edges != nil
    let samples = isGraph ? Array(data.labels.indices) : [sample]
    let row = isGraph ? sample : 0
    let weights = StepWeights(model, state.parameters, plan.forward)
    let inputs = inputs(of: samples[...])
    return shards[0].state.withLock { shard in
      let statistics = shard.forward(model, weights, inputs, rows: samples.count, plan.forward)
      let scores = model.head.scores(
        of: shard.features, rows: samples.count, state.parameters, state.statistics)
      let classes = model.head.classes
      return (
        shard.states[row * model.width..<(row + 1) * model.width].map { Double($0) },
        scores[row * classes..<(row + 1) * classes].map { Double($0) }, statistics.failures == 0
      )
    }
  }
}
