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
  /// The files that its tensors were read from.
  let files: [String]

  /// A tensor of an operator.
  struct Parameter: Sendable {
    let position: Int
    let field: String
    let initial: Tensor
    /// Whether the session draws it without negative entries: training keeps it so.
    let isNonnegative: Bool

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
    files = problem.data.compactMap { digest in
      guard case .file(let path, _) = digest.source else { return nil }
      return path.hasPrefix("/") ? path : directory + "/" + path
    }
    incoming = problem.network.operators.map(\.inputShape)
    var found: [Parameter] = []
    for (position, link) in operators.enumerated() {
      for field in OperatorCatalog.named(link.name)?.description.fields ?? [] {
        guard let tensor = link.values.tensor(field.name) else { continue }
        let path = "network.operators[\(position)].\(field.name)"
        guard PipelineLink.trained[link.name]?.contains(field.name) == true else {
          throw SessionError(path: path, expected: "no tensor that cannot be trained", found: "one of \(link.name)")
        }
        let source = document.network.operators[position].fields.first { $0.name == field.name }?.value
        found.append(
          Parameter(
            position: position, field: field.name, initial: tensor,
            isNonnegative: try Self.isNonnegative(source, path: path)))
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

  /// Whether a tensor is drawn without negative entries.
  /// - Throws: ``SessionError`` that names a constraint which training cannot keep.
  private static func isNonnegative(_ source: FieldSource.Value?, path: String) throws(SessionError) -> Bool {
    guard case .tensor(.ensemble(let ensemble, _))? = source else { return false }
    switch ensemble.constraint {
    case nil: return false
    case .nonnegative?: return true
    case .rowStochastic?, .spectralRadius?, .norm2?, .normInf?, .perronRoot?:
      throw SessionError(
        path: path + ".constraint", expected: "nonnegative, which training keeps, or none",
        found: ensemble.constraint?.name ?? "none")
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

  /// 16 hexadecimal digits that another network, other values of its tensors or another start would change.
  var fingerprint: String {
    var values: [Double] = []
    var ranges: [Range<Int>] = []
    for tensor in parameters.map(\.initial) {
      ranges.append(values.count..<values.count + tensor.values.count)
      values += tensor.values
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
        links.append(.fixed(built, values[position]))
      } else {
        return nil
      }
    }
    return links
  }

  /// The session with trained tensors and another input; with a standardisation one that takes x as the data have it,
  /// `nil` where that would be too large.
  func document(
    _ parameters: [Double], _ ranges: [Range<Int>], input: Tensor, folding standardization: Standardization
  ) -> SessionDocument? {
    var document = self.document(parameters, ranges, input: input)
    for position in operators.indices where operators[position].name == Inject.description.name {
      func trained(_ field: String) -> Tensor? {
        guard case .tensor(.values(let tensor))? = document.network.operators[position][field] else { return nil }
        return tensor
      }
      guard
        let folded = FoldedInjection(
          weight: trained("weight"), bias: trained("bias"), state: incoming[position], input: inputShape,
          standardization)
      else { return nil }
      if let weight = folded.weight { document.network.operators[position].put("weight", weight) }
      if let bias = folded.bias { document.network.operators[position].put("bias", bias) }
    }
    return document
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

  /// Sets a tensor, adding the field before those that are no tensors where the operator does not have it.
  fileprivate mutating func put(_ name: String, _ tensor: Tensor) {
    if self[name] != nil { return set(name, .tensor(.values(tensor))) }
    let place = name == "weight" ? 0 : fields.firstIndex { $0.name == "weight" }.map { $0 + 1 } ?? 0
    fields.insert(FieldSource(name, .tensor(.values(tensor))), at: place)
  }
}

extension Ensemble.Constraint {
  fileprivate var name: String {
    switch self {
    case .nonnegative: "nonnegative"
    case .rowStochastic: "row-stochastic"
    case .spectralRadius: "spectralRadius"
    case .norm2: "norm2"
    case .normInf: "normInf"
    case .perronRoot: "perronRoot"
    }
  }
}
