import FixedPoint

extension Field.Kind {
  /// What the field expects, as a noun phrase.
  var expectation: String {
    switch self {
    case .number(let range): "a number" + Self.describe(range)
    case .integer(let range): "a whole number" + Self.describe(range)
    case .choice(let names): "one of " + names.joined(separator: ", ")
    case .numberOrChoice(let range, let names):
      "a number" + Self.describe(range) + " or " + names.map { "\"\($0)\"" }.joined(separator: " or ")
    case .flag: "true or false"
    case .tensor: "a tensor"
    case .edges: "an array of pairs of nodes, or {\"file\": …}"
    }
  }

  private static func describe(_ range: ClosedRange<Double>) -> String {
    let lower: String? =
      if range.lowerBound <= -.greatestFiniteMagnitude {
        nil
      } else if range.lowerBound == .leastNonzeroMagnitude {
        " above 0"
      } else {
        " of at least " + shortestDigits(range.lowerBound)
      }
    let upper = range.upperBound >= .greatestFiniteMagnitude ? nil : " at most " + shortestDigits(range.upperBound)
    return [lower, upper].compactMap(\.self).joined(separator: " and")
  }

  private static func describe(_ range: ClosedRange<Int>) -> String {
    if range.upperBound == .max { return range.lowerBound == .min ? "" : " of at least \(range.lowerBound)" }
    return " from \(range.lowerBound) to \(range.upperBound)"
  }
}

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
