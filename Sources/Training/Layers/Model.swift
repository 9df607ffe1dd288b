internal import FixedPoint
internal import LinearAlgebra
internal import Sessions

/// An equilibrium layer with its injection and head, for data of one shape: the architecture, without its parameters.
struct Model<Scalar: BatchScalar>: Sendable {
  let plan: ModelPlan
  let layout: ParameterLayout
  private let beginnings: [Beginning]
  /// Of a sample: [features], [channels, height, width], or [nodes, features].
  let inputShape: Shape
  let core: Core
  /// What x passes through before the injection, if anything.
  let hidden: Injection<Scalar>?
  let head: Head
  /// Entries of a row's state: of a sample, or of a node.
  let width: Int
  /// Where the iteration starts.
  let start: Scalar

  /// What gives the states.
  enum Core: Sendable {
    case layer(EquilibriumLayer<Scalar>, Injection<Scalar>)
    case pipeline(PipelineModel)
  }

  /// For samples of a shape, or the nodes of a graph with these edges.
  init(_ plan: ModelPlan, inputShape: Shape, classes: Int, edges: [[Int]]?) {
    var builder = LayoutBuilder()
    self.plan = plan
    self.inputShape = inputShape
    let units = plan.units
    let image = plan.layer == .convolution ? inputShape.sizes : nil
    width = image.map { $0[1] * $0[2] * units } ?? units
    let linear = Self.linear(plan, image: image, nodes: inputShape.sizes[0], edges: edges, &builder)
    let inputs = image.map { $0[0] } ?? (edges == nil ? inputShape.count : inputShape.last)
    hidden = plan.hidden > 0 ? Self.hidden(plan, inputs: inputs, &builder) : nil
    let injection = Self.injection(plan, inputs: hidden?.units ?? inputs, image: image, &builder)
    let layer = EquilibriumLayer(
      linear: linear, activation: LayerActivation(plan.activation, shift: plan.shift, power: plan.power),
      placement: plan.injection, slice: plan.normalization == .none ? nil : width)
    core = .layer(layer, injection)
    head = Self.head(plan, width: width, image: image, classes: classes, &builder)
    layout = builder.layout
    beginnings = builder.beginnings
    start = plan.shift > 0 ? 1 : 0
  }

  /// Of a session's pipeline; a graph is one sample of it, with a row of its state for each node.
  init(_ plan: ModelPlan, _ pipeline: SessionPipeline, inputShape: Shape, classes: Int, edges: [[Int]]?) {
    var builder = LayoutBuilder()
    self.plan = plan
    self.inputShape = inputShape
    width = edges == nil ? pipeline.stateShape.count : pipeline.stateShape.last
    hidden = nil
    let ranges = pipeline.parameters.map { builder.add($0.name, $0.initial) }
    core = .pipeline(PipelineModel(pipeline: pipeline, ranges: ranges))
    head = Self.head(plan, width: width, image: nil, classes: classes, &builder)
    layout = builder.layout
    beginnings = builder.beginnings
    start = 0
  }

  /// Of a plan, or of its session's pipeline, for some data.
  init(_ plan: ModelPlan, _ pipeline: SessionPipeline?, _ data: TrainingData<Scalar>) {
    let (shape, classes, edges) = (data.inputShape, data.classes.count, data.edges)
    self =
      pipeline.map { Model(plan, $0, inputShape: shape, classes: classes, edges: edges) }
      ?? Model(plan, inputShape: shape, classes: classes, edges: edges)
  }

  var pipeline: PipelineModel? {
    if case .pipeline(let model) = core { return model }
    return nil
  }

  private var own: (layer: EquilibriumLayer<Scalar>, injection: Injection<Scalar>) {
    guard case .layer(let layer, let injection) = core else {
      preconditionFailure("a session's pipeline is solved operator by operator")
    }
    return (layer, injection)
  }

  /// - Precondition: the model is no session's pipeline.
  var layer: EquilibriumLayer<Scalar> { own.layer }
  /// - Precondition: the model is no session's pipeline.
  var injection: Injection<Scalar> { own.injection }

  private static func linear(
    _ plan: ModelPlan, image: [Int]?, nodes: Int, edges: [[Int]]?, _ builder: inout LayoutBuilder
  ) -> LinearPart<Scalar> {
    let n = plan.units
    switch plan.layer {
    case .dense:
      return .matrix(MatrixPart(order: n, form: .free(weight: builder.add("layer.weight", [n, n], fanIn: n))))
    case .nonnegative:
      return .matrix(MatrixPart(order: n, form: .magnitude(weight: builder.add("layer.weight", [n, n], fanIn: n))))
    case .monotone:
      let factor = builder.add("layer.A", [n, n], fanIn: n)
      let turn = builder.add("layer.B", [n, n], fanIn: n)
      return .matrix(MatrixPart(order: n, form: .monotone(m: plan.monotonicity, factor: factor, turn: turn)))
    case .convolution:
      let taps = plan.kernel * plan.kernel * n
      let kernel = builder.add("layer.weight", [taps, n], fanIn: taps)
      return .kernel(
        KernelPart(
          height: image?[1] ?? 1, width: image?[2] ?? 1, inputs: n, outputs: n, side: plan.kernel, kernel: kernel))
    case .graph:
      return .graph(
        SparseRows.propagation(edges ?? [], nodes: nodes, scale: 1 - plan.teleport), features: n)
    }
  }

  private static func hidden(_ plan: ModelPlan, inputs: Int, _ builder: inout LayoutBuilder) -> Injection<Scalar> {
    let weight = builder.addBalanced("hidden.weight", [inputs, plan.hidden])
    return Injection(
      source: .matrix(inputs: inputs, weight: weight), bias: builder.add("hidden.bias", [plan.hidden], fanIn: inputs),
      units: plan.hidden, activation: LayerActivation(.relu), scale: 1)
  }

  private static func injection(
    _ plan: ModelPlan, inputs: Int, image: [Int]?, _ builder: inout LayoutBuilder
  ) -> Injection<Scalar> {
    let taps = image == nil ? inputs : plan.kernel * plan.kernel * inputs
    let weight =
      plan.hidden > 0
      ? builder.addBalanced("injection.weight", [taps, plan.units])
      : builder.add("injection.weight", [taps, plan.units], fanIn: taps)
    let bias = builder.add("injection.bias", [plan.units], fanIn: taps)
    let source: Injection<Scalar>.Source =
      image.map {
        .kernel(
          KernelPart(
            height: $0[1], width: $0[2], inputs: inputs, outputs: plan.units, side: plan.kernel, kernel: weight))
      } ?? .matrix(inputs: inputs, weight: weight)
    return Injection(
      source: source, bias: bias, units: plan.units, activation: LayerActivation(plan.injectionActivation),
      scale: plan.layer == .graph ? plan.teleport : 1)
  }

  private static func head(
    _ plan: ModelPlan, width: Int, image: [Int]?, classes: Int, _ builder: inout LayoutBuilder
  ) -> Head {
    let pooling = image.map { Head.Pooling(height: $0[1], width: $0[2], channels: plan.units, side: plan.pooling) }
    let features = pooling?.outputCount ?? width
    var normalization: (scale: Range<Int>, shift: Range<Int>)?
    if plan.head == .normalized {
      let normalized = pooling?.channels ?? features
      normalization = (
        builder.add("head.scale", [normalized], fanIn: nil), builder.add("head.shift", [normalized], fanIn: 0)
      )
    }
    if plan.head == .none {
      return Head(features: features, classes: classes, pooling: pooling, normalization: nil, linear: nil)
    }
    let weight = builder.add("head.weight", [classes, features], fanIn: features)
    let bias = builder.add("head.bias", [classes], fanIn: features)
    return Head(
      features: features, classes: classes, pooling: pooling, normalization: normalization, linear: (weight, bias))
  }

  /// Of what the injection is given: x as a session has it.
  var injectedShape: Shape {
    if plan.layer == .graph { return Shape([inputShape.sizes[0], hidden?.units ?? inputShape.last]) }
    return hidden.map { Shape([$0.units]) } ?? (plan.layer == .convolution ? inputShape : Shape([inputShape.count]))
  }

  /// The parameters before training: uniform within 1/sqrt(fan-in), as is usual for linear maps; of a session, its own.
  func initial(_ random: inout RandomGenerator) -> [Scalar] {
    var parameters: [Scalar] = []
    parameters.reserveCapacity(layout.count)
    for (entry, beginning) in zip(layout.entries, beginnings) {
      switch beginning {
      case .one: for _ in entry.range { parameters.append(1) }
      case .uniform(let spread): for _ in entry.range { parameters.append(Scalar((2 * random.uniform() - 1) * spread)) }
      case .given(let values): parameters += values.map { Scalar($0) }
      }
    }
    return parameters
  }
}

/// How a parameter begins.
private enum Beginning: Sendable {
  case one
  /// Within this of 0.
  case uniform(Double)
  case given([Double])
}

/// Collects the parameters of a model while it is built.
private struct LayoutBuilder {
  var layout = ParameterLayout()
  var beginnings: [Beginning] = []

  /// With a fan-in of 0 the parameter begins at 0, without one at 1.
  mutating func add(_ name: String, _ sizes: [Int], fanIn: Int?) -> Range<Int> {
    beginnings.append(fanIn.map { .uniform($0 == 0 ? 0 : 1 / Double($0).squareRoot()) } ?? .one)
    return layout.append(name, sizes)
  }

  /// A matrix that begins uniform within sqrt(6 / (rows + columns)), for layers that follow each other.
  /// Source: Glorot, Bengio, *Understanding the difficulty of training deep feedforward networks*, AISTATS 2010.
  mutating func addBalanced(_ name: String, _ sizes: [Int]) -> Range<Int> {
    beginnings.append(.uniform((6 / Double(sizes[0] + sizes[1])).squareRoot()))
    return layout.append(name, sizes)
  }

  mutating func add(_ name: String, _ initial: Tensor) -> Range<Int> {
    beginnings.append(.given(initial.values))
    return layout.append(name, initial.shape.sizes)
  }
}
