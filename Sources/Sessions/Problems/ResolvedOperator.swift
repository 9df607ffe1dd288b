import FixedPoint

/// An operator of a session with the values that its fields stand for.
struct ResolvedOperator {
  let name: String
  /// The fields that were given, and the defaults of the others.
  let values: FieldValues
  let link: any Operator

  /// - Throws: `SessionError` whose path starts with the field at fault.
  init(_ source: OperatorSource, in context: OperatorContext, _ resolver: TensorResolver) throws(SessionError) {
    guard let kind = OperatorCatalog.named(source.name) else {
      throw SessionError(path: "op", expected: "a known operator", found: JSON(source.name).lineText)
    }
    let given = try Self.values(of: source, kind.description, in: context, resolver)
    do throws(FieldError) {
      link = try kind.init(given, in: context)
      values = try given.validated(against: kind.description.fields)
    } catch {
      throw SessionError(error)
    }
    name = source.name
  }

  private static func values(
    of source: OperatorSource, _ description: OperatorDescription, in context: OperatorContext,
    _ resolver: TensorResolver
  ) throws(SessionError) -> FieldValues {
    var values = FieldValues()
    var complaints = Complaints()
    for entry in source.fields {
      guard let field = description.fields.first(where: { $0.name == entry.name }) else {
        throw SessionError(path: entry.name, expected: "a field of \(source.name)", found: "an unknown field")
      }
      values[entry.name] = complaints.attempt { () throws(SessionError) in
        try Problem.located(entry.name) { () throws(SessionError) in
          try resolver.value(entry, field: field, in: context)
        }
      }
    }
    try complaints.raise()
    return values
  }
}
