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
    case (.flag, .flag), (.tensor, .tensor), (.edges, .edges): true
    default: false
    }
  }

  /// What may be given, as a noun phrase.
  public var expectation: String {
    switch self {
    case .number(let range): "a number" + Self.limits(range)
    case .integer(let range): "a whole number" + Self.limits(range)
    case .choice(let names): "one of " + names.joined(separator: ", ")
    case .numberOrChoice(let range, let names):
      "a number" + Self.limits(range) + " or " + names.map { "\"\($0)\"" }.joined(separator: " or ")
    case .flag: "true or false"
    case .tensor: "a tensor"
    case .edges: "pairs of nodes"
    }
  }

  private static func limits(_ range: ClosedRange<Double>) -> String {
    let isAboveZero = range.lowerBound > 0 && range.lowerBound < 1e-300
    let lower = isAboveZero ? "above 0" : "of at least " + digits(range.lowerBound)
    switch (range.lowerBound > -.greatestFiniteMagnitude, range.upperBound < .greatestFiniteMagnitude) {
    case (true, true) where isAboveZero: return " above 0 and at most " + digits(range.upperBound)
    case (true, true): return " from " + digits(range.lowerBound) + " to " + digits(range.upperBound)
    case (true, false): return " " + lower
    case (false, true): return " of at most " + digits(range.upperBound)
    case (false, false): return ""
    }
  }

  private static func limits(_ range: ClosedRange<Int>) -> String {
    if range.upperBound == .max { return range.lowerBound == .min ? "" : " of at least \(range.lowerBound)" }
    return " from \(range.lowerBound) to \(range.upperBound)"
  }

  private static func digits(_ number: Double) -> String { Int(exactly: number).map { "\($0)" } ?? "\(number)" }
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
