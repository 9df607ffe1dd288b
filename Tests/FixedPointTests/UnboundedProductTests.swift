import FixedPoint
import LinearAlgebra
import Testing

/// Products of interval matrices whose entries are unbounded or overflow: nothing may get lost beside a NaN.
struct UnboundedProductTests {
  private static func row(_ lower: [Double], _ upper: [Double]) -> IntervalMatrix {
    IntervalMatrix(
      lower: Matrix(rows: 1, columns: lower.count, values: lower),
      upper: Matrix(rows: 1, columns: upper.count, values: upper))
  }

  private static func column(_ lower: [Double], _ upper: [Double]) -> IntervalMatrix { row(lower, upper).transposed }

  @Test func zeroTimesAnUnboundedInterval() {
    let product = Self.row([-1], [0]) * Self.column([-.infinity], [-5])
    #expect(product.lower[0, 0] <= 0 && product.upper[0, 0] == .infinity)
    let other = Self.row([0, 1], [0, 1]) * Self.column([-.infinity, 2], [.infinity, 3])
    #expect(other.lower[0, 0] <= 2 && other.upper[0, 0] >= 3)
    #expect(other.lower[0, 0] > 1 && other.upper[0, 0] < 4)
  }

  @Test func overflowInBothDirections() {
    let product = Self.row([1e200, -1e200], [1e200, -1e200]) * Self.column([1e200, 1e200], [1e201, 1e201])
    #expect(product.lower[0, 0] == -.infinity && product.upper[0, 0] == .infinity)
  }
}
