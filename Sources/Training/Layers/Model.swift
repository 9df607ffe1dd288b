internal import FixedPoint
internal import LinearAlgebra
internal import Sessions

/// An equilibrium layer with its injection and head, for data of one shape: the architecture, without its parameters.
struct Model<Scalar: BatchScalar>: Sendable {
  let plan: ModelPlan
  let layout: ParameterLayout
  /// How each parameter begins: uniform within this of 0, or 1 where it is `nil`.
  private let spreads: [Double?]
  /// Of a sample: [features], [channels, height, width], or [nodes, features].
  let inputShape: Shape
  let layer: EquilibriumLayer<Scalar>
  /// What x passes through before the injection, if anything.
  let hidden: Injection<Scalar>?
  let injection: Injection<Scalar>
  let head: Head
  /// Entries of a row's state: of a sample, or of a node.
  let width: Int
  /// Where the iteration starts.
  let start: Scalar

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
    injection = Self.injection(plan, inputs: hidden?.units ?? inputs, image: image, &builder)
    layer = EquilibriumLayer(
      linear: linear, activation: LayerActivation(plan.activation, shift: plan.shift, power: plan.power),
      placement: plan.injection, slice: plan.normalization == .none ? nil : width)
    head = Self.head(plan, width: width, image: image, classes: classes, &builder)
    layout = builder.layout
    spreads = builder.spreads
    start = plan.shift > 0 ? 1 : 0
  }

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
    let weight = builder.add("hidden.weight", [inputs, plan.hidden], fanIn: inputs)
    return Injection(
      source: .matrix(inputs: inputs, weight: weight), bias: builder.add("hidden.bias", [plan.hidden], fanIn: inputs),
      units: plan.hidden, activation: LayerActivation(.relu), scale: 1)
  }

  private static func injection(
    _ plan: ModelPlan, inputs: Int, image: [Int]?, _ builder: inout LayoutBuilder
  ) -> Injection<Scalar> {
    let taps = image == nil ? inputs : plan.kernel * plan.kernel * inputs
    let weight = builder.add("injection.weight", [taps, plan.units], fanIn: taps)
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
      normalization = (
        builder.add("head.scale", [features], fanIn: nil), builder.add("head.shift", [features], fanIn: 0)
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

  /// The parameters before training: uniform within 1/sqrt(fan-in), as is usual for linear maps.
  func initial(_ random: inout RandomGenerator) -> [Scalar] {
    var parameters: [Scalar] = []
    parameters.reserveCapacity(layout.count)
    for (entry, spread) in zip(layout.entries, spreads) {
      for _ in entry.range { parameters.append(spread.map { Scalar((2 * random.uniform() - 1) * $0) } ?? 1) }
    }
    return parameters
  }
}

/// Collects the parameters of a model while it is built.
private struct LayoutBuilder {
  var layout = ParameterLayout()
  var spreads: [Double?] = []

  /// With a fan-in of 0 the parameter begins at 0, without one at 1.
  mutating func add(_ name: String, _ sizes: [Int], fanIn: Int?) -> Range<Int> {
    spreads.append(fanIn.map { $0 == 0 ? 0 : 1 / Double($0).squareRoot() })
    return layout.append(name, sizes)
  }
}
