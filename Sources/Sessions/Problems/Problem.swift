public import FixedPoint

/// A session resolved: a network with its input bound, a start, a method and a stopping rule.
public struct Problem: Sendable {
  public let network: Network
  public let start: [Double]
  public let solver: any FixedPointSolver
  public let stopping: StoppingRule
  /// The tensors that were generated for it.
  let generated: [GeneratedTensor]

  /// Resolves a document; relative paths of tensor files start from `directory`. Tensors that were generated for an
  /// earlier problem need not be generated again.
  /// - Throws: `SessionError` whose path names the field at fault.
  public init(
    _ document: SessionDocument, directory: String, reusing earlier: Problem? = nil
  ) throws(SessionError) {
    let resolver = TensorResolver(directory: directory, known: earlier?.generated ?? [])
    let input = try Self.input(document, resolver)
    network = try Self.network(document.network, input: input, resolver)
    start = try Self.tensor(document.start, "start", shape: document.network.stateShape, resolver).values
    solver = try Self.solver(document.solver)
    stopping = document.stopping
    generated = resolver.generated
  }

  /// Opens a session file and resolves it; an error also says the line and column of the field at fault.
  public static func open(
    _ path: String
  ) throws(SessionError) -> (document: SessionDocument, problem: Problem) {
    let document = try SessionFile.read(path)
    do throws(SessionError) {
      return (document, try Problem(document, directory: SessionFile.directory(of: path)))
    } catch {
      throw try SessionFile.located(error, in: path)
    }
  }

  static func input(_ document: SessionDocument, _ resolver: TensorResolver) throws(SessionError) -> Tensor? {
    switch (document.input, document.network.inputShape) {
    case (nil, nil): return nil
    case (let source?, let shape?): return try tensor(source, "input", shape: shape, resolver)
    case (nil, let shape?): throw SessionError(path: "input", expected: "a tensor of shape \(shape)", found: "nothing")
    case (_?, nil):
      throw SessionError(path: "input", expected: "network.input.shape beside an input", found: "none")
    }
  }

  /// A tensor that must have one shape.
  static func tensor(
    _ source: TensorSource, _ path: String, shape: Shape, _ resolver: TensorResolver
  ) throws(SessionError) -> Tensor {
    let tensor: Tensor
    do throws(SessionError) {
      tensor = try resolver.tensor(source, shape: shape)
    } catch {
      throw error.under(path)
    }
    guard tensor.shape == shape else {
      throw SessionError(path: path, expected: "a tensor of shape \(shape)", found: "shape \(tensor.shape)")
    }
    return tensor
  }

  private static func network(
    _ source: NetworkSource, input: Tensor?, _ resolver: TensorResolver
  ) throws(SessionError) -> Network {
    var operators: [any Operator] = []
    var running = source.stateShape
    for (position, link) in source.operators.enumerated() {
      let context = OperatorContext(incoming: running, state: source.stateShape, input: input)
      let built = try located("network.operators[\(position)]") { () throws(SessionError) in
        try Self.link(link, in: context, resolver)
      }
      running = built.outputShape
      operators.append(built)
    }
    do throws(NetworkError) {
      return try Network(stateShape: source.stateShape, operators: operators)
    } catch {
      throw SessionError(error)
    }
  }

  static func link(
    _ source: OperatorSource, in context: OperatorContext, _ resolver: TensorResolver
  ) throws(SessionError) -> any Operator {
    guard let kind = OperatorCatalog.named(source.name) else {
      throw SessionError(path: "op", expected: "a known operator", found: JSON(source.name).lineText)
    }
    var values = FieldValues()
    for entry in source.fields {
      guard let field = kind.description.fields.first(where: { $0.name == entry.name }) else {
        throw SessionError(path: entry.name, expected: "a field of \(source.name)", found: "an unknown field")
      }
      values[entry.name] = try located(entry.name) { () throws(SessionError) in
        try resolver.value(entry, field: field, in: context)
      }
    }
    do throws(FieldError) {
      return try kind.init(values, in: context)
    } catch {
      throw SessionError(error)
    }
  }

  /// The method that a session names.
  /// - Throws: `SessionError` whose path starts with `solver`.
  public static func solver(_ source: SolverSource) throws(SessionError) -> any FixedPointSolver {
    guard let kind = MethodCatalog.named(source.method) else {
      throw SessionError(path: "solver.method", expected: "a known method", found: JSON(source.method).lineText)
    }
    var options = FieldValues()
    for option in source.options { options[option.name] = option.value.plain }
    do throws(FieldError) {
      return try kind.init(options)
    } catch {
      throw SessionError(error).under("solver")
    }
  }

  /// The same map and start under another method or rule.
  func changing(solver: SolverSource?, stopping: StoppingRule) throws(SessionError) -> Problem {
    Problem(
      network: network, start: start,
      solver: try solver.map { source throws(SessionError) in try Self.solver(source) } ?? self.solver,
      stopping: stopping, generated: generated)
  }

  private init(
    network: Network, start: [Double], solver: any FixedPointSolver, stopping: StoppingRule,
    generated: [GeneratedTensor]
  ) {
    self.network = network
    self.start = start
    self.solver = solver
    self.stopping = stopping
    self.generated = generated
  }

  private static func located<Result>(
    _ path: String, _ work: () throws(SessionError) -> Result
  ) throws(SessionError) -> Result {
    do throws(SessionError) {
      return try work()
    } catch {
      throw error.under(path)
    }
  }
}

extension SessionError {
  fileprivate init(_ error: FieldError) {
    self.init(path: error.field, expected: error.expected, found: error.found)
  }

  fileprivate init(_ error: NetworkError) {
    switch error {
    case .brokenChain(let position, let expected, let found):
      self.init(
        path: "network.operators[\(position)]", expected: "a value of shape \(expected)", found: "shape \(found)")
    case .openEnd(let expected, let found):
      self.init(
        path: "network.operators", expected: "a result of the state's shape \(expected)", found: "shape \(found)")
    }
  }
}

extension FieldSource.Value {
  /// The value of an option; methods have no tensors.
  fileprivate var plain: FieldValue? {
    switch self {
    case .number(let number): .number(number)
    case .text(let text): .text(text)
    case .flag(let flag): .flag(flag)
    case .tensor, .edges: nil
    }
  }
}
