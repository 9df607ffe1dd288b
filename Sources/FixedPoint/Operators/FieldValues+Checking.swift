extension FieldValues {
  /// The values with every default filled in, checked against their descriptions.
  /// - Throws: `FieldError` for an unknown field, a missing required one, a value of another kind or out of its range.
  func completed(by fields: [Field]) throws(FieldError) -> FieldValues { try validated(against: fields) }

  /// A tensor that the description marks as required.
  func requiredTensor(_ name: String) throws(FieldError) -> Tensor {
    guard let tensor = tensor(name) else { throw FieldError(field: name, expected: "a tensor", found: "nothing") }
    return tensor
  }
}

extension ClosedRange<Double> {
  /// Every finite number.
  static var finite: ClosedRange<Double> { -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude }
}
