import FixedPoint

/// The method of a session: its name and the options that are given, in the order of the method's table.
public struct SolverSource: Sendable, Equatable {
  public let method: String
  public var options: [FieldSource]

  public init(_ method: String, _ options: [FieldSource] = []) {
    self.method = method
    self.options = options
  }

  init(_ json: JSON, path: String) throws(SessionError) {
    var reader = try ObjectReader(json, path: path)
    let names = MethodCatalog.all.map { $0.description.name }
    method = try reader.require("method", expected: Field.Kind.choice(names).expectation)
      .choice(of: names, path: path + ".method")
    options = try reader.fields(MethodCatalog.named(method)?.description.options ?? [])
  }

  /// What the session says of an option; `nil` if nothing.
  public subscript(option: String) -> FieldSource.Value? { options.first { $0.name == option }?.value }

  public var json: JSON {
    JSON([JSON.Member("method", JSON(method))] + options.map { JSON.Member($0.name, $0.value.json) })
  }
}
