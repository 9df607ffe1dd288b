internal import LinearAlgebra

/// Propagation along the edges of an undirected graph: v -> scale · Â v over the nodes of [nodes, features].
///
/// As it stands, without options, Â = D^-1/2 (A + I) D^-1/2: that of graph convolutions and of the paper's graph model.
/// Source: Kipf, Welling, Semi-supervised classification with graph convolutional networks, ICLR 2017, equation 2;
/// Sittoni, Tudisco, Subhomogeneous deep equilibrium models, ICML 2024.
public struct Propagate: SparseLinearOperator {
  public static let description = OperatorDescription(
    "propagate", formula: "scale · Â v",
    fields: [
      Field("edges", .edges, required: true, "pairs of nodes that are joined, in either direction, each pair once"),
      Field(
        "normalization", .choice(Propagator.Normalization.allCases.map(\.rawValue)), default: .text("symmetric"),
        "by the degrees D: D^-1/2 A D^-1/2, D^-1 A, or A as it is"),
      Field("selfLoops", .flag, default: .flag(true), "whether every node is joined to itself: A + I instead of A"),
      Field("scale", .number(.finite), default: .number(1), "factor of the propagated value"),
    ])

  public let inputShape: Shape
  public var outputShape: Shape { inputShape }
  private let propagator: Propagator

  public init(_ fields: FieldValues, in context: OperatorContext) throws(FieldError) {
    let checked = try fields.validated(against: Propagate.description.fields)
    guard context.incoming.rank == 2 else {
      throw FieldError(field: "op", expected: "a value of shape [nodes, features]", found: "shape \(context.incoming)")
    }
    let graph = try Graph(
      checked.edges("edges") ?? [], nodes: context.incoming.sizes[0], selfLoops: checked.flag("selfLoops") ?? true)
    let normalization = checked.text("normalization").flatMap(Propagator.Normalization.init(rawValue:)) ?? .symmetric
    propagator = Propagator(graph, normalization, scale: checked.number("scale") ?? 1)
    inputShape = context.incoming
  }

  /// The features of a node.
  public var blockSize: Int { inputShape.last }

  public func multiply(_ vector: Span<Double>, into result: inout MutableSpan<Double>) {
    propagator.multiply(vector, features: blockSize, into: &result)
  }

  public func multiplyTransposed(_ vector: Span<Double>, into result: inout MutableSpan<Double>) {
    propagator.multiplyTransposed(vector, features: blockSize, into: &result)
  }

  public func terms(ofRow row: Int) -> [SparseTerm] { propagator.terms(ofRow: row) }
}
