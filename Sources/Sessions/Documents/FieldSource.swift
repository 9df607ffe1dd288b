import FixedPoint

/// One field of an operator or of a method as a session gives it.
public struct FieldSource: Sendable, Equatable {
  public enum Value: Sendable {
    case number(Double)
    case text(String)
    case flag(Bool)
    case tensor(TensorSource)
    case edges(EdgeSource)
  }

  public let name: String
  public var value: Value

  public init(_ name: String, _ value: Value) {
    self.name = name
    self.value = value
  }
}

extension FieldSource.Value {
  public var json: JSON {
    switch self {
    case .number(let number): JSON(number)
    case .text(let text): JSON(text)
    case .flag(let flag): JSON(flag)
    case .tensor(let source): source.json
    case .edges(let source): source.json
    }
  }
}

extension ObjectReader {
  /// Reads the fields of a table, in its order, and refuses all others.
  mutating func fields(_ table: [Field]) throws(SessionError) -> [FieldSource] {
    var sources: [FieldSource] = []
    for field in table {
      let value =
        field.isRequired
        ? required(field.name, expected: field.kind.expectation, field.read(_:path:))
        : read(field.name, field.read(_:path:))
      if let value { sources.append(FieldSource(field.name, value)) }
    }
    try finish()
    return sources
  }
}
