/// A closed interval of real numbers [lower, upper], rounded outwards by every operation.
///
/// Soundness: sums, products, quotients and square roots are rounded in the right direction (``Rounding``); elementary
/// functions widen the C library's result (`Interval+Elementary.swift`). Since rounding is monotone, a formula evaluated
/// with intervals encloses the exact value of the formula and also what the same formula yields in floating point.
///
/// Source: Neumaier, Interval Methods for Systems of Equations, 1990, chapter 1.
public struct Interval: Sendable, Hashable {
  public var lower: Double
  public var upper: Double

  /// - Precondition: lower <= upper, so neither is NaN.
  public init(_ lower: Double, _ upper: Double) {
    precondition(lower <= upper, "an interval's lower bound is at most its upper bound")
    self.lower = lower
    self.upper = upper
  }

  /// The interval that holds one number.
  public init(_ value: Double) { self.init(value, value) }

  /// upper - lower, rounded up.
  public var width: Double { Rounding.sumUp(upper, -lower) }
  /// A number inside, near the middle.
  public var midpoint: Double { min(max(0.5 * lower + 0.5 * upper, lower), upper) }
  /// The largest absolute value.
  public var magnitude: Double { max(abs(lower), abs(upper)) }
  /// The smallest absolute value.
  public var mignitude: Double { contains(0) ? 0 : min(abs(lower), abs(upper)) }
  public var isFinite: Bool { lower.isFinite && upper.isFinite }

  public func contains(_ value: Double) -> Bool { lower <= value && value <= upper }
  public func contains(_ other: Interval) -> Bool { lower <= other.lower && other.upper <= upper }

  /// The smallest interval that holds both.
  public func hull(_ other: Interval) -> Interval { Interval(min(lower, other.lower), max(upper, other.upper)) }

  /// What both hold, `nil` if nothing.
  public func intersection(_ other: Interval) -> Interval? {
    let low = max(lower, other.lower)
    let high = min(upper, other.upper)
    return low <= high ? Interval(low, high) : nil
  }

  /// Both bounds moved outwards by `ulps` units in the last place; a bound that is 0 stays 0.
  public func widened(byUlps ulps: Double) -> Interval {
    Interval(lower == 0 ? 0 : lower - ulps * lower.ulp, upper == 0 ? 0 : upper + ulps * upper.ulp)
  }
}

extension Interval {
  public static prefix func - (operand: Interval) -> Interval { Interval(-operand.upper, -operand.lower) }

  public static func + (left: Interval, right: Interval) -> Interval {
    Interval(Rounding.sumDown(left.lower, right.lower), Rounding.sumUp(left.upper, right.upper))
  }

  public static func - (left: Interval, right: Interval) -> Interval { left + -right }

  public static func * (left: Interval, right: Interval) -> Interval {
    let corners = [
      (left.lower, right.lower), (left.lower, right.upper), (left.upper, right.lower), (left.upper, right.upper),
    ]
    var low = Double.infinity
    var high = -Double.infinity
    for (a, b) in corners {
      low = min(low, Rounding.productDown(a, b))
      high = max(high, Rounding.productUp(a, b))
    }
    return Interval(low, high)
  }

  /// - Precondition: the divisor does not hold 0.
  public static func / (left: Interval, right: Interval) -> Interval {
    precondition(!right.contains(0), "the divisor of intervals does not hold 0")
    let corners = [
      (left.lower, right.lower), (left.lower, right.upper), (left.upper, right.lower), (left.upper, right.upper),
    ]
    var low = Double.infinity
    var high = -Double.infinity
    for (a, b) in corners {
      low = min(low, Rounding.quotientDown(a, b))
      high = max(high, Rounding.quotientUp(a, b))
    }
    return Interval(low, high)
  }
}
