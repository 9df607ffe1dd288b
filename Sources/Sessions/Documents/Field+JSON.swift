import FixedPoint

extension Field {
  /// Reads the field's value from a document.
  /// - Throws: `SessionError` if it is not what the field's kind expects.
  func read(_ json: JSON, path: String) throws(SessionError) -> FieldSource.Value {
    switch kind {
    case .number(let range): return .number(try json.number(in: range, path: path))
    case .integer(let range): return .number(Double(try json.integer(in: range, path: path)))
    case .choice(let names): return .text(try json.choice(of: names, path: path))
    case .numberOrChoice(let range, let names):
      if case .text(let text) = json.content, names.contains(text) { return .text(text) }
      guard case .number(let number) = json.content, range.contains(number) else {
        throw SessionError(json, path, expected: kind.expectation)
      }
      return .number(number)
    case .flag:
      guard case .flag(let flag) = json.content else { throw SessionError(json, path, expected: kind.expectation) }
      return .flag(flag)
    case .tensor: return .tensor(try TensorSource(json, path: path))
    case .edges: return .edges(try EdgeSource(json, path: path))
    }
  }
}
