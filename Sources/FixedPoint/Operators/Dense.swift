internal import LinearAlgebra

/// Matrix product along the last axis: v -> W v.
public struct Dense: LinearOperator {
  public static let description = OperatorDescription(
    "dense", formula: "W v",
    fields: [
      Field(
        "weight", .tensor(shape: { Shape([$0.incoming.last, $0.incoming.last]) }), required: true,
        "the matrix W, outputs x inputs")
    ])

  public let action: LinearAction

  public init(_ fields: FieldValues, in context: OperatorContext) throws(FieldError) {
    let checked = try fields.validated(against: Dense.description.fields)
    let weight = try checked.requiredMatrix("weight", columns: context.incoming.last)
    action = LinearAction(weight, on: context.incoming)
  }
}
