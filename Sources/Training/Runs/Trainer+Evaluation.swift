internal import LinearAlgebra

extension Trainer {
  /// Loss and errors over a batch, as the model is used after training.
  mutating func evaluate(_ batch: TrainingBatch) -> (HeadResult, SolveStatistics) {
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
    var shard = ShardState<Scalar>()
    let statistics = shard.forward(model, weights, inputs(of: samples[...]), rows: samples.count, plan.forward)
    let scores = model.head.scores(of: shard.features, rows: samples.count, state.parameters, state.statistics)
    let classes = model.head.classes
    return (
      shard.states[row * model.width..<(row + 1) * model.width].map { Double($0) },
      scores[row * classes..<(row + 1) * classes].map { Double($0) }, statistics.failures == 0
    )
  }
}
