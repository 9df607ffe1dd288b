internal import LinearAlgebra

/// What a shard computes for its samples: the states of the forward pass, and the gradient of the way back.
struct ShardState<Scalar: BatchScalar>: Sendable {
  var inputs = SampleInputs<Scalar>.rows([])
  var rows = 0
  /// Of the layer before the injection, if there is one: its values, and the derivatives of its activation.
  var hidden: [Scalar] = []
  var hiddenSlopes: [Scalar] = []
  var injected: [Scalar] = []
  var injectionSlopes: [Scalar] = []
  var states: [Scalar] = []
  var features: [Scalar] = []
  var point = Linearization<Scalar>()
  var iteration = BatchIteration<Scalar>()
  var gradients: [Scalar] = []
  var cotangents: [Scalar] = []
  var inner: [Scalar] = []
  var images: [Scalar] = []
  var scratch: [Scalar] = []
  /// Of all parameters, from the last batch.
  var gradient: [Scalar] = []
  var pipeline = PipelineBatch()

  init() {}

  /// Solves for the states of some samples, and makes the head's features of them.
  mutating func forward(
    _ model: Model<Scalar>, _ weights: StepWeights<Scalar>, _ inputs: SampleInputs<Scalar>, rows: Int,
    dropping dropout: Dropout<Scalar> = Dropout(), _ plan: ForwardPlan
  ) -> SolveStatistics {
    self.inputs = inputs
    self.rows = rows
    reserve(model)
    let count = rows * model.width
    if let pipeline = model.pipeline { return forward(pipeline, model, weights, plan) }
    model.injection.apply(
      injectedInputs(model, weights.parameters, dropout), rows: rows, count: count, weights.parameters,
      into: &injected, slopes: &injectionSlopes, scratch: &scratch)
    let size = model.plan.layer == .graph ? count : model.width
    let report = solve(model, weights, plan, count: count, size: size)
    let (states, constants) = (states, injected)
    model.layer.linearize(
      weights.linear, states.span.extracting(first: count), constants.span.extracting(first: count), into: &point,
      scratch: &scratch)
    makeFeatures(model.head, count: count)
    return SolveStatistics(
      steps: report.steps, batches: 1,
      failures: Self.unsolved(states, point.images, count: count, size: size, plan.tolerance), samples: report.samples)
  }

  /// What the injection is given: the inputs, or the layer before it.
  private mutating func injectedInputs(
    _ model: Model<Scalar>, _ parameters: [Scalar], _ dropout: Dropout<Scalar>
  ) -> SampleInputs<Scalar> {
    guard let layer = model.hidden else { return inputs }
    layer.apply(
      inputs, rows: rows, count: rows * layer.units, parameters, into: &hidden, slopes: &hiddenSlopes,
      scratch: &scratch)
    dropout.apply(&hidden)
    dropout.apply(&hiddenSlopes)
    return .rows(hidden)
  }

  private mutating func reserve(_ model: Model<Scalar>) {
    let count = rows * model.width
    hidden.reserve(rows * model.plan.hidden)
    hiddenSlopes.reserve(rows * model.plan.hidden)
    injected.reserve(count)
    injectionSlopes.reserve(count)
    states.reserve(count)
    gradients.reserve(count)
    cotangents.reserve(count)
    inner.reserve(count)
    features.reserve(rows * model.head.features)
  }

  private mutating func solve(
    _ model: Model<Scalar>, _ weights: StepWeights<Scalar>, _ plan: ForwardPlan, count: Int, size: Int
  ) -> BatchIteration<Scalar>.Report {
    if plan.method == .peacemanRachford, let resolvent = weights.resolvent {
      return solve(bySplittingWith: resolvent, model, weights, plan, count: count)
    }
    let rule = BatchIteration<Scalar>.Rule(
      window: plan.method == .anderson ? plan.window : 1, regularization: plan.regularization,
      tolerance: plan.tolerance, maxSteps: plan.maxSteps, judgement: plan.judgement)
    let constants = injected
    var (scratch, iterates, iteration) = (take(&scratch), take(&states), take(&iteration, BatchIteration()))
    defer { (self.scratch, states, self.iteration) = (scratch, iterates, iteration) }
    iterates.mutate(0..<count) { fill(&$0, with: model.start) }
    return iteration.solve(&iterates, count: count, size: size, rule: rule) { states, images in
      model.layer.evaluate(
        weights.linear, states, constants.span.extracting(first: count), into: &images, scratch: &scratch)
    }
  }

  /// Samples whose measured ‖f(z) - z‖₂ misses the tolerance; one that is not finite does.
  static func unsolved(
    _ states: [Scalar], _ images: [Scalar], count: Int, size: Int, _ tolerance: Double
  ) -> Int {
    stride(from: 0, to: count, by: size).count { start in
      var error = 0.0
      var norm = 0.0
      for i in start..<start + size {
        let image = Double(images[i])
        error += (image - Double(states[i])) * (image - Double(states[i]))
        norm += image * image
      }
      return !(norm.isFinite && error <= tolerance * tolerance * norm * 1.001)
    }
  }

  private mutating func makeFeatures(_ head: Head, count: Int) {
    let states = states
    features.mutate(0..<rows * head.features) {
      let states = states.span.extracting(first: count)
      if let pooling = head.pooling { pooling.apply(states, into: &$0) } else { $0.copy(states) }
    }
  }
}
