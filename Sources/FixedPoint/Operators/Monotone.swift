internal import LinearAlgebra

/// monDEQ's linear map v -> W v with W = (1-m) I - AᵀA + B - Bᵀ, for which I - (W + Wᵀ)/2 = m I + AᵀA >= m I.
///
/// W is formed once, in floating point; ``LinearAction/weightEnclosure`` holds the exact one.
/// Source: Winston, Kolter, Monotone operator equilibrium networks, NeurIPS 2020, section 4.1.
public struct Monotone: LinearOperator {
  public static let description = OperatorDescription(
    "monotone", formula: "((1-m) I - AᵀA + B - Bᵀ) v",
    fields: [
      Field("m", .number(.finite), required: true, "strength of monotonicity"),
      Field(
        "A", .tensor(shape: { Shape([$0.incoming.last, $0.incoming.last]) }), required: true,
        "any matrix with as many columns as v has entries"),
      Field(
        "B", .tensor(shape: { Shape([$0.incoming.last, $0.incoming.last]) }), required: true,
        "square; its antisymmetric part turns the flow"),
    ])

  public let action: LinearAction

  public init(_ fields: FieldValues, in context: OperatorContext) throws(FieldError) {
    let checked = try fields.validated(against: Monotone.description.fields)
    let size = context.incoming.last
    let factor = try checked.requiredMatrix("A", columns: size)
    let turn = try checked.requiredMatrix("B", rows: size, columns: size)
    let enclosure = Monotone.weight(
      Interval(1) - Interval(checked.number("m") ?? 0), IntervalMatrix(factor), IntervalMatrix(turn))
    action = LinearAction(enclosure.midpoint, enclosure: enclosure, on: context.incoming)
  }

  /// diagonal · I - AᵀA + B - Bᵀ with outward rounding.
  private static func weight(_ diagonal: Interval, _ factor: IntervalMatrix, _ turn: IntervalMatrix) -> IntervalMatrix {
    var result = turn + -1 * turn.transposed + -1 * (factor.transposed * factor)
    for i in 0..<result.rows { result[i, i] = result[i, i] + diagonal }
    return result
  }
}
