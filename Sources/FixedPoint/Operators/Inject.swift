public import LinearAlgebra

/// Adds the injected input, a constant of the run: v -> v + scale · ρ(U x + b).
///
/// Without `weight`, U = I, or 0 if the map has no input. U acts on the flat x if it has as many columns as x has
/// entries and as many rows as v, else along the last axis of x; a kernel [out, in, kh, kw] acts on an image x as
/// `convolve` does, with 0 outside. The bias is broadcast as arrays usually are: axes are
/// aligned at the last one, and missing ones or those of size 1 repeat.
public struct Inject: Translation {
  public static let description = OperatorDescription(
    "inject", formula: "v + scale · ρ(U x + b)",
    fields: [
      Field(
        "weight", .tensor(shape: { Shape([$0.incoming.last, $0.input?.shape.last ?? 1]) }),
        "the matrix U, or a kernel [out, in, kh, kw] on an image; the identity if absent"),
      Field("bias", .tensor(shape: { Shape([$0.incoming.last]) }), "the vector b; 0 if absent"),
      Field(
        "activation", .choice(ActivationKind.allCases.map(\.rawValue)), default: .text("identity"), "the function ρ"),
      Field("scale", .number(.finite), default: .number(1), "factor of the injected value"),
    ])

  /// scale · ρ(U x + b), computed once.
  public let constant: [Double]
  /// Encloses the exact scale · ρ(U x + b).
  public let constantEnclosure: IntervalVector
  public let inputShape: Shape
  public var outputShape: Shape { inputShape }
  private let source: Source
  private let bias: [Double]
  private let activation: Activation
  private let scale: Double

  /// U x: nothing without an input, x itself, or a linear map of it.
  private enum Source {
    case nothing
    case input
    case product(LinearAction)
    case convolution(Convolve)

    func enclose(_ input: Tensor?, count: Int) -> IntervalVector {
      guard let input else { return IntervalVector(Array(repeating: 0, count: count)) }
      let point = IntervalVector(input.values)
      return switch self {
      case .product(let action): action.enclose(point)
      case .convolution(let map): map.enclosedProduct(point)
      case .input, .nothing: point
      }
    }
  }

  public init(_ fields: FieldValues, in context: OperatorContext) throws(FieldError) {
    let checked = try fields.validated(against: Inject.description.fields)
    source = try Inject.source(checked.finiteTensor("weight"), in: context)
    bias = try Inject.broadcastBias(checked.finiteTensor("bias"), to: context.incoming)
    activation = Activation(checked.text("activation").flatMap(ActivationKind.init(rawValue:)) ?? .identity)
    scale = checked.number("scale") ?? 1
    inputShape = context.incoming
    let product = source.enclose(context.input, count: inputShape.count)
    constantEnclosure = scale * (try Inject.activated(product + IntervalVector(bias), by: activation))
    constant = constantEnclosure.midpoint
  }

  /// How U x is made, flat in the shape of v.
  private static func source(_ weight: Tensor?, in context: OperatorContext) throws(FieldError) -> Source {
    let shape = context.incoming
    guard let weight else {
      guard let input = context.input else { return .nothing }
      guard input.shape == shape else {
        throw FieldError(
          field: "weight", expected: "a matrix, since the input has shape \(input.shape) and the value \(shape)",
          found: "nothing")
      }
      return .input
    }
    guard let input = context.input else {
      throw FieldError(
        field: "weight", expected: "no weight, since the map has no input", found: FieldValue.tensor(weight).summary)
    }
    guard weight.shape.rank == 4 else { return .product(try linearAction(weight, on: input, to: shape)) }
    return .convolution(try convolution(weight, on: input, to: shape))
  }

  private static func convolution(_ kernel: Tensor, on input: Tensor, to shape: Shape) throws(FieldError) -> Convolve {
    let map: Convolve
    do throws(FieldError) {
      let context = OperatorContext(incoming: input.shape, state: input.shape, input: nil)
      map = try Convolve(FieldValues(["kernel": .tensor(kernel)]), in: context)
    } catch {
      let place = error.field == "op" ? "a kernel acts on " : ""
      throw FieldError(field: "weight", expected: place + error.expected, found: error.found)
    }
    guard map.outputShape == shape else {
      throw FieldError(
        field: "weight", expected: "a kernel that makes shape \(shape) of the input \(input.shape)",
        found: "shape \(kernel.shape)")
    }
    return map
  }

  private static func linearAction(_ weight: Tensor, on input: Tensor, to shape: Shape) throws(FieldError)
    -> LinearAction
  {
    let sizes = weight.shape.sizes
    if sizes == [shape.count, input.shape.count] {
      return LinearAction(matrix(weight), on: Shape([input.shape.count]))
    }
    guard sizes.count == 2, sizes[1] == input.shape.last, input.shape.replacingLast(by: sizes[0]) == shape else {
      let fitting =
        input.shape.sizes.dropLast() == shape.sizes.dropLast()
        ? Shape([shape.last, input.shape.last]) : Shape([shape.count, input.shape.count])
      throw FieldError(field: "weight", expected: "shape \(fitting)", found: "shape \(weight.shape)")
    }
    return LinearAction(matrix(weight), on: input.shape)
  }

  private static func matrix(_ tensor: Tensor) -> Matrix {
    Matrix(rows: tensor.shape.sizes[0], columns: tensor.shape.sizes[1], values: tensor.values)
  }

  private static func broadcastBias(_ bias: Tensor?, to shape: Shape) throws(FieldError) -> [Double] {
    guard let bias else { return Array(repeating: 0, count: shape.count) }
    guard let values = bias.broadcast(to: shape) else {
      throw FieldError(
        field: "bias", expected: "shape \(shape), or one that is repeated to it", found: "shape \(bias.shape)")
    }
    return values
  }

  private static func activated(_ box: IntervalVector, by activation: Activation) throws(FieldError)
    -> IntervalVector
  {
    var result = box
    for i in 0..<box.count {
      guard let range = activation.range(over: box[i]) else {
        throw FieldError(
          field: "activation", expected: "a function that is defined at every entry of U x + b",
          found: "\(activation.kind.rawValue) at \(box[i].midpoint) (entry \(i))")
      }
      result[i] = range
    }
    return result
  }

  public func apply(_ value: Span<Double>, state: Span<Double>, into result: inout MutableSpan<Double>) {
    VectorMath.add(value, constant.span, into: &result)
  }

  /// result += scale · ρ(U x + b)
  func add(to result: inout MutableSpan<Double>) {
    VectorMath.add(constant.span, to: &result)
  }

  public func batched() -> any BatchOperator {
    RowSum(constants: Matrix(rows: 1, columns: constant.count, values: constant))
  }

  /// The constants are those of networks for the single inputs up to the rounding of U x + b.
  public func batched(over inputs: Matrix) throws(FieldError) -> any BatchOperator {
    guard let inputCount else { return batched() }
    precondition(inputs.columns == inputCount, "inputs have as many entries as the operator's own")
    let constants = Matrix(rows: inputs.rows, columns: inputShape.count, values: constants(for: inputs))
    if let index = constants.values.firstIndex(where: { !$0.isFinite }) {
      throw FieldError(
        field: "activation", expected: "a function that is defined at every entry of U x + b",
        found: "\(constants.values[index]) (input \(index / constants.columns), entry \(index % constants.columns))")
    }
    return RowSum(constants: constants)
  }

  /// Number of entries of x; `nil` if nothing of x is injected.
  var inputCount: Int? {
    switch source {
    case .nothing: nil
    case .input: inputShape.count
    case .product(let action): action.inputShape.count
    case .convolution(let map): map.inputShape.count
    }
  }

  /// scale · ρ(U x + b) for one input x a row.
  private func constants(for inputs: Matrix) -> [Double] {
    var sums = products(with: inputs)
    let count = inputShape.count
    for row in 0..<inputs.rows {
      for i in 0..<count { sums[row * count + i] += bias[i] }
    }
    return filled(sums.count) { result in
      activation.apply(sums.span, into: &result)
      for i in 0..<result.count { result[i] *= scale }
    }
  }

  /// U x for one input x a row.
  private func products(with inputs: Matrix) -> [Double] {
    if case .convolution(let map) = source {
      return (0..<inputs.rows).flatMap { row in
        filled(inputShape.count) { result in
          map.multiply(inputs.values.span.extracting(row * inputs.columns..<(row + 1) * inputs.columns), into: &result)
        }
      }
    }
    guard case .product(let action) = source else { return inputs.values }
    return filled(inputs.rows * inputShape.count) { action.multiply(inputs.values.span, into: &$0) }
  }

  public func enclose(_ value: IntervalVector, state: IntervalVector) throws(EnclosureError) -> IntervalVector {
    value + constantEnclosure
  }
}
