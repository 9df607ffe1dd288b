internal import LinearAlgebra

extension FieldValues {
  /// A required tensor of rank 2, as a matrix with the given number of columns and, if said, of rows.
  func requiredMatrix(_ name: String, rows: Int? = nil, columns: Int) throws(FieldError) -> Matrix {
    let tensor = try requiredTensor(name)
    let sizes = tensor.shape.sizes
    guard sizes.count == 2, sizes[1] == columns, rows == nil || rows == sizes[0] else {
      let expected = "shape [\(rows.map { "\($0)" } ?? "m"), \(columns)]"
      throw FieldError(field: name, expected: expected, found: "shape \(tensor.shape)")
    }
    return Matrix(rows: sizes[0], columns: sizes[1], values: tensor.values)
  }
}
