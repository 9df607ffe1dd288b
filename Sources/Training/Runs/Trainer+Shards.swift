internal import Dispatch
internal import FixedPoint
internal import LinearAlgebra
internal import Synchronization

/// How the work on a batch is divided.
extension Trainer {
  /// The samples of a batch that a shard has.
  func part(_ shard: Int, of count: Int) -> Range<Int> {
    count * shard / shards.count..<count * (shard + 1) / shards.count
  }

  /// A copy of the trainer that goes on by itself has buffers of its own.
  mutating func ownShards() {
    for index in shards.indices where !isKnownUniquelyReferenced(&shards[index]) { shards[index] = Shard() }
  }

  func forward(
    _ inputs: [SampleInputs<Scalar>], _ count: Int, _ weights: StepWeights<Scalar>,
    dropping dropouts: [Dropout<Scalar>]? = nil
  ) -> SolveStatistics {
    let (model, plan) = (model, plan.forward)
    return inParallel(count) { shard, index, part in
      shard.forward(
        model, weights, inputs[index], rows: part.count, dropping: dropouts?[index] ?? Dropout(), plan)
    }
  }

  mutating func backward(
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

  func joinedFeatures(_ count: Int) -> [Scalar] {
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

  func inputs(of samples: ArraySlice<Int>) -> SampleInputs<Scalar> {
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
