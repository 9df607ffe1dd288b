public import LinearAlgebra

/// An operator v -> W v whose matrix has few entries in a row: everything but the fast products follows from its rows.
///
/// v is a matrix of ``blockSize`` columns in row-major order, and W acts on its rows.
public protocol SparseLinearOperator: Operator {
  /// How many consecutive entries of v are multiplied by the same entries of W.
  var blockSize: Int { get }

  /// The entries of a row of W that may differ from 0, each column at most once.
  func terms(ofRow row: Int) -> [SparseTerm]

  /// result = W · vector.
  func multiply(_ vector: Span<Double>, into result: inout MutableSpan<Double>)

  /// result = Wᵀ · vector.
  func multiplyTransposed(_ vector: Span<Double>, into result: inout MutableSpan<Double>)
}

/// One entry of a row of a sparse matrix.
public struct SparseTerm: Sendable, Equatable {
  public let column: Int
  public let weight: Double
  /// Encloses the exact entry where ``weight`` is itself the result of a computation; else it holds ``weight`` alone.
  public let enclosure: Interval

  init(column: Int, weight: Interval) {
    self.column = column
    self.weight = weight.midpoint
    self.enclosure = weight
  }
}

extension SparseLinearOperator {
  public func apply(_ value: Span<Double>, state: Span<Double>, into result: inout MutableSpan<Double>) {
    multiply(value, into: &result)
  }

  public func pushForward(_ tangent: Span<Double>, at value: Span<Double>, into result: inout MutableSpan<Double>) {
    multiply(tangent, into: &result)
  }

  public func pullBack(_ cotangent: Span<Double>, at value: Span<Double>, into result: inout MutableSpan<Double>) {
    multiplyTransposed(cotangent, into: &result)
  }

  public func pushForwardAbsolute(
    _ vector: Span<Double>, at value: Span<Double>, into result: inout MutableSpan<Double>
  ) {
    for row in 0..<outputShape.count / blockSize {
      let terms = terms(ofRow: row)
      for offset in 0..<blockSize {
        result[row * blockSize + offset] = terms.reduce(0) {
          $0 + abs($1.weight) * vector[$1.column * blockSize + offset]
        }
      }
    }
  }

  /// The columns of `running` join those of v, since W acts on the rows of both.
  public func multiplyJacobian(at value: Span<Double>, by running: Matrix) -> Matrix {
    var product = Matrix(rows: outputShape.count, columns: running.columns)
    let width = blockSize * running.columns
    let source = running.values.span
    var target = product.values.mutableSpan
    for row in 0..<outputShape.count / blockSize {
      for term in terms(ofRow: row) {
        for i in 0..<width { target[row * width + i] += term.weight * source[term.column * width + i] }
      }
    }
    return product
  }

  public func enclose(_ value: IntervalVector, state: IntervalVector) throws(EnclosureError) -> IntervalVector {
    enclosedProduct(value)
  }

  /// Encloses W v for all v in `value`.
  func enclosedProduct(_ value: IntervalVector) -> IntervalVector {
    let column = IntervalMatrix(
      lower: Matrix(rows: value.count, columns: 1, values: value.lower),
      upper: Matrix(rows: value.count, columns: 1, values: value.upper))
    let product = enclosedProduct(column)
    return IntervalVector(lower: product.lower.values, upper: product.upper.values)
  }

  public func encloseJacobian(
    over value: IntervalVector, times running: IntervalMatrix
  ) throws(EnclosureError) -> IntervalMatrix { enclosedProduct(running) }

  private func enclosedProduct(_ running: IntervalMatrix) -> IntervalMatrix {
    let width = blockSize * running.columns
    let joined = running.reshaped(rows: running.rows / blockSize, columns: width)
    var product = IntervalMatrix(Matrix(rows: outputShape.count / blockSize, columns: width))
    var sum = IntervalProductRow(columns: width)
    for row in 0..<product.rows {
      let terms = terms(ofRow: row)
      sum.reset()
      for term in terms { sum.add(term.enclosure.lower, term.enclosure.upper, times: joined, row: term.column) }
      sum.round(terms: terms.count, into: &product, row: row)
    }
    return product.reshaped(rows: outputShape.count, columns: running.columns)
  }
}

extension IntervalMatrix {
  /// The same entries in row-major order as another matrix.
  fileprivate func reshaped(rows: Int, columns: Int) -> IntervalMatrix {
    IntervalMatrix(
      lower: Matrix(rows: rows, columns: columns, values: lower.values),
      upper: Matrix(rows: rows, columns: columns, values: upper.values))
  }
}
