/// Adds a multiple of the state: v -> v + scale · z.
public struct Skip: Translation {
  public static let description = OperatorDescription(
    "skip", formula: "v + scale · z",
    fields: [Field("scale", .number(.finite), default: .number(1), "factor of the state")])

  public let stateFactor: Double
  public let inputShape: Shape
  public var outputShape: Shape { inputShape }

  /// - Throws: `FieldError` naming `skip` if the value at this place does not have the state's shape.
  public init(_ fields: FieldValues, in context: OperatorContext) throws(FieldError) {
    let checked = try fields.validated(against: Skip.description.fields)
    guard context.incoming == context.state else {
      throw FieldError(
        field: "op", expected: "a value of the state's shape \(context.state)", found: "shape \(context.incoming)")
    }
    stateFactor = checked.number("scale") ?? 1
    inputShape = context.incoming
  }

  public func apply(_ value: Span<Double>, state: Span<Double>, into result: inout MutableSpan<Double>) {
    for i in 0..<value.count { result[i] = value[i] + stateFactor * state[i] }
  }

  public func batched() -> any BatchOperator { Entrywise(link: self) }

  public func enclose(_ value: IntervalVector, state: IntervalVector) throws(EnclosureError) -> IntervalVector {
    value + stateFactor * state
  }
}
