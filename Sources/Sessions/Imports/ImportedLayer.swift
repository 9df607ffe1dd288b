import FixedPoint

/// The operators of an imported layer, and where its tensors go.
struct ImportedLayer {
  /// Tensors beyond this are not written into the session.
  private static let largestInline = 4096

  let kind: LayerKind
  let tensors: [LayerRole: Tensor]
  let options: LayerOptions
  /// The file for large tensors, as the session names it; without one all are written out.
  let companion: String?
  private(set) var beside: [NamedTensor] = []
  private(set) var assumptions: [String] = []

  init(kind: LayerKind, tensors: [LayerRole: Tensor], options: LayerOptions, companion: String?) {
    self.kind = kind
    self.tensors = tensors
    self.options = options
    self.companion = companion
  }

  private var isConvolution: Bool { tensors[.weight]?.shape.rank == 4 }

  mutating func document(title: String) throws(SessionError) -> SessionDocument {
    let shapes = try shapes()
    var network = NetworkSource(stateShape: shapes.state, inputShape: shapes.input, operators: [])
    network.operators = try operators()
    var document = SessionDocument(network: network)
    document.title = title
    if shapes.input != nil {
      document.input = options.input ?? assume("an input of zeros (--input)", .fill(0, shape: nil))
    }
    if kind == .monotone {
      document.start = .fill(0, shape: nil)
      document.solver = SolverSource("forward-backward")
    }
    return document
  }

  // MARK: Shapes

  private func shapes() throws(SessionError) -> (state: Shape, input: Shape?) {
    let size = (tensors[.weight] ?? tensors[.monotoneTurn])?.shape.sizes[0] ?? 0
    let inputs = tensors[.inputWeight]?.shape.sizes[1]
    guard isConvolution else { return (Shape([size]), inputs.map { Shape([$0]) }) }
    guard let image = options.imageSize else {
      throw SessionError(path: "--image", expected: "height and width, as 28x28, for a convolution", found: "nothing")
    }
    return (Shape([size, image.height, image.width]), inputs.map { Shape([$0, image.height, image.width]) })
  }

  // MARK: Operators

  private mutating func operators() throws(SessionError) -> [OperatorSource] {
    try refuseUnusedOptions()
    switch kind {
    case .plain:
      let activation = options.activation ?? assume("the activation tanh (--activation)", .tanh)
      return [try linear(tensors[.weight]), inject(nil), activate(activation)].compactMap { $0 }
    case .monotone:
      return [try monotone(), inject(nil), activate(.relu)].compactMap { $0 }
    case .subhomogeneous:
      let shift = options.shift ?? assume("the shift 1.2 (--shift)", 1.2)
      return [try linear(tensors[.weight]), activate(.tanh, shift: shift), inject(.relu)].compactMap { $0 }
        + normalization(options.norm)
    case .power:
      let weight = options.norm == nil ? tensors[.weight] : tensors[.weight].map(Self.absolute)
      let power = options.power ?? assume("the power 0.999 (--power)", 0.999)
      return [try linear(weight), activate(.tanh, shift: 1.01, power: power), inject(.relu)].compactMap { $0 }
        + normalization(options.norm)
    case .absolute:
      return [
        try linear(tensors[.weight].map(Self.absolute)), inject(.relu),
        activate(.tanh, shift: options.shift ?? 1.2),
      ].compactMap { $0 } + normalization(options.norm ?? .infinity)
    }
  }

  /// - Throws: ``SessionError`` for an option that this layer does not have.
  private func refuseUnusedOptions() throws(SessionError) {
    let isShifted = kind == .subhomogeneous || kind == .absolute
    let unused = [
      ("--m", options.monotonicity != nil && kind != .monotone), ("--shift", options.shift != nil && !isShifted),
      ("--power", options.power != nil && kind != .power),
      ("--activation", options.activation != nil && kind != .plain),
      ("--norm", options.norm != nil && (kind == .plain || kind == .monotone)),
      ("--image", options.imageSize != nil && !isConvolution),
      ("--input", options.input != nil && tensors[.inputWeight] == nil),
    ]
    if let option = unused.first(where: { $0.1 }) {
      throw SessionError(path: option.0, expected: "nothing for this layer", found: "a value")
    }
    // The authors normalise along the height of the images, which no operator does.
    guard !isConvolution || (options.norm == nil && kind != .absolute) else {
      throw SessionError(path: "--norm", expected: "no norm for a convolution", found: "a value")
    }
  }

  private mutating func linear(_ weight: Tensor?) throws(SessionError) -> OperatorSource {
    guard let weight else { throw SessionError(path: "--map", expected: "a key for W", found: "none") }
    guard isConvolution else { return OperatorSource("dense", [field("weight", weight, "W")]) }
    return OperatorSource("convolve", [field("kernel", weight, "W")])
  }

  private mutating func monotone() throws(SessionError) -> OperatorSource {
    guard let factor = tensors[.monotoneFactor], let turn = tensors[.monotoneTurn] else {
      throw SessionError(path: "--map", expected: "keys for A and B", found: "none")
    }
    let strength = options.monotonicity ?? assume("m = 1 (--m)", 1)
    return OperatorSource(
      "monotone", [FieldSource("m", .number(strength)), field("A", factor, "A"), field("B", turn, "B")])
  }

  /// The injection of the input; `nil` if there is neither U nor b.
  private mutating func inject(_ activation: ActivationKind?) -> OperatorSource? {
    var fields: [FieldSource] = []
    if let weight = tensors[.inputWeight] { fields.append(field("weight", weight, "U")) }
    if let bias = tensors[.bias] {
      let shape = isConvolution ? Shape([bias.values.count, 1, 1]) : bias.shape
      fields.append(field("bias", Tensor(shape: shape, values: bias.values), "b"))
    }
    guard !fields.isEmpty else { return nil }
    if let activation { fields.append(FieldSource("activation", .text(activation.rawValue))) }
    return OperatorSource("inject", fields)
  }

  private func activate(_ kind: ActivationKind, shift: Double? = nil, power: Double? = nil) -> OperatorSource {
    var fields = [FieldSource("kind", .text(kind.rawValue))]
    if let shift { fields.append(FieldSource("shift", .number(shift))) }
    if let power { fields.append(FieldSource("power", .number(power))) }
    return OperatorSource("activation", fields)
  }

  private func normalization(_ norm: Double?) -> [OperatorSource] {
    guard let norm else { return [] }
    return [OperatorSource("normalize", [FieldSource("norm", norm == .infinity ? .text("inf") : .number(norm))])]
  }

  // MARK: Parts

  /// A field with its tensor, written out or in the file beside the session.
  private mutating func field(_ name: String, _ tensor: Tensor, _ key: String) -> FieldSource {
    guard let companion, tensor.values.count > Self.largestInline else {
      return FieldSource(name, .tensor(.values(tensor)))
    }
    beside.append(NamedTensor(key, tensor))
    return FieldSource(name, .tensor(.file(path: companion, key: key)))
  }

  private mutating func assume<Value>(_ words: String, _ value: Value) -> Value {
    assumptions.append(words)
    return value
  }

  private static func absolute(_ tensor: Tensor) -> Tensor {
    Tensor(shape: tensor.shape, values: tensor.values.map(abs))
  }
}
