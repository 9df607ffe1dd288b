internal import LinearAlgebra

extension ShardState {
  /// From the cotangents of the features to ``gradient``.
  mutating func backward(
    _ model: Model<Scalar>, _ weights: StepWeights<Scalar>, _ featureCotangents: ArraySlice<Scalar>,
    _ plan: BackwardPlan
  ) -> SolveStatistics {
    if let pipeline = model.pipeline { return backward(pipeline, model, featureCotangents, plan) }
    let count = rows * model.width
    let size = model.plan.layer == .graph ? count : model.width
    cotangents.mutate(0..<count) {
      if let pooling = model.head.pooling {
        pooling.pullBack(featureCotangents.span, into: &$0)
      } else {
        $0.copy(featureCotangents.span)
      }
    }
    let statistics = solveAdjoint(model, weights, plan, count: count, size: size)
    gradient.reserve(model.layout.count)
    gradient.mutate(0..<gradient.count) { fill(&$0, with: 0) }
    pullBackParameters(model, weights, count: count)
    return statistics
  }

  /// `gradients` <- g with (I - Jᵀ) g = v, or the plan's surrogate.
  private mutating func solveAdjoint(
    _ model: Model<Scalar>, _ weights: StepWeights<Scalar>, _ plan: BackwardPlan, count: Int, size: Int
  ) -> SolveStatistics {
    var system = AdjointSystem(
      model: model, weights: weights.linear, point: point, inner: take(&inner), scratch: take(&scratch))
    var iteration = take(&iteration, BatchIteration())
    var result = take(&gradients)
    defer {
      inner = system.inner
      scratch = system.scratch
      self.iteration = iteration
      gradients = result
    }
    return system.solve(cotangents, count: count, size: size, plan, into: &result, by: &iteration)
  }

  private mutating func pullBackParameters(_ model: Model<Scalar>, _ weights: StepWeights<Scalar>, count: Int) {
    let (layer, point, slopes) = (model.layer, point, injectionSlopes)
    gradients.mutate(0..<count) { layer.pullBackNormalization(&$0, at: point) }
    Self.copyFirst(count, of: gradients, to: &inner)
    inner.mutate(0..<count) { layer.pullBackActivation(&$0, at: point) }
    if layer.placement == .beforeActivation { Self.copyFirst(count, of: inner, to: &gradients) }
    for i in 0..<count { gradients[i] *= slopes[i] }
    let (inner, own, states) = (inner, gradients, states)
    layer.linear.accumulate(
      inner.span.extracting(first: count), at: states.span.extracting(first: count), weights.parameters,
      to: &gradient, scratch: &scratch)
    accumulateInjection(own.span.extracting(first: count), model, weights.parameters)
  }

  /// From the cotangents of the injection's linear map on.
  private mutating func accumulateInjection(_ own: Span<Scalar>, _ model: Model<Scalar>, _ parameters: [Scalar]) {
    guard let layer = model.hidden else {
      return model.injection.accumulate(own, at: inputs, rows: rows, to: &gradient, scratch: &scratch)
    }
    model.injection.accumulate(own, at: .rows(hidden), rows: rows, to: &gradient, scratch: &scratch)
    model.injection.pullBack(own, rows: rows, parameters, into: &hidden)
    let count = rows * layer.units
    for i in 0..<count { hidden[i] *= hiddenSlopes[i] }
    let cotangents = hidden
    layer.accumulate(
      cotangents.span.extracting(first: count), at: inputs, rows: rows, to: &gradient, scratch: &scratch)
  }

  private static func copyFirst(_ count: Int, of source: [Scalar], to target: inout [Scalar]) {
    target.mutate(0..<count) { $0.copy(source.span.extracting(first: count)) }
  }
}
