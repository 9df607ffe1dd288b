public import LinearAlgebra

/// A matrix of intervals [lower, upper], entry by entry.
public struct IntervalMatrix: Sendable, Equatable {
  public var lower: Matrix
  public var upper: Matrix

  public init(lower: Matrix, upper: Matrix) {
    precondition(lower.rows == upper.rows && lower.columns == upper.columns, "lower and upper bounds have one shape")
    self.lower = lower
    self.upper = upper
  }

  /// The interval matrix that holds one matrix.
  public init(_ matrix: Matrix) { self.init(lower: matrix, upper: matrix) }

  public static func identity(_ size: Int) -> IntervalMatrix { IntervalMatrix(.identity(size)) }

  public var rows: Int { lower.rows }
  public var columns: Int { lower.columns }

  public subscript(row: Int, column: Int) -> Interval {
    get { Interval(lower[row, column], upper[row, column]) }
    set {
      lower[row, column] = newValue.lower
      upper[row, column] = newValue.upper
    }
  }

  /// The largest absolute value of each entry.
  public var magnitude: Matrix {
    Matrix(
      rows: rows, columns: columns,
      values: zip(lower.values, upper.values).map { max(abs($0), abs($1)) })
  }

  public var midpoint: Matrix {
    var result = lower
    for i in 0..<rows { for j in 0..<columns { result[i, j] = self[i, j].midpoint } }
    return result
  }

  public var transposed: IntervalMatrix {
    var result = IntervalMatrix(Matrix(rows: columns, columns: rows))
    for i in 0..<rows { for j in 0..<columns { result[j, i] = self[i, j] } }
    return result
  }

  public func contains(_ matrix: Matrix) -> Bool {
    matrix.rows == rows && matrix.columns == columns
      && matrix.values.indices.allSatisfy {
        lower.values[$0] <= matrix.values[$0] && matrix.values[$0] <= upper.values[$0]
      }
  }

  public static func + (left: IntervalMatrix, right: IntervalMatrix) -> IntervalMatrix {
    precondition(left.rows == right.rows && left.columns == right.columns, "matrices of one shape")
    var result = left
    for i in 0..<left.rows { for j in 0..<left.columns { result[i, j] = left[i, j] + right[i, j] } }
    return result
  }

  public static func * (factor: Double, matrix: IntervalMatrix) -> IntervalMatrix {
    var result = matrix
    for i in 0..<matrix.rows { result.scaleRow(i, by: Interval(factor)) }
    return result
  }

  mutating func scaleRow(_ row: Int, by factor: Interval) {
    for j in 0..<columns { self[row, j] = factor * self[row, j] }
  }

  /// The rows from `start` on, `count` of them.
  func block(start: Int, count: Int) -> IntervalMatrix {
    IntervalMatrix(lower: lower.block(start: start, count: count), upper: upper.block(start: start, count: count))
  }
}

extension Matrix {
  /// The rows from `start` on, `count` of them.
  func block(start: Int, count: Int) -> Matrix {
    Matrix(rows: count, columns: columns, values: Array(values[start * columns..<(start + count) * columns]))
  }
}
