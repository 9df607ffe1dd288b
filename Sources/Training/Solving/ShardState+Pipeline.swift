internal import FixedPoint
internal import LinearAlgebra

extension ShardState {
  mutating func forward(
    _ pipeline: PipelineModel, _ model: Model<Scalar>, _ weights: StepWeights<Scalar>, _ plan: ForwardPlan
  ) -> SolveStatistics {
    let statistics = self.pipeline.forward(pipeline, weights.links, samples(model.inputShape), plan)
    for (place, value) in self.pipeline.points.joined().enumerated() { features[place] = Scalar(value) }
    return statistics
  }

  /// The inputs as a session has them: images as [channels, height, width], a graph's features as one matrix.
  private func samples(_ shape: Shape) -> [[Double]] {
    switch inputs {
    case .sparse(let matrix): return [matrix.dense]
    case .rows(let values):
      let channels = shape.rank == 3 ? shape.sizes[0] : 1
      let pixels = shape.count / channels
      return (0..<rows).map { row in
        (0..<shape.count).map { Double(values[row * shape.count + ($0 % pixels) * channels + $0 / pixels]) }
      }
    }
  }

  mutating func backward(
    _ pipeline: PipelineModel, _ model: Model<Scalar>, _ featureCotangents: ArraySlice<Scalar>, _ plan: BackwardPlan
  ) -> SolveStatistics {
    let size = pipeline.pipeline.stateShape.count
    let cotangents = stride(from: featureCotangents.startIndex, to: featureCotangents.endIndex, by: size).map {
      featureCotangents[$0..<$0 + size].map { Double($0) }
    }
    gradient = Array(repeating: 0, count: model.layout.count)
    return self.pipeline.backward(pipeline, cotangents, plan, to: &gradient)
  }
}
