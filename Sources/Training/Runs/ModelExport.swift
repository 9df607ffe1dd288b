internal import FixedPoint
internal import LinearAlgebra
internal import Sessions

/// Writes a model's layer in the operators of a session.
struct ModelExport<Scalar: BatchScalar> {
  /// Tensors beyond this are not written into the session.
  private let largestInline = 4096
  let model: Model<Scalar>
  let parameters: [Scalar]
  let companion: String?
  /// What the layer is to do to x itself; `nil` where x comes standardised.
  let standardization: Standardization?
  private(set) var beside: [NamedTensor] = []

  init(
    model: Model<Scalar>, parameters: [Scalar], companion: String?, folding standardization: Standardization? = nil
  ) {
    self.model = model
    self.parameters = parameters
    self.companion = companion
    self.standardization = standardization
  }

  mutating func document(input: Tensor, edges: [[Int]]?) -> SessionDocument {
    let plan = model.plan
    var network = NetworkSource(stateShape: stateShape, inputShape: inputShape, operators: [])
    let (linear, inject, activate) = (linear(edges), inject(), activate())
    network.operators =
      plan.injection == .beforeActivation ? [linear, inject, activate] : [linear, activate, inject]
    if plan.normalization == .sup { network.operators.append(normalize()) }
    var document = SessionDocument(network: network)
    document.input = source(Tensor(shape: inputShape, values: input.values), "input")
    document.start = .fill(Double(model.start), shape: nil)
    document.solver = SolverSource(plan.layer == .monotone ? "forward-backward" : "anderson")
    return document
  }

  private var image: [Int]? { model.plan.layer == .convolution ? model.inputShape.sizes : nil }

  private var stateShape: Shape {
    let units = model.plan.units
    if let image { return Shape([units, image[1], image[2]]) }
    return model.plan.layer == .graph ? Shape([model.inputShape.sizes[0], units]) : Shape([units])
  }

  private var inputShape: Shape { model.injectedShape }

  // MARK: Operators

  private mutating func linear(_ edges: [[Int]]?) -> OperatorSource {
    let plan = model.plan
    switch plan.layer {
    case .dense, .nonnegative:
      let weight = matrix("layer.weight")
      let values = plan.layer == .dense ? weight.values : weight.values.map(abs)
      return OperatorSource("dense", [field("weight", Tensor(shape: weight.shape, values: values), "W")])
    case .monotone:
      return OperatorSource(
        "monotone",
        [
          FieldSource("m", .number(plan.monotonicity)), field("A", matrix("layer.A"), "A"),
          field("B", matrix("layer.B"), "B"),
        ])
    case .convolution:
      return OperatorSource("convolve", [field("kernel", kernel("layer.weight", inputs: plan.units), "W")])
    case .graph:
      return OperatorSource(
        "propagate",
        [
          FieldSource("edges", .edges(.pairs(edges ?? []))),
          FieldSource("scale", .number(1 - plan.teleport)),
        ])
    }
  }

  private mutating func inject() -> OperatorSource {
    let plan = model.plan
    let (weight, bias) = injected
    var fields = [field("weight", weight, "U"), field("bias", bias, "b")]
    if plan.injectionActivation != .identity {
      fields.append(FieldSource("activation", .text(plan.injectionActivation.rawValue)))
    }
    if plan.layer == .graph { fields.append(FieldSource("scale", .number(plan.teleport))) }
    return OperatorSource("inject", fields)
  }

  /// U and b.
  private var injected: (weight: Tensor, bias: Tensor) {
    let weight =
      image.map { kernel("injection.weight", inputs: $0[0]) }
      ?? (model.hidden == nil ? inputMatrix("injection.weight") : transposed(matrix("injection.weight")))
    let own = matrix("injection.bias")
    let bias = Tensor(shape: image == nil ? own.shape : Shape([model.plan.units, 1, 1]), values: own.values)
    guard let standardization, model.hidden == nil else { return (weight, bias) }
    guard
      let folded = FoldedInjection(
        weight: weight, bias: bias, state: stateShape, input: inputShape, standardization),
      let weight = folded.weight, let bias = folded.bias
    else { preconditionFailure("each entry of U sees one channel or column of x") }
    return (weight, bias)
  }

  private func activate() -> OperatorSource {
    let plan = model.plan
    var fields = [FieldSource("kind", .text(plan.activation.rawValue))]
    if plan.shift != 0 { fields.append(FieldSource("shift", .number(plan.shift))) }
    if plan.power != 1 { fields.append(FieldSource("power", .number(plan.power))) }
    return OperatorSource("activation", fields)
  }

  private func normalize() -> OperatorSource {
    var fields = [FieldSource("norm", .text("inf"))]
    if model.plan.layer == .graph { fields.append(FieldSource("axis", .text("node"))) }
    return OperatorSource("normalize", fields)
  }

  // MARK: Tensors

  private func matrix(_ name: String) -> Tensor {
    guard let entry = model.layout.entries.first(where: { $0.name == name }) else {
      preconditionFailure("the model has a parameter \(name)")
    }
    return Tensor(shape: entry.shape, values: parameters[entry.range].map { Double($0) })
  }

  /// The transposed matrix of a linear map of x, whose columns are in the order of a session: images are there
  /// [channels, height, width].
  private func inputMatrix(_ name: String) -> Tensor {
    let tensor = transposed(matrix(name))
    let sizes = model.inputShape.sizes
    guard sizes.count == 3, sizes[0] > 1 else { return tensor }
    let (rows, columns, channels) = (tensor.shape.sizes[0], tensor.shape.sizes[1], sizes[0])
    let pixels = columns / channels
    let values = (0..<rows * columns).map { place in
      let (row, column) = (place / columns, place % columns)
      return tensor.values[row * columns + column % pixels * channels + column / pixels]
    }
    return Tensor(shape: tensor.shape, values: values)
  }

  private func transposed(_ tensor: Tensor) -> Tensor {
    let (rows, columns) = (tensor.shape.sizes[0], tensor.shape.sizes[1])
    let values = (0..<rows * columns).map { tensor.values[($0 % rows) * columns + $0 / rows] }
    return Tensor(shape: Shape([columns, rows]), values: values)
  }

  /// From [side · side · inputs, outputs] to [outputs, inputs, side, side].
  private func kernel(_ name: String, inputs: Int) -> Tensor {
    let tensor = matrix(name)
    let (side, outputs) = (model.plan.kernel, model.plan.units)
    var values: [Double] = []
    for output in 0..<outputs {
      for input in 0..<inputs {
        for tap in 0..<side * side { values.append(tensor.values[(tap * inputs + input) * outputs + output]) }
      }
    }
    return Tensor(shape: Shape([outputs, inputs, side, side]), values: values)
  }

  private mutating func field(_ name: String, _ tensor: Tensor, _ key: String) -> FieldSource {
    FieldSource(name, .tensor(source(tensor, key)))
  }

  private mutating func source(_ tensor: Tensor, _ key: String) -> TensorSource {
    guard let companion, tensor.values.count > largestInline else { return .values(tensor) }
    beside.append(NamedTensor(key, tensor))
    return .file(path: companion, key: key)
  }

  /// The layer before the injection, [inputs, units] and [units], for x as the data have it; none without such a layer.
  var hiddenTensors: [NamedTensor] {
    guard model.hidden != nil else { return [] }
    var (weight, bias) = (inputMatrix("hidden.weight"), matrix("hidden.bias"))
    if let standardization {
      let input = Shape([weight.shape.sizes[1]])
      guard
        let folded = FoldedInjection(weight: weight, bias: bias, state: bias.shape, input: input, standardization)
      else { preconditionFailure("each entry of the matrix sees one channel or column of x") }
      (weight, bias) = (folded.weight ?? weight, folded.bias ?? bias)
    }
    return [NamedTensor("hidden.weight", transposed(weight)), NamedTensor("hidden.bias", bias)]
  }

  /// What turns the state of a document into classes.
  func readout(
    _ statistics: RunningStatistics<Scalar>, state: Shape, classes: [String], isPerNode: Bool, input: Readout.Input,
    origin: String
  ) -> Readout {
    let head = model.head
    var normalization: Readout.Normalization?
    if head.normalization != nil {
      normalization = Readout.Normalization(
        mean: statistics.means.map { Double($0) }, variance: statistics.variances.map { Double($0) },
        scale: matrix("head.scale").values, shift: matrix("head.shift").values, floor: Head.floor)
    }
    return Readout(
      stateShape: state, classes: classes, isPerNode: isPerNode, pooling: head.pooling?.side ?? 1,
      normalization: normalization, weight: head.linear == nil ? nil : headMatrix,
      bias: head.linear == nil ? [] : matrix("head.bias").values, input: input, origin: origin)
  }

  /// The head's matrix, whose columns are in the order of the state: [channels, height, width] of an image.
  private var headMatrix: Tensor {
    let tensor = matrix("head.weight")
    guard let pooling = model.head.pooling else { return tensor }
    let (channels, features) = (pooling.channels, model.head.features)
    let pixels = features / channels
    let values = tensor.values.indices.map { place in
      let (row, column) = (place / features, place % features)
      return tensor.values[row * features + column % pixels * channels + column / pixels]
    }
    return Tensor(shape: tensor.shape, values: values)
  }
}
