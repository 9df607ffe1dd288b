extension FieldValues {
  /// The values with every default filled in, checked against their descriptions.
  /// - Throws: `FieldError` for an unknown field, a missing required one, a value of another kind or out of its range.
  func completed(by fields: [Field]) throws(FieldError) -> FieldValues {
    let names = fields.map(\.name)
    if let unknown = values.keys.filter({ !names.contains($0) }).min() {
      let known = names.isEmpty ? "no field" : "one of " + names.joined(separator: ", ")
      throw FieldError(field: unknown, expected: known, found: "an unknown field")
    }
    var result = self
    for field in fields {
      guard let value = self[field.name] ?? field.defaultValue else {
        if field.isRequired { throw FieldError(field: field.name, expected: field.kind.expectation, found: "nothing") }
        continue
      }
      guard field.kind.admits(value) else {
        throw FieldError(field: field.name, expected: field.kind.expectation, found: value.summary)
      }
      result[field.name] = value
    }
    return result
  }

  /// A tensor that the description marks as required.
  func requiredTensor(_ name: String) throws(FieldError) -> Tensor {
    guard let tensor = tensor(name) else { throw FieldError(field: name, expected: "a tensor", found: "nothing") }
    return tensor
  }
}

extension Field.Kind {
  /// Whether the value is of this kind and within its range.
  func admits(_ value: FieldValue) -> Bool {
    switch (self, value) {
    case (.number(let range), .number(let number)): range.contains(number)
    case (.integer(let range), .number(let number)): Int(exactly: number).map(range.contains) ?? false
    case (.choice(let names), .text(let name)): names.contains(name)
    case (.numberOrChoice(let range, _), .number(let number)): range.contains(number)
    case (.numberOrChoice(_, let names), .text(let name)): names.contains(name)
    case (.flag, .flag), (.edges, .edges): true
    case (.tensor, .tensor(let tensor)): tensor.values.allSatisfy(\.isFinite)
    default: false
    }
  }

  /// What the kind admits, as a noun phrase.
  var expectation: String {
    switch self {
    case .number(let range): "a number" + Field.Kind.phrase(range)
    case .integer(let range): "an integer from \(range.lowerBound) to \(range.upperBound)"
    case .choice(let names): "one of " + names.joined(separator: ", ")
    case .numberOrChoice(let range, let names):
      "a number" + Field.Kind.phrase(range) + " or " + names.map { "\"\($0)\"" }.joined(separator: " or ")
    case .flag: "true or false"
    case .tensor: "a tensor of finite numbers"
    case .edges: "pairs of node indices"
    }
  }

  private static func phrase(_ range: ClosedRange<Double>) -> String {
    let unboundedBelow = range.lowerBound <= -Double.greatestFiniteMagnitude
    let unboundedAbove = range.upperBound >= Double.greatestFiniteMagnitude
    switch (unboundedBelow, unboundedAbove) {
    case (true, true): return ""
    case (false, true): return " >= \(range.lowerBound)"
    case (true, false): return " <= \(range.upperBound)"
    case (false, false): return " from \(range.lowerBound) to \(range.upperBound)"
    }
  }
}

extension ClosedRange<Double> {
  /// Every finite number.
  static var finite: ClosedRange<Double> { -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude }
}

extension FieldValue {
  /// The value as it is named in an error.
  var summary: String {
    switch self {
    case .number(let number): "\(number)"
    case .text(let text): "\"\(text)\""
    case .flag(let flag): "\(flag)"
    case .tensor(let tensor): "a tensor of shape \(tensor.shape)"
    case .edges(let edges): "\(edges.count) edges"
    }
  }
}
