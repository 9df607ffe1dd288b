internal import LinearAlgebra

/// Convolution of [channels, height, width] in the sense of the field, cross-correlation: height and width stay.
///
/// With kernel K, the result at (o, y, x) is Σ K[o, i, a, b] · v[i, y + a - kh/2, x + b - kw/2] over i, a, b; outside the
/// image v is 0 (`zero`) or repeats (`circular`).
public struct Convolve: SparseLinearOperator {
  public static let description = OperatorDescription(
    "convolve", formula: "K ⋆ v",
    fields: [
      Field(
        "kernel", .tensor(shape: { Convolve.usualKernel(on: $0.incoming) }), required: true,
        "the kernel K, outputs x inputs x height x width, the last two odd"),
      Field(
        "padding", .choice(Correlation.Padding.allCases.map(\.rawValue)), default: .text("zero"),
        "what lies outside the image: 0, or the image repeated"),
    ])

  public let inputShape: Shape
  public let outputShape: Shape
  private let forward: Correlation
  private let backward: Correlation

  /// As many channels out as in, 3 x 3.
  private static func usualKernel(on shape: Shape) -> Shape {
    let channels = shape.rank == 3 ? shape.sizes[0] : 1
    return Shape([channels, channels, 3, 3])
  }

  public init(_ fields: FieldValues, in context: OperatorContext) throws(FieldError) {
    let checked = try fields.validated(against: Convolve.description.fields)
    let padding = checked.text("padding").flatMap(Correlation.Padding.init(rawValue:)) ?? .zero
    guard context.incoming.rank == 3 else {
      throw FieldError(
        field: "op", expected: "a value of shape [channels, height, width]", found: "shape \(context.incoming)")
    }
    let sizes = context.incoming.sizes
    let kernel = try Convolve.kernel(checked, on: sizes, padding)
    inputShape = context.incoming
    outputShape = Shape([kernel.shape.sizes[0], sizes[1], sizes[2]])
    forward = Correlation(kernel, padding: padding, height: sizes[1], width: sizes[2])
    backward = forward.transposed
  }

  private static func kernel(
    _ fields: FieldValues, on sizes: [Int], _ padding: Correlation.Padding
  ) throws(FieldError) -> Tensor {
    let expected = "shape [out, \(sizes[0]), kh, kw] with kh and kw odd"
    guard let kernel = try fields.finiteTensor("kernel") else {
      throw FieldError(field: "kernel", expected: expected, found: "nothing")
    }
    let own = kernel.shape.sizes
    guard own.count == 4, own[1] == sizes[0], !own[2].isMultiple(of: 2), !own[3].isMultiple(of: 2) else {
      throw FieldError(field: "kernel", expected: expected, found: "shape \(kernel.shape)")
    }
    guard padding == .zero || (own[2] <= sizes[1] && own[3] <= sizes[2]) else {
      throw FieldError(
        field: "kernel", expected: "kh at most \(sizes[1]) and kw at most \(sizes[2]) with circular padding",
        found: "shape \(kernel.shape)")
    }
    return kernel
  }

  public var blockSize: Int { 1 }
  public var scratchCount: Int { forward.scratchCount }

  public func apply(
    _ value: Span<Double>, state: Span<Double>, into result: inout MutableSpan<Double>,
    using scratch: inout MutableSpan<Double>
  ) { forward.multiply(value, into: &result, using: &scratch) }

  public func multiply(_ vector: Span<Double>, into result: inout MutableSpan<Double>) {
    forward.multiply(vector, into: &result)
  }

  public func multiplyTransposed(_ vector: Span<Double>, into result: inout MutableSpan<Double>) {
    backward.multiply(vector, into: &result)
  }

  public func terms(ofRow row: Int) -> [SparseTerm] { forward.terms(ofRow: row) }
}
