internal import LinearAlgebra

/// Products of interval matrices with a rigorous allowance for rounding.
///
/// Each bound is a sum of k products of end points, computed in floating point with error at most γ_k Σ|products|,
/// γ_k = k u / (1 - k u). The allowance is 2 (k + 8) u Σ|products|, so that it also covers the rounding of a product
/// W v that somebody else computes in any order: for v in the box, v = c + d with c the corner that gives the bound,
/// W v >= W c + |W| |d| and the error of the computed W v is at most γ_k (|W| |c| + |W| |d|), of which the second part
/// is far smaller than the distance |W| |d| to the bound. Underflow adds the smallest number per term.
/// A bound whose terms all have one sign keeps it.
///
/// Source: Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., 3.1; Rump, Acta Numerica 2010, section 8.
extension IntervalMatrix {
  public static func * (left: IntervalMatrix, right: IntervalMatrix) -> IntervalMatrix {
    precondition(left.columns == right.rows, "as many columns on the left as rows on the right")
    guard left.isFinite && right.isFinite else { return unboundedProduct(left, right) }
    var result = IntervalMatrix(Matrix(rows: left.rows, columns: right.columns))
    var row = IntervalProductRow(columns: right.columns)
    for i in 0..<left.rows {
      row.reset()
      for k in 0..<left.columns {
        row.add(left.lower[i, k], left.upper[i, k], times: right, row: k)
      }
      row.round(terms: left.columns, into: &result, row: i)
    }
    return result
  }

  /// Entry by entry, where 0 times an unbounded interval is 0: in floating point it would be NaN, which comparisons drop.
  private static func unboundedProduct(_ left: IntervalMatrix, _ right: IntervalMatrix) -> IntervalMatrix {
    var result = IntervalMatrix(Matrix(rows: left.rows, columns: right.columns))
    for i in 0..<left.rows {
      for j in 0..<right.columns {
        result[i, j] = (0..<left.columns).reduce(Interval(0)) { $0 + left[i, $1] * right[$1, j] }
      }
    }
    return result
  }

  public static func * (left: IntervalMatrix, right: IntervalVector) -> IntervalVector {
    let column = IntervalMatrix(
      lower: Matrix(rows: right.count, columns: 1, values: right.lower),
      upper: Matrix(rows: right.count, columns: 1, values: right.upper))
    let product = left * column
    return IntervalVector(lower: product.lower.values, upper: product.upper.values)
  }
}

/// One row of a product while it is summed.
struct IntervalProductRow {
  private var lower: [Double]
  private var upper: [Double]
  /// Sums of the absolute values of what `lower` and `upper` sum.
  private var lowerMagnitude: [Double]
  private var upperMagnitude: [Double]
  /// Sums of the right factors' magnitudes: 0 where every term is exactly 0.
  private var touched: [Double]

  init(columns: Int) {
    let zeros = [Double](repeating: 0, count: columns)
    (lower, upper, lowerMagnitude, upperMagnitude, touched) = (zeros, zeros, zeros, zeros, zeros)
  }

  mutating func reset() { self = IntervalProductRow(columns: lower.count) }

  mutating func add(_ low: Double, _ high: Double, times right: IntervalMatrix, row: Int) {
    if low == 0 && high == 0 { return }
    let start = row * right.columns
    for j in lower.indices {
      let bottom = right.lower.values[start + j]
      let top = right.upper.values[start + j]
      let least = min(min(low * bottom, low * top), min(high * bottom, high * top))
      let most = max(max(low * bottom, low * top), max(high * bottom, high * top))
      lower[j] += least
      upper[j] += most
      lowerMagnitude[j] += abs(least)
      upperMagnitude[j] += abs(most)
      touched[j] += abs(bottom) + abs(top)
    }
  }

  func round(terms: Int, into result: inout IntervalMatrix, row: Int) {
    let relative = Double(terms + 8) * Double.ulpOfOne
    for j in lower.indices where touched[j] > 0 {
      let underflow = Double(2 * terms) * Double.leastNonzeroMagnitude
      let low = lower[j] - (relative * lowerMagnitude[j] + underflow)
      let high = upper[j] + (relative * upperMagnitude[j] + underflow)
      // Terms that overflow in both directions leave the bound undetermined.
      result.lower[row, j] = low.isNaN ? -.infinity : lower[j] == lowerMagnitude[j] ? max(0, low) : low
      result.upper[row, j] = high.isNaN ? .infinity : upper[j] == -upperMagnitude[j] ? min(0, high) : high
    }
  }
}
