public import LinearAlgebra

/// Multiplies by a number: v -> by · v.
public struct Scale: Operator {
  public static let description = OperatorDescription(
    "scale", formula: "by · v",
    fields: [Field("by", .number(.finite), required: true, "the factor")])

  public let factor: Double
  public let inputShape: Shape
  public var outputShape: Shape { inputShape }

  public init(_ fields: FieldValues, in context: OperatorContext) throws(FieldError) {
    let checked = try fields.validated(against: Scale.description.fields)
    factor = checked.number("by") ?? 1
    inputShape = context.incoming
  }

  public func apply(_ value: Span<Double>, state: Span<Double>, into result: inout MutableSpan<Double>) {
    for i in 0..<value.count { result[i] = factor * value[i] }
  }

  public func batched() -> any BatchOperator { Entrywise(link: self) }

  public func pushForward(_ tangent: Span<Double>, at value: Span<Double>, into result: inout MutableSpan<Double>) {
    for i in 0..<tangent.count { result[i] = factor * tangent[i] }
  }

  public func pullBack(_ cotangent: Span<Double>, at value: Span<Double>, into result: inout MutableSpan<Double>) {
    pushForward(cotangent, at: value, into: &result)
  }

  public func pushForwardAbsolute(
    _ vector: Span<Double>, at value: Span<Double>, into result: inout MutableSpan<Double>
  ) {
    for i in 0..<vector.count { result[i] = abs(factor) * vector[i] }
  }

  public func multiplyJacobian(at value: Span<Double>, by running: Matrix) -> Matrix {
    Matrix(rows: running.rows, columns: running.columns, values: running.values.map { factor * $0 })
  }

  public func enclose(_ value: IntervalVector, state: IntervalVector) throws(EnclosureError) -> IntervalVector {
    factor * value
  }

  public func encloseJacobian(
    over value: IntervalVector, times running: IntervalMatrix
  ) throws(EnclosureError) -> IntervalMatrix { factor * running }
}
