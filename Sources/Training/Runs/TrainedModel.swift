internal import FixedPoint
internal import LinearAlgebra
public import Sessions

/// A model's parameters as the tensors of a session and of a head.
public struct TrainedModel: Sendable {
  /// Of the equilibrium layer, to be opened in the explorer, run and certified.
  public let document: SessionDocument
  /// Tensors that the document reads from a file beside it, and those of the head.
  public let beside: [NamedTensor]
  /// Whether all its numbers are; those of the best validation outlast a divergence.
  public let isFinite: Bool
}

extension TrainingRun {
  /// The trained layer with one sample as its input; of a graph, with all its nodes.
  ///
  /// The parameters are those of the best validation, or the last ones without validation. The input is
  /// standardised as in training.
  ///
  /// - Parameters:
  ///   - sample: an index of the data.
  ///   - companion: the name of the file beside the session, for large tensors; without one all are in the document.
  /// - Returns: the session with what lies beside it.
  public func model(sample: Int? = nil, companion: String?) -> TrainedModel {
    switch engine {
    case .single(let trainer): trainer.model(sample: sample, companion: companion)
    case .double(let trainer): trainer.model(sample: sample, companion: companion)
    }
  }

  /// What the theorems say of the layer as it is now; empty once a parameter is not finite.
  func certificates() -> [GuaranteeRecord] {
    switch engine {
    case .single(let trainer): trainer.certificates()
    case .double(let trainer): trainer.certificates()
    }
  }

  /// The trained layer with one sample as its input and no file beside it, so that it can be opened at once; its head is
  /// left out.
  public func session(sample: Int? = nil) -> SessionDocument { model(sample: sample, companion: nil).document }
}

extension TrainedModel {
  /// Writes the session, and beside it what it reads from ``SessionFile/companion(of:)`` with the head's tensors.
  /// - Throws: ``SessionError`` of kind `unwritable`, also of a model that is not finite.
  public func write(to path: String) throws(SessionError) {
    guard isFinite else {
      var error = SessionError(.unwritable, expected: "a model of finite numbers", found: "one that has diverged")
      error.file = path
      throw error
    }
    try TensorFile.write(beside, to: SessionFile.companion(of: path))
    try SessionFile.write(document, to: path)
  }
}

extension TrainingRun {
  /// The trained layer to be written to a file: large tensors are to lie beside it.
  public func model(sample: Int? = nil, writtenTo path: String) -> TrainedModel {
    model(sample: sample, companion: SessionFile.name(of: SessionFile.companion(of: path)))
  }
}

extension Trainer {
  func model(sample: Int?, companion: String?) -> TrainedModel {
    let isBest = !data.validation.isEmpty
    let parameters = (isBest ? state.best?.parameters : nil) ?? state.parameters
    let statistics = (isBest ? state.best?.statistics : nil) ?? state.statistics
    var export = ModelExport(model: model, parameters: parameters, companion: companion)
    let own = injectedInput(sample ?? data.test.first ?? data.train[0], parameters)
    var document = self.document(&export, own, parameters)
    let name = document.title ?? "\(plan.model.layer.rawValue) layer"
    document.title = plan.title ?? "\(name), trained on \(plan.data.name)"
    let isFinite = [parameters, statistics.means, statistics.variances].allSatisfy { $0.allSatisfy(\.isFinite) }
    return TrainedModel(
      document: document, beside: export.beside + export.head(statistics), isFinite: isFinite)
  }

  /// The model's equilibrium as a session.
  func document(
    _ export: inout ModelExport<Scalar>, _ input: Tensor, _ parameters: [Scalar]
  ) -> SessionDocument {
    guard let model = model.pipeline else { return export.document(input: input, edges: data.edges) }
    let own = Tensor(shape: model.pipeline.inputShape, values: input.values)
    return model.pipeline.document(parameters.map { Double($0) }, model.ranges, input: own)
  }

  /// The x of a session: the standardised input, or what the hidden layer makes of it.
  func injectedInput(_ sample: Int, _ parameters: [Scalar]) -> Tensor {
    guard let layer = model.hidden else { return input(sample) }
    let inputs: SampleInputs<Scalar>
    switch data.source {
    case .graph(let matrix): inputs = .sparse(matrix)
    case .rows(let all):
      let size = data.inputShape.count
      inputs = .rows(Array(all[sample * size..<(sample + 1) * size]))
    }
    let rows = data.edges == nil ? 1 : data.labels.count
    let values = layer.values(of: inputs, rows: rows, parameters)
    return Tensor(shape: model.injectedShape, values: values.map { Double($0) })
  }

  /// The standardised input of a sample as a session has it, images as [channels, height, width].
  private func input(_ sample: Int) -> Tensor {
    switch data.source {
    case .rows(let all):
      let size = data.inputShape.count
      let channels = data.inputShape.rank == 3 ? data.inputShape.sizes[0] : 1
      let pixels = size / channels
      let values = (0..<size).map { Double(all[sample * size + ($0 % pixels) * channels + $0 / pixels]) }
      return Tensor(shape: data.inputShape, values: values)
    case .graph(let matrix): return Tensor(shape: data.inputShape, values: matrix.dense)
    }
  }
}

/// Writes a model's layer in the operators of a session.
struct ModelExport<Scalar: BatchScalar> {
  /// Tensors beyond this are not written into the session.
  private let largestInline = 4096
  let model: Model<Scalar>
  let parameters: [Scalar]
  let companion: String?
  private(set) var beside: [NamedTensor] = []

  init(model: Model<Scalar>, parameters: [Scalar], companion: String?) {
    self.model = model
    self.parameters = parameters
    self.companion = companion
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
    let weight =
      image.map { kernel("injection.weight", inputs: $0[0]) } ?? transposed(matrix("injection.weight"))
    let bias = matrix("injection.bias")
    let shape = image == nil ? bias.shape : Shape([plan.units, 1, 1])
    var fields = [field("weight", weight, "U"), field("bias", Tensor(shape: shape, values: bias.values), "b")]
    if plan.injectionActivation != .identity {
      fields.append(FieldSource("activation", .text(plan.injectionActivation.rawValue)))
    }
    if plan.layer == .graph { fields.append(FieldSource("scale", .number(plan.teleport))) }
    return OperatorSource("inject", fields)
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

  /// The tensors of the head and of the hidden layer, which no session has a place for.
  func head(_ statistics: RunningStatistics<Scalar>) -> [NamedTensor] {
    let names = model.layout.entries.map(\.name).filter { $0.hasPrefix("head.") || $0.hasPrefix("hidden.") }
    guard model.head.normalization != nil else { return names.map { NamedTensor($0, matrix($0)) } }
    return names.map { NamedTensor($0, matrix($0)) } + [
      NamedTensor("head.mean", Tensor(vector: statistics.means.map { Double($0) })),
      NamedTensor("head.variance", Tensor(vector: statistics.variances.map { Double($0) })),
    ]
  }
}
