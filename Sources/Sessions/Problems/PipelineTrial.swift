public import FixedPoint

/// A session's pipeline taken as far as it fits: what each operator is given and what it gives, and the numbers that
/// the session's tensors stand for.
public struct PipelineTrial: Sendable {
  public struct Link: Sendable {
    /// Shape of the running value before the operator.
    public let incoming: Shape
    /// Shape after it; `nil` where the operator does not fit.
    public let outgoing: Shape?
    /// Those of its tensors that could be resolved, by the names of their fields.
    public let tensors: [String: Tensor]
  }

  public private(set) var input: Tensor?
  public private(set) var start: Tensor?
  /// One for each operator up to the first that does not fit.
  public private(set) var links: [Link] = []

  /// Tries a document; relative paths of tensor files start from `directory`. Tensors that were generated for `earlier`
  /// are not generated again.
  public init(_ document: SessionDocument, directory: String, reusing earlier: Problem? = nil) {
    self.init(document, TensorResolver(directory: directory, known: earlier?.generated ?? []), known: nil)
  }

  /// What is known of a document from the problem that it makes: no operator is built again.
  public init(_ document: SessionDocument, directory: String, of problem: Problem) {
    let resolver = TensorResolver(directory: directory, known: problem.generated)
    self.init(document, resolver, known: problem.network.operators.map(\.outputShape))
  }

  /// `known`: the shape after each operator, where they all fit.
  private init(_ document: SessionDocument, _ resolver: TensorResolver, known: [Shape]?) {
    let shape = document.network.stateShape
    input = try? Problem.input(document, resolver)
    start = try? Problem.tensor(document.start, "start", shape: shape, resolver)
    var running: Shape? = shape
    for (position, source) in document.network.operators.enumerated() {
      guard let incoming = running else { return }
      let context = OperatorContext(incoming: incoming, state: shape, input: input)
      running = known?[position] ?? (try? ResolvedOperator(source, in: context, resolver))?.link.outputShape
      links.append(
        Link(incoming: incoming, outgoing: running, tensors: Self.tensors(of: source, in: context, resolver)))
    }
  }

  private static func tensors(
    of source: OperatorSource, in context: OperatorContext, _ resolver: TensorResolver
  ) -> [String: Tensor] {
    var tensors: [String: Tensor] = [:]
    for field in OperatorCatalog.named(source.name)?.description.fields ?? [] {
      guard case .tensor(let shape) = field.kind, case .tensor(let own) = source[field.name] else { continue }
      tensors[field.name] = try? resolver.tensor(own, shape: shape(context))
    }
    return tensors
  }
}
