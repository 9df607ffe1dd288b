public import LinearAlgebra

/// An operator v -> W v on the last axis: everything but its construction follows from the matrix.
public protocol LinearOperator: Operator {
  var action: LinearAction { get }
}

extension LinearOperator {
  public var inputShape: Shape { action.inputShape }
  public var outputShape: Shape { action.inputShape.replacingLast(by: action.weight.rows) }
  public var weight: Matrix? { action.weight }

  public func apply(_ value: Span<Double>, state: Span<Double>, into result: inout MutableSpan<Double>) {
    action.multiply(value, into: &result)
  }

  public func batched() -> any BatchOperator { RowProduct(action) }

  public func pushForward(_ tangent: Span<Double>, at value: Span<Double>, into result: inout MutableSpan<Double>) {
    action.multiply(tangent, into: &result)
  }

  public func pullBack(_ cotangent: Span<Double>, at value: Span<Double>, into result: inout MutableSpan<Double>) {
    action.multiplyTransposed(cotangent, into: &result)
  }

  public func pushForwardAbsolute(
    _ vector: Span<Double>, at value: Span<Double>, into result: inout MutableSpan<Double>
  ) {
    action.multiplyAbsolute(vector, into: &result)
  }

  public func multiplyJacobian(at value: Span<Double>, by running: Matrix) -> Matrix { action.multiply(running) }

  public func enclose(_ value: IntervalVector, state: IntervalVector) throws(EnclosureError) -> IntervalVector {
    action.enclose(value)
  }

  public func encloseJacobian(
    over value: IntervalVector, times running: IntervalMatrix
  ) throws(EnclosureError) -> IntervalMatrix {
    action.enclose(times: running)
  }
}

/// Multiplication by one matrix along the last axis, the same for every index of the other axes.
///
/// Immutable, and a class because an operator passes it on at every step: one reference instead of four.
public final class LinearAction: Sendable {
  /// W, outputs x inputs.
  public let weight: Matrix
  /// Encloses the exact W where ``weight`` is itself the result of a computation; else it is ``weight``.
  public let weightEnclosure: IntervalMatrix
  public let inputShape: Shape
  /// Wᵀ
  private let transposed: PackedMatrix
  /// Number of vectors along the last axis.
  private let blocks: Int

  init(_ weight: Matrix, enclosure: IntervalMatrix? = nil, on inputShape: Shape) {
    precondition(weight.columns == inputShape.last, "a matrix has as many columns as the last axis has entries")
    self.weight = weight
    self.weightEnclosure = enclosure ?? IntervalMatrix(weight)
    self.inputShape = inputShape
    transposed = PackedMatrix(weight.transposed)
    blocks = inputShape.count / weight.columns
  }

  /// W v of every vector along the last axis; of any number of values, one after the other, as well.
  func multiply(_ vectors: Span<Double>, into result: inout MutableSpan<Double>) {
    transposed.multiply(rows: vectors, into: &result)
  }

  func multiplyTransposed(_ vector: Span<Double>, into result: inout MutableSpan<Double>) {
    if blocks == 1 { return weight.multiplyTransposed(vector, into: &result) }
    for block in 0..<blocks {
      var columns = result._mutatingExtracting(block * weight.columns..<(block + 1) * weight.columns)
      weight.multiplyTransposed(vector.extracting(block * weight.rows..<(block + 1) * weight.rows), into: &columns)
    }
  }

  func multiplyAbsolute(_ vector: Span<Double>, into result: inout MutableSpan<Double>) {
    for block in 0..<blocks {
      for i in 0..<weight.rows {
        var sum = 0.0
        for j in 0..<weight.columns { sum += abs(weight[i, j]) * vector[block * weight.columns + j] }
        result[block * weight.rows + i] = sum
      }
    }
  }

  func multiply(_ running: Matrix) -> Matrix {
    if blocks == 1 { return weight.multiply(running) }
    let products = (0..<blocks).flatMap { block in
      weight.multiply(running.block(start: block * weight.columns, count: weight.columns)).values
    }
    return Matrix(rows: blocks * weight.rows, columns: running.columns, values: products)
  }

  /// Encloses W v for all v in a box, which may be unbounded: 0 times anything is 0.
  func enclose(_ box: IntervalVector) -> IntervalVector {
    if !box.isFinite { return encloseUnbounded(box) }
    let column = IntervalMatrix(
      lower: Matrix(rows: box.count, columns: 1, values: box.lower),
      upper: Matrix(rows: box.count, columns: 1, values: box.upper))
    let product = enclose(times: column)
    return IntervalVector(lower: product.lower.values, upper: product.upper.values)
  }

  private func encloseUnbounded(_ box: IntervalVector) -> IntervalVector {
    IntervalVector(
      (0..<blocks * weight.rows).map { row in
        let block = row / weight.rows
        return (0..<weight.columns).reduce(Interval(0)) { sum, j in
          sum + weightEnclosure[row % weight.rows, j] * box[block * weight.columns + j]
        }
      })
  }

  func enclose(times running: IntervalMatrix) -> IntervalMatrix {
    var lower: [Double] = []
    var upper: [Double] = []
    for block in 0..<blocks {
      let product = weightEnclosure * running.block(start: block * weight.columns, count: weight.columns)
      lower += product.lower.values
      upper += product.upper.values
    }
    let rows = blocks * weight.rows
    return IntervalMatrix(
      lower: Matrix(rows: rows, columns: running.columns, values: lower),
      upper: Matrix(rows: rows, columns: running.columns, values: upper))
  }
}
