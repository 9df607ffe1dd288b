/// A box: for each entry an interval [lower, upper].
public struct IntervalVector: Sendable, Equatable {
  public var lower: [Double]
  public var upper: [Double]

  public init(lower: [Double], upper: [Double]) {
    precondition(lower.count == upper.count, "a box has as many lower as upper bounds")
    self.lower = lower
    self.upper = upper
  }

  /// The box that holds one point.
  public init(_ point: [Double]) { self.init(lower: point, upper: point) }

  public init(_ intervals: [Interval]) { self.init(lower: intervals.map(\.lower), upper: intervals.map(\.upper)) }

  public var count: Int { lower.count }

  public subscript(index: Int) -> Interval {
    get { Interval(lower[index], upper[index]) }
    set {
      lower[index] = newValue.lower
      upper[index] = newValue.upper
    }
  }

  public var intervals: [Interval] { (0..<count).map { self[$0] } }
  public var midpoint: [Double] { intervals.map(\.midpoint) }
  public var isFinite: Bool { intervals.allSatisfy(\.isFinite) }
  /// The largest width of an entry; 0 for an empty list of entries.
  public var width: Double { intervals.map(\.width).max() ?? 0 }
  /// The largest absolute value of each entry.
  public var magnitude: [Double] { intervals.map(\.magnitude) }

  public func contains(_ point: [Double]) -> Bool {
    point.count == count && (0..<count).allSatisfy { self[$0].contains(point[$0]) }
  }

  public func contains(_ other: IntervalVector) -> Bool {
    other.count == count && (0..<count).allSatisfy { self[$0].contains(other[$0]) }
  }

  /// The smallest box that holds both.
  public func hull(_ other: IntervalVector) -> IntervalVector {
    precondition(other.count == count, "boxes of one dimension")
    return IntervalVector((0..<count).map { self[$0].hull(other[$0]) })
  }

  /// What both hold, `nil` if nothing.
  public func intersection(_ other: IntervalVector) -> IntervalVector? {
    precondition(other.count == count, "boxes of one dimension")
    var result = self
    for i in 0..<count {
      guard let common = self[i].intersection(other[i]) else { return nil }
      result[i] = common
    }
    return result
  }

  public static func + (left: IntervalVector, right: IntervalVector) -> IntervalVector {
    precondition(left.count == right.count, "boxes of one dimension")
    return IntervalVector((0..<left.count).map { left[$0] + right[$0] })
  }

  public static func * (factor: Double, box: IntervalVector) -> IntervalVector {
    IntervalVector(box.intervals.map { Interval(factor) * $0 })
  }
}
