internal import LinearAlgebra
internal import Sessions

extension Trainer {
  /// One step of the optimiser on some samples; of a graph, on all its nodes.
  ///
  /// One whose gradient is not finite, or whose squares are not, is left out: it changes nothing, and is counted.
  mutating func step(_ batch: [Int], rate: Double, _ random: inout RandomGenerator) -> EpochPass.Tally {
    var tally = EpochPass.Tally(steps: 1)
    let weights = StepWeights(model, state.parameters, plan.forward)
    let labels = trainingLabels(batch)
    tally.forward = forward(batch, weights, dropping: &random)
    var features = joinedFeatures(batch.count)
    let dropout = Dropout<Scalar>(plan.model.dropout, count: features.count, &random)
    gradient.reserve(model.layout.count)
    for i in gradient.indices { gradient[i] = 0 }
    var moments = BatchMoments<Scalar>()
    tally.result = model.head.train(
      &features, labels: labels, state.parameters, &moments, dropping: dropout, gradient: &gradient)
    tally.backward = backward(features, weights, count: batch.count)
    // Adam averages the squares.
    guard gradient.allSatisfy({ ($0 * $0).isFinite }) else {
      tally.skipped = 1
      return tally
    }
    state.statistics.add(moments)
    state.optimizer.step(&state.parameters, gradient, rate: rate, sparing: spared)
    plan.keep.project(&state.parameters, of: model)
    model.pipeline?.project(&state.parameters)
    return tally
  }

  /// The parameters that do not decay, in their order.
  private var spared: [Range<Int>] {
    switch plan.optimizer.decay {
    case .all: []
    case .weights: model.layout.entries.filter(\.isBiasOrNorm).map(\.range)
    }
  }

  /// Of a graph's nodes only those that train have one.
  private func trainingLabels(_ batch: [Int]) -> [Int?] {
    guard data.edges != nil else { return batch.map { data.labels[$0] } }
    var labels = [Int?](repeating: nil, count: batch.count)
    for node in data.train { labels[node] = data.labels[node] }
    return labels
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
}

extension ParameterLayout.Entry {
  /// A bias, or the scale or shift of a normalisation.
  fileprivate var isBiasOrNorm: Bool { [".bias", ".scale", ".shift"].contains { name.hasSuffix($0) } }
}
