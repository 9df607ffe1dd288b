internal import COpenBLAS

/// How a factor of a product is read.
public enum Orientation: Sendable {
  case asStored
  case transposed
}

extension Matrix {
  /// result <- scale · A x + keep · result; allocates nothing. With `keep` 0 the old result is not read.
  ///
  /// - Parameters:
  ///   - x: `columns` entries.
  ///   - result: `rows` entries.
  ///   - scale: α, multiplies the product.
  ///   - keep: β, multiplies what was there.
  public func multiply(
    _ x: Span<Double>, into result: inout MutableSpan<Double>, scale: Double = 1, keep: Double = 0
  ) {
    multiply(.asStored, x, into: &result, scale: scale, keep: keep)
  }

  /// result <- scale · Aᵀ x + keep · result; allocates nothing. With `keep` 0 the old result is not read.
  ///
  /// - Parameters:
  ///   - x: `rows` entries.
  ///   - result: `columns` entries.
  ///   - scale: α, multiplies the product.
  ///   - keep: β, multiplies what was there.
  public func multiplyTransposed(
    _ x: Span<Double>, into result: inout MutableSpan<Double>, scale: Double = 1, keep: Double = 0
  ) {
    multiply(.transposed, x, into: &result, scale: scale, keep: keep)
  }

  /// A x as a new array.
  public func multiply(_ x: [Double]) -> [Double] {
    var product = [Double](repeating: 0, count: rows)
    var result = product.mutableSpan
    multiply(x.span, into: &result)
    return product
  }

  /// Aᵀ x as a new array.
  public func multiplyTransposed(_ x: [Double]) -> [Double] {
    var product = [Double](repeating: 0, count: columns)
    var result = product.mutableSpan
    multiplyTransposed(x.span, into: &result)
    return product
  }

  private func multiply(
    _ orientation: Orientation, _ x: Span<Double>, into result: inout MutableSpan<Double>, scale: Double, keep: Double
  ) {
    let (height, width) = size(orientation)
    precondition(x.count == width && result.count == height, "the vectors fit the matrix")
    if height == 0 { return }
    if width == 0 { return multiply(&result, by: keep) }
    BLAS.prepare()
    unsafe result.withUnsafeMutableBufferPointer { result in
      unsafe x.withUnsafeBufferPointer { x in
        unsafe cblas_dgemv(
          CblasRowMajor, orientation.flag, Int32(rows), Int32(columns), scale, values, Int32(columns),
          x.baseAddress, 1, keep, result.baseAddress, 1)
      }
    }
  }

  private func multiply(_ vector: inout MutableSpan<Double>, by factor: Double) {
    for i in 0..<vector.count { vector[i] = factor == 0 ? 0 : factor * vector[i] }
  }

  /// A B, with each factor as it is or transposed.
  public func multiply(
    _ other: Matrix, orientation: Orientation = .asStored, otherOrientation: Orientation = .asStored
  ) -> Matrix {
    var product = Matrix(rows: size(orientation).height, columns: other.size(otherOrientation).width)
    product.accumulate(self, orientation, times: other, otherOrientation, keep: 0)
    return product
  }

  /// self <- scale · A B + keep · self, with each factor as it is or transposed; allocates nothing.
  ///
  /// - Parameters:
  ///   - left: A.
  ///   - leftOrientation: whether A is read transposed.
  ///   - right: B.
  ///   - rightOrientation: whether B is read transposed.
  ///   - scale: α, multiplies the product.
  ///   - keep: β, multiplies what was there; with 0 it is not read.
  public mutating func accumulate(
    _ left: Matrix, _ leftOrientation: Orientation = .asStored, times right: Matrix,
    _ rightOrientation: Orientation = .asStored, scale: Double = 1, keep: Double = 1
  ) {
    let (height, inner) = left.size(leftOrientation)
    let (innerRight, width) = right.size(rightOrientation)
    precondition(inner == innerRight && height == rows && width == columns, "the factors and the product fit")
    if values.isEmpty { return }
    if inner == 0 { return scaleAll(by: keep) }
    BLAS.prepare()
    unsafe cblas_dgemm(
      CblasRowMajor, leftOrientation.flag, rightOrientation.flag, Int32(height), Int32(width), Int32(inner), scale,
      left.values, Int32(left.columns), right.values, Int32(right.columns), keep, &values, Int32(columns))
  }

  private mutating func scaleAll(by factor: Double) {
    for index in values.indices { values[index] = factor == 0 ? 0 : factor * values[index] }
  }

  /// Aᵀ.
  public var transposed: Matrix {
    var result = Matrix(rows: columns, columns: rows)
    for i in 0..<rows {
      for j in 0..<columns { result[j, i] = self[i, j] }
    }
    return result
  }

  private func size(_ orientation: Orientation) -> (height: Int, width: Int) {
    orientation == .asStored ? (rows, columns) : (columns, rows)
  }
}

extension Orientation {
  var flag: CBLAS_TRANSPOSE { self == .asStored ? CblasNoTrans : CblasTrans }
}
