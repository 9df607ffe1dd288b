internal import LinearAlgebra

extension FieldValues {
  /// A tensor that may be absent.
  /// - Throws: `FieldError` if an entry is not finite.
  func finiteTensor(_ name: String) throws(FieldError) -> Tensor? {
    guard let tensor = tensor(name) else { return nil }
    if let index = tensor.values.firstIndex(where: { !$0.isFinite }) {
      throw FieldError(field: name, expected: "finite numbers", found: "\(tensor.values[index]) at entry \(index)")
    }
    return tensor
  }

  /// A required tensor of rank 2, as a matrix with the given number of columns and, if said, of rows.
  func requiredMatrix(_ name: String, rows: Int? = nil, columns: Int) throws(FieldError) -> Matrix {
    let expected = "shape [\(rows.map { "\($0)" } ?? "m"), \(columns)]"
    guard let tensor = try finiteTensor(name) else {
      throw FieldError(field: name, expected: expected, found: "nothing")
    }
    let sizes = tensor.shape.sizes
    guard sizes.count == 2, sizes[1] == columns, rows == nil || rows == sizes[0] else {
      throw FieldError(field: name, expected: expected, found: "shape \(tensor.shape)")
    }
    return Matrix(rows: sizes[0], columns: sizes[1], values: tensor.values)
  }
}

extension ClosedRange<Double> {
  /// Every finite number.
  static var finite: ClosedRange<Double> { -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude }
}
