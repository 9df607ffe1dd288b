public import FixedPoint

/// A session resolved: a network with its input bound, a start, a method and a stopping rule.
public struct Problem: Sendable {
  public let network: Network
  public let start: [Double]
  public let solver: any FixedPointSolver
  public let stopping: StoppingRule
  /// What was read from outside the document, in the order in which it was read.
  public let data: [DataDigest]

  /// The tensors that were generated for it.
  let generated: [GeneratedTensor]

  /// Resolves a document; relative paths of tensor files start from `directory`, data sets are found in `catalog`.
  /// Tensors that were generated for an earlier problem need not be generated again.
  /// - Throws: `SessionError` whose path names the field at fault, with what else is wrong; operators after one that
  ///   fails are not looked at, since they need its shape.
  public init(
    _ document: SessionDocument, directory: String, catalog: DatasetCatalog = .standard(),
    reusing earlier: Problem? = nil
  ) throws(SessionError) {
    let resolver = TensorResolver(directory: directory, catalog: catalog, known: earlier?.generated ?? [])
    var complaints = Complaints()
    let network = complaints.attempt { () throws(SessionError) in
      try Self.network(document.network, input: try Self.input(document, resolver), resolver)
    }
    let start = complaints.attempt { () throws(SessionError) in
      try Self.tensor(document.start, "start", shape: document.network.stateShape, resolver)
    }
    let solver = complaints.attempt { () throws(SessionError) in try Self.solver(document.solver) }
    try complaints.raise()
    guard let network, let start, let solver else { preconditionFailure("what failed has been raised") }
    self.init(
      network: network, start: start.values, data: resolver.data, solver: solver, stopping: document.stopping,
      generated: resolver.generated)
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
    let operators = try resolved(source, input: input, resolver)
    do throws(NetworkError) {
      return try Network(stateShape: source.stateShape, operators: operators.map(\.link))
    } catch {
      throw SessionError(error)
    }
  }

  /// The operators of a network in order, each with the values of its fields.
  static func resolved(
    _ source: NetworkSource, input: Tensor?, _ resolver: TensorResolver
  ) throws(SessionError) -> [ResolvedOperator] {
    var operators: [ResolvedOperator] = []
    for (position, link) in source.operators.enumerated() {
      let context = OperatorContext(
        incoming: operators.last?.link.outputShape ?? source.stateShape, state: source.stateShape, input: input)
      operators.append(
        try located("network.operators[\(position)]") { () throws(SessionError) in
          try ResolvedOperator(link, in: context, resolver)
        })
    }
    return operators
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
      network: network, start: start, data: data,
      solver: try solver.map { source throws(SessionError) in try Self.solver(source) } ?? self.solver,
      stopping: stopping, generated: generated)
  }

  private init(
    network: Network, start: [Double], data: [DataDigest], solver: any FixedPointSolver, stopping: StoppingRule,
    generated: [GeneratedTensor]
  ) {
    self.network = network
    self.data = data
    self.start = start
    self.solver = solver
    self.stopping = stopping
    self.generated = generated
  }

  static func located<Result>(
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
  init(_ error: FieldError) {
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
