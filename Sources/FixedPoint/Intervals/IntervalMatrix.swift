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

  public var rows: Int { lower.rows }
  public var columns: Int { lower.columns }
}
