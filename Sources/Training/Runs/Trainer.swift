internal import Dispatch
internal import FixedPoint
internal import LinearAlgebra
internal import Sessions
internal import Synchronization

/// One run of a training, from epoch to epoch.
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
  }

  /// The parameters at the best validation so far.
  struct Best: Sendable {
    let epoch: Int
    let score: EpochReport.Score
    let parameters: [Scalar]
    let statistics: RunningStatistics<Scalar>
  }

  let plan: TrainingPlan
  let seed: Int
  let data: TrainingData<Scalar>
  let model: Model<Scalar>
  var state: State
  private let shards: [Shard<Scalar>]
  private var gradient: [Scalar] = []

  init(_ plan: TrainingPlan, seed: Int, data: TrainingData<Scalar>, pipeline: SessionPipeline? = nil) {
    self.plan = plan
    self.seed = seed
    self.data = data
    let (shape, classes, edges) = (data.inputShape, data.classes.count, data.edges)
    model =
      pipeline.map { Model(plan.model, $0, inputShape: shape, classes: classes, edges: edges) }
      ?? Model(plan.model, inputShape: shape, classes: classes, edges: edges)
    var random = Self.random(seed, epoch: 0)
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

  /// Trains one epoch, and evaluates.
  mutating func advance() {
    let clock = ContinuousClock()
    let begin = clock.now
    var random = Self.random(seed, epoch: state.epoch + 1)
    let rate = plan.optimizer.rate(epoch: state.epoch, of: plan.epochs)
    var tally = Tally()
    if data.edges == nil {
      var order = data.train
      order.shuffle(with: &random)
      for start in stride(from: 0, to: order.count, by: plan.batch) {
        let batch = Array(order[start..<min(start + plan.batch, order.count)])
        // One sample has no deviation.
        if batch.count == 1, plan.model.head == .normalized { continue }
        step(batch, rate: rate, &random, &tally)
      }
    } else {
      step(Array(data.labels.indices), rate: rate, &random, &tally)
    }
    state.epoch += 1
    let validation = evaluate(data.validation)
    let test = evaluate(data.test)
    remember(EpochReport.Score(validation.isLabelled ? validation : tally.result))
    state.history.append(
      EpochReport(
        epoch: state.epoch, training: EpochReport.Score(tally.result), validation: EpochReport.Score(validation),
        test: EpochReport.Score(test), learningRate: rate, forward: tally.forward, backward: tally.backward,
        skippedSteps: tally.skipped, seconds: begin.duration(to: clock.now) / .seconds(1)))
  }

  /// Keeps the parameters if no earlier ones had a better score.
  private mutating func remember(_ score: EpochReport.Score) {
    if let best = state.best, !score.isBetter(than: best.score) { return }
    state.best = Best(epoch: state.epoch, score: score, parameters: state.parameters, statistics: state.statistics)
  }
}

/// Sums over the batches of an epoch.
private struct Tally {
  var result = HeadResult()
  var forward = SolveStatistics()
  var backward = SolveStatistics()
  var skipped = 0
}

extension HeadResult {
  fileprivate var isLabelled: Bool { rows > 0 }
}

// MARK: Steps

extension Trainer {
  /// One step of the optimiser on some samples; of a graph, on all its nodes.
  private mutating func step(
    _ batch: [Int], rate: Double, _ random: inout RandomGenerator, _ tally: inout Tally
  ) {
    let weights = StepWeights(model, state.parameters, plan.forward)
    let labels = trainingLabels(batch)
    tally.forward.add(forward(batch, weights, dropping: &random))
    var features = joinedFeatures(batch.count)
    let dropout = Dropout<Scalar>(plan.model.dropout, count: features.count, &random)
    gradient.reserve(model.layout.count)
    for i in gradient.indices { gradient[i] = 0 }
    let result = model.head.train(
      &features, labels: labels, state.parameters, &state.statistics, dropping: dropout, gradient: &gradient)
    tally.result.loss += result.loss
    tally.result.errors += result.errors
    tally.result.rows += result.rows
    tally.backward.add(backward(features, weights, count: batch.count))
    guard gradient.allSatisfy(\.isFinite) else {
      tally.skipped += 1
      return
    }
    state.optimizer.step(&state.parameters, gradient, rate: rate)
    plan.keep.project(&state.parameters, of: model)
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
  /// Loss and errors over some samples, as the model is used after training.
  func evaluate(_ samples: [Int]) -> HeadResult {
    evaluate(samples, state.parameters, state.statistics)
  }

  /// The same with other parameters.
  func evaluate(
    _ samples: [Int], _ parameters: [Scalar], _ statistics: RunningStatistics<Scalar>
  ) -> HeadResult {
    var total = HeadResult()
    guard !samples.isEmpty else { return total }
    let weights = StepWeights(model, parameters, plan.forward)
    let isGraph = data.edges != nil
    let all = isGraph ? Array(data.labels.indices) : samples
    let size = isGraph ? all.count : max(plan.batch, 2)
    for start in stride(from: 0, to: all.count, by: size) {
      let batch = Array(all[start..<min(start + size, all.count)])
      _ = forward(shards.indices.map { inputs(of: batch[part($0, of: batch.count)]) }, batch.count, weights)
      var labels = batch.map { data.labels[$0] }
      if isGraph {
        labels = Array(repeating: nil, count: batch.count)
        for node in samples { labels[node] = data.labels[node] }
      }
      let result = model.head.evaluate(joinedFeatures(batch.count), labels: labels, parameters, statistics)
      total.loss += result.loss
      total.errors += result.errors
      total.rows += result.rows
    }
    return total
  }
}
