internal import FixedPoint
internal import LinearAlgebra
internal import Synchronization

/// A part of a batch that one thread works on, with its buffers: kept from batch to batch.
final class Shard<Scalar: BatchScalar>: Sendable {
  let state = Mutex(ShardState<Scalar>())
}

/// The parameters of a step with what the products need of them.
struct StepWeights<Scalar: BatchScalar>: Sendable {
  let parameters: [Scalar]
  let linear: LinearPart<Scalar>.Weights
  /// (2I - W)⁻¹ of Peaceman and Rachford's splitting with step 1, if that is the method.
  let resolvent: [Scalar]?
  /// The operators of a session's pipeline; `nil` if it is none, or a parameter is not finite.
  let links: [PipelineLink]?

  init(_ model: Model<Scalar>, _ parameters: [Scalar], _ forward: ForwardPlan) {
    self.parameters = parameters
    links = model.pipeline?.links(parameters)
    guard model.pipeline == nil else {
      (linear, resolvent) = (LinearPart<Scalar>.Weights(), nil)
      return
    }
    linear = model.layer.linear.weights(parameters)
    let n = model.plan.units
    guard forward.method == .peacemanRachford else {
      resolvent = nil
      return
    }
    var system = Matrix(rows: n, columns: n, values: linear.forward.map { -Double($0) })
    for i in 0..<n { system[i, i] += 2 }
    resolvent = (try? system.inverse())?.values.map { Scalar($0) }
  }
}

/// How the fixed points of a batch, or the systems of the way back, came out.
public struct SolveStatistics: Sendable, Equatable {
  /// Evaluations of f, or products with Jᵀ, summed over the batches.
  public internal(set) var steps = 0
  public internal(set) var batches = 0
  /// Samples whose residual missed the tolerance.
  public internal(set) var failures = 0
  public internal(set) var samples = 0

  public var meanSteps: Double? { batches > 0 ? Double(steps) / Double(batches) : nil }

  mutating func add(_ other: SolveStatistics) {
    steps += other.steps
    batches += other.batches
    failures += other.failures
    samples += other.samples
  }
}

struct ShardState<Scalar: BatchScalar>: Sendable {
  private var inputs = SampleInputs<Scalar>.rows([])
  private var rows = 0
  /// Of the layer before the injection, if there is one: its values, and the derivatives of its activation.
  private var hidden: [Scalar] = []
  private var hiddenSlopes: [Scalar] = []
  private var injected: [Scalar] = []
  private var injectionSlopes: [Scalar] = []
  private(set) var states: [Scalar] = []
  private(set) var features: [Scalar] = []
  private var point = Linearization<Scalar>()
  private var iteration = BatchIteration<Scalar>()
  private var gradients: [Scalar] = []
  private var cotangents: [Scalar] = []
  private var inner: [Scalar] = []
  private var images: [Scalar] = []
  private var scratch: [Scalar] = []
  /// Of all parameters, from the last batch.
  private(set) var gradient: [Scalar] = []
  private var pipeline = PipelineBatch()

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
    var rule = BatchIteration<Scalar>.Rule(
      window: plan.method == .anderson ? plan.window : 1, regularization: plan.regularization,
      tolerance: plan.tolerance, maxSteps: plan.maxSteps, judgement: plan.judgement)
    let constants = injected
    let order = model.plan.units
    var scratch = take(&scratch)
    defer { self.scratch = scratch }
    var iterates = take(&states)
    defer { states = iterates }
    var iteration = take(&iteration, BatchIteration())
    defer { self.iteration = iteration }
    iterates.mutate(0..<count) { fill(&$0, with: model.start) }
    guard plan.method == .peacemanRachford, let resolvent = weights.resolvent else {
      return iteration.solve(&iterates, count: count, size: size, rule: rule) { states, images in
        model.layer.evaluate(
          weights.linear, states, constants.span.extracting(first: count), into: &images, scratch: &scratch)
      }
    }
    // The iterates are u with z = relu(u), see ``PeacemanRachford``. How much of a residual in u is one in z depends on
    // the weights: u is followed until z's own residual is small enough.
    var report = BatchIteration<Scalar>.Report()
    var points = take(&inner)
    repeat {
      rule.tolerance /= 4
      rule.maxSteps = max(plan.maxSteps - report.steps, 1)
      let part = iteration.solve(&iterates, count: count, size: size, rule: rule) { points, images in
        Self.reflect(points, constants.span, resolvent, order: order, into: &images, scratch: &scratch)
      }
      (report.steps, report.samples) = (report.steps + part.steps + 1, part.samples)
      for i in 0..<count { points[i] = max(iterates[i], 0) }
      images.reserve(count)
      images.mutate(0..<count) {
        model.layer.evaluate(
          weights.linear, points.span.extracting(first: count), constants.span.extracting(first: count), into: &$0,
          scratch: &scratch)
      }
      report.failures = Self.unsolved(points, images, count: count, size: size, plan.tolerance)
    } while report.failures > 0 && report.steps < plan.maxSteps
    (iterates, inner) = (points, iterates)
    return report
  }

  /// images <- 2V(2z - u + p) - (2z - u) with z = relu(u).
  private static func reflect(
    _ points: Span<Scalar>, _ injected: Span<Scalar>, _ resolvent: [Scalar], order: Int,
    into images: inout MutableSpan<Scalar>, scratch: inout [Scalar]
  ) {
    scratch.reserve(points.count)
    for i in 0..<points.count { scratch[i] = points[i].magnitude + injected[i] }
    Scalar.multiply(
      scratch.span.extracting(first: points.count), .asStored, resolvent.span, .transposed,
      sizes: ProductSizes(points.count / order, order, order), into: &images, scale: 2, keep: 0)
    for i in 0..<points.count { images[i] -= points[i].magnitude }
  }

  /// Samples whose measured ‖f(z) - z‖₂ misses the tolerance; one that is not finite does.
  private static func unsolved(
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

/// The value, with another left in its place: what is then changed has one owner and is not copied.
private func take<Value>(_ place: inout Value, _ rest: Value) -> Value {
  let value = place
  place = rest
  return value
}

private func take<Element>(_ place: inout [Element]) -> [Element] { take(&place, []) }

// MARK: The way back

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

// MARK: A session's pipeline

extension ShardState {
  private mutating func forward(
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

  private mutating func backward(
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
