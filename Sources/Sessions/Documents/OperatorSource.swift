import FixedPoint

/// One operator of a session: its name and the fields that are given, in the order of the operator's table.
public struct OperatorSource: Sendable, Equatable {
  public let name: String
  public var fields: [FieldSource]

  public init(_ name: String, _ fields: [FieldSource] = []) {
    self.name = name
    self.fields = fields
  }

  init(_ json: JSON, path: String) throws(SessionError) {
    var reader = try ObjectReader(json, path: path)
    let names = OperatorCatalog.all.map { $0.description.name }
    name = try reader.require("op", expected: Field.Kind.choice(names).expectation)
      .choice(of: names, path: path + ".op")
    fields = try reader.fields(OperatorCatalog.named(name)?.description.fields ?? [])
  }

  /// What the session says of a field; `nil` if nothing.
  public subscript(field: String) -> FieldSource.Value? { fields.first { $0.name == field }?.value }

  public var json: JSON {
    JSON([JSON.Member("op", JSON(name))] + fields.map { JSON.Member($0.name, $0.value.json) })
  }
}
