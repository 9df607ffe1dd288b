public import FixedPoint

extension Problem {
  /// The tensors of a session's operators with all that is generated or read, by position and field:
  /// `operators.0.weight`.
  /// - Throws: `SessionError` whose path names the field at fault.
  public static func tensors(of document: SessionDocument, directory: String) throws(SessionError) -> [NamedTensor] {
    let links = try Problem(document, directory: directory).network.operators
    let resolver = TensorResolver(directory: directory, catalog: .standard())
    let input = try input(document, resolver)
    var tensors: [NamedTensor] = []
    for (position, source) in document.network.operators.enumerated() {
      let context = OperatorContext(
        incoming: links[position].inputShape, state: document.network.stateShape, input: input)
      let fields = OperatorCatalog.named(source.name)?.description.fields ?? []
      for entry in source.fields {
        guard case .tensor = entry.value, let field = fields.first(where: { $0.name == entry.name }),
          case .tensor(let tensor) = try resolver.value(entry, field: field, in: context)
        else { continue }
        tensors.append(NamedTensor("operators.\(position).\(entry.name)", tensor))
      }
    }
    return tensors
  }

  /// An operator of a session by name, with the values of all its fields.
  public struct OperatorValues: Sendable {
    public let name: String
    public let values: FieldValues
  }

  /// The operators of a session's pipeline with all that is generated or read.
  /// - Throws: `SessionError` whose path names the field at fault.
  public static func operators(
    of document: SessionDocument, directory: String
  ) throws(SessionError) -> [OperatorValues] {
    let resolver = TensorResolver(directory: directory, catalog: .standard())
    let resolved = try resolved(document.network, input: try input(document, resolver), resolver)
    return resolved.map { OperatorValues(name: $0.name, values: $0.values) }
  }
}
