internal import FixedPoint
internal import LinearAlgebra
internal import Sessions

/// The operators of a session as a model to train: every tensor of theirs is a parameter, which begins as the session
/// has it; numbers and names (scale, shift, power, norm) stay.
struct SessionPipeline: Sendable {
  let document: SessionDocument
  let stateShape: Shape
  /// Of x.
  let inputShape: Shape
  let start: [Double]
  let operators: [Problem.OperatorValues]
  /// Shape of the running value before each operator.
  let incoming: [Shape]
  let parameters: [Parameter]

  /// A tensor of an operator.
  struct Parameter: Sendable {
    let position: Int
    let field: String
    let initial: Tensor

    /// As in checkpoints: `operators.0.weight`.
    var name: String { "operators.\(position).\(field)" }
  }

  /// Reads a session file.
  /// - Throws: ``SessionError`` of the file, or one that says what of it cannot be trained.
  init(path: String) throws(SessionError) {
    do throws(SessionError) {
      let (document, problem) = try Problem.open(path)
      try self.init(document, problem, directory: SessionFile.directory(of: path))
    } catch {
      throw error.file == nil ? error.inFile(path) : error
    }
  }

  init(_ document: SessionDocument, _ problem: Problem, directory: String) throws(SessionError) {
    self.document = document
    stateShape = document.network.stateShape
    start = problem.start
    operators = try Problem.operators(of: document, directory: directory)
    incoming = problem.network.operators.map(\.inputShape)
    var found: [Parameter] = []
    for (position, link) in operators.enumerated() {
      for field in OperatorCatalog.named(link.name)?.description.fields ?? [] {
        guard let tensor = link.values.tensor(field.name) else { continue }
        found.append(Parameter(position: position, field: field.name, initial: tensor))
      }
    }
    parameters = found
    guard let shape = document.network.inputShape else {
      throw SessionError(
        path: "network.input.shape", expected: "an input, through which the network sees the data", found: "none")
    }
    inputShape = shape
    guard operators.contains(where: { $0.name == Inject.description.name }) else {
      throw SessionError(
        path: "network.operators", expected: "an inject, through which the network sees the data", found: "none")
    }
  }

  /// Whether the pipeline takes what the data give.
  /// - Throws: ``SessionError`` that names the field of the session that does not fit.
  func check(_ sample: Shape, isGraph: Bool, classes: Int, _ plan: TrainingPlan, file: String) throws(SessionError) {
    func require(_ holds: Bool, _ path: String, _ expected: String, _ found: String) throws(SessionError) {
      if !holds { throw SessionError(path: path, expected: expected, found: found).inFile(file) }
    }
    let name = plan.data.name
    if isGraph {
      try require(
        inputShape == sample, "network.input.shape", "\(sample), the nodes and features of \(name)", "\(inputShape)")
      try require(
        stateShape.rank == 2 && stateShape.sizes[0] == sample.sizes[0], "network.state.shape",
        "[\(sample.sizes[0]), features], a row for each node of \(name)", "\(stateShape)")
    } else {
      try require(
        inputShape.count == sample.count, "network.input.shape",
        "\(sample), or as many entries: a sample of \(name)", "\(inputShape)")
    }
    let scores = isGraph ? stateShape.last : stateShape.count
    try require(
      plan.model.head != .none || scores == classes, "network.state.shape",
      "\(classes) entries, one for each class, since there is no head", "\(stateShape)")
  }

  /// 16 hexadecimal digits that another network or start would change; the values of the trained tensors only if they
  /// are asked for.
  func fingerprint(withValues: Bool) -> String {
    var values: [Double] = []
    var ranges: [Range<Int>] = []
    for tensor in parameters.map(\.initial) {
      ranges.append(values.count..<values.count + tensor.values.count)
      values += withValues ? tensor.values : tensor.values.map { _ in 0 }
    }
    let input = Tensor(shape: inputShape, values: Array(repeating: 0, count: inputShape.count))
    let network = document(values, ranges, input: input).json["network"] ?? .null
    let text = JSON([network, JSON(start)]).lineText
    return hexadecimalDigits(Fingerprint.of(Array(text.utf8)))
  }

  /// The operators with other values of their tensors; `nil` where one is not finite.
  func links(_ parameters: [Double], _ ranges: [Range<Int>]) -> [PipelineLink]? {
    var values = operators.map(\.values)
    for (parameter, range) in zip(self.parameters, ranges) {
      values[parameter.position][parameter.field] = .tensor(
        Tensor(shape: parameter.initial.shape, values: Array(parameters[range])))
    }
    var links: [PipelineLink] = []
    for (position, link) in operators.enumerated() {
      let context = OperatorContext(incoming: incoming[position], state: stateShape, input: nil)
      if link.name == Inject.description.name {
        links.append(.injection(PipelineInjection(values[position], incoming[position], inputShape: inputShape)))
      } else if let kind = OperatorCatalog.named(link.name), let built = try? kind.init(values[position], in: context) {
        links.append(.fixed(built))
      } else {
        return nil
      }
    }
    return links
  }

  /// The session with trained tensors and another input.
  func document(_ parameters: [Double], _ ranges: [Range<Int>], input: Tensor) -> SessionDocument {
    var document = document
    for (parameter, range) in zip(self.parameters, ranges) {
      let tensor = Tensor(shape: parameter.initial.shape, values: Array(parameters[range]))
      document.network.operators[parameter.position].set(parameter.field, .tensor(.values(tensor)))
    }
    document.input = .values(input)
    document.recording = nil
    return document
  }
}

extension OperatorSource {
  fileprivate mutating func set(_ name: String, _ value: FieldSource.Value) {
    guard let place = fields.firstIndex(where: { $0.name == name }) else { return }
    fields[place].value = value
  }
}
