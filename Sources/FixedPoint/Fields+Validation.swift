extension FieldValues {
  /// These values checked against the fields that may be given, with the defaults filled in for those that were not.
  ///
  /// Shapes of tensors and indices of edges are left to whoever knows the surroundings.
  /// - Throws: `FieldError` for a name that no field has, a required field that is absent, a value of another kind, or
  ///   one outside its range. Of several, the first unknown name in alphabetical order comes first, then the fields
  ///   in their own order.
  public func validated(against fields: [Field]) throws(FieldError) -> FieldValues {
    let known = Set(fields.map(\.name))
    if let unknown = values.keys.filter({ !known.contains($0) }).min() {
      let names = fields.isEmpty ? "no options" : "one of " + fields.map(\.name).joined(separator: ", ")
      throw FieldError(field: unknown, expected: names, found: unknown)
    }
    var result = self
    for field in fields {
      if let value = self[field.name] {
        try field.check(value)
      } else if field.isRequired {
        throw FieldError(field: field.name, expected: field.kind.expectation, found: "nothing")
      } else {
        result[field.name] = field.defaultValue
      }
    }
    return result
  }
}

extension Field {
  /// - Throws: `FieldError` if the value is not what ``kind`` allows.
  public func check(_ value: FieldValue) throws(FieldError) {
    guard kind.allows(value) else {
      throw FieldError(field: name, expected: kind.expectation, found: value.summary)
    }
  }
}

extension Field.Kind {
  func allows(_ value: FieldValue) -> Bool {
    switch (self, value) {
    case (.number(let range), .number(let number)): number.isFinite && range.contains(number)
    case (.integer(let range), .number(let number)): Int(exactly: number).map(range.contains) ?? false
    case (.choice(let names), .text(let text)): names.contains(text)
    case (.numberOrChoice(let range, _), .number(let number)): number.isFinite && range.contains(number)
    case (.numberOrChoice(_, let names), .text(let text)): names.contains(text)
    case (.tensor, .tensor(let tensor)): tensor.values.allSatisfy(\.isFinite)
    case (.flag, .flag), (.edges, .edges): true
    default: false
    }
  }

  /// What may be given, as a noun phrase.
  public var expectation: String {
    switch self {
    case .number(let range):
      "a number" + Self.limits(range, least: -Double.greatestFiniteMagnitude, greatest: .greatestFiniteMagnitude)
    case .integer(let range): "an integer" + Self.limits(range, least: .min, greatest: .max)
    case .choice(let names): "one of " + names.joined(separator: ", ")
    case .numberOrChoice(let range, let names):
      Self.number(range).expectation + ", or " + names.joined(separator: ", ")
    case .flag: "true or false"
    case .tensor: "a tensor"
    case .edges: "a list of pairs of nodes"
    }
  }

  private static func limits<Value: Comparable>(_ range: ClosedRange<Value>, least: Value, greatest: Value) -> String {
    switch (range.lowerBound > least, range.upperBound < greatest) {
    case (true, true): " from \(range.lowerBound) to \(range.upperBound)"
    case (true, false): " of at least \(range.lowerBound)"
    case (false, true): " of at most \(range.upperBound)"
    case (false, false): ""
    }
  }
}

extension FieldValue {
  /// The value in few words, for messages.
  public var summary: String {
    switch self {
    case .number(let number): Int(exactly: number).map { "\($0)" } ?? "\(number)"
    case .text(let text): "\"\(text)\""
    case .flag(let flag): "\(flag)"
    case .tensor(let tensor): "a tensor of shape \(tensor.shape.sizes)"
    case .edges(let edges): "\(edges.count) edges"
    }
  }
}
