/// A box: for each entry an interval [lower, upper].
public struct IntervalVector: Sendable, Equatable {
  public var lower: [Double]
  public var upper: [Double]

  public init(lower: [Double], upper: [Double]) {
    precondition(lower.count == upper.count, "a box has as many lower as upper bounds")
    self.lower = lower
    self.upper = upper
  }

  public var count: Int { lower.count }
}
