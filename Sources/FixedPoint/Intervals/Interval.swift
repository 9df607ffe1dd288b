/// A closed interval of real numbers [lower, upper], rounded outwards by every operation.
///
/// Soundness: sums, products, quotients and square roots are rounded in the right direction (``Rounding``); elementary
/// functions widen the C library's result (`Interval+Elementary.swift`). Since rounding is monotone, a formula evaluated
/// with intervals encloses the exact value of the formula and also what the same formula yields in floating point.
///
/// No operation traps or has an end that is NaN: where nothing is known (0 divides, infinities cancel, ends are NaN or in
/// the wrong order), the result is ``everything``. Ends may be infinite: a product of 0 and an unbounded interval is 0,
/// since infinite ends stand for numbers without a bound.
///
/// Source: Neumaier, Interval Methods for Systems of Equations, 1990, chapter 1.
public struct Interval: Sendable, Hashable {
  public var lower: Double
  public var upper: Double

  /// The numbers from `lower` to `upper`; ``everything`` unless lower <= upper.
  public init(_ lower: Double, _ upper: Double) {
    let isOrdered = lower <= upper
    self.lower = isOrdered ? lower : -.infinity
    self.upper = isOrdered ? upper : .infinity
  }

  /// The interval that holds one number; ``everything`` for NaN.
  public init(_ value: Double) { self.init(value, value) }

  /// All real numbers: nothing is known.
  public static let everything = Interval(-.infinity, .infinity)

  /// upper - lower, rounded up.
  public var width: Double { Rounding.sumUp(upper, -lower) }
  /// A number inside, near the middle; 0 for ``everything``.
  public var midpoint: Double {
    let middle = 0.5 * lower + 0.5 * upper
    return middle.isNaN ? 0 : min(max(middle, lower), upper)
  }
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

  /// Both bounds moved outwards by `ulps` units in the last place; a bound that is 0 or infinite stays.
  public func widened(byUlps ulps: Double) -> Interval {
    Interval(
      lower == 0 || lower.isInfinite ? lower : lower - ulps * lower.ulp,
      upper == 0 || upper.isInfinite ? upper : upper + ulps * upper.ulp)
  }
}

extension Interval {
  public static prefix func - (operand: Interval) -> Interval { Interval(-operand.upper, -operand.lower) }

  public static func + (left: Interval, right: Interval) -> Interval {
    Interval(Rounding.sumDown(left.lower, right.lower), Rounding.sumUp(left.upper, right.upper))
  }

  public static func - (left: Interval, right: Interval) -> Interval { left + -right }

  public static func * (left: Interval, right: Interval) -> Interval {
    let low = min(
      min(Rounding.productDown(left.lower, right.lower), Rounding.productDown(left.lower, right.upper)),
      min(Rounding.productDown(left.upper, right.lower), Rounding.productDown(left.upper, right.upper)))
    let high = max(
      max(Rounding.productUp(left.lower, right.lower), Rounding.productUp(left.lower, right.upper)),
      max(Rounding.productUp(left.upper, right.lower), Rounding.productUp(left.upper, right.upper)))
    return Interval(low, high)
  }

  /// ``everything`` if the divisor holds 0.
  public static func / (left: Interval, right: Interval) -> Interval {
    if right.contains(0) { return .everything }
    let low = min(
      min(Rounding.quotientDown(left.lower, right.lower), Rounding.quotientDown(left.lower, right.upper)),
      min(Rounding.quotientDown(left.upper, right.lower), Rounding.quotientDown(left.upper, right.upper)))
    let high = max(
      max(Rounding.quotientUp(left.lower, right.lower), Rounding.quotientUp(left.lower, right.upper)),
      max(Rounding.quotientUp(left.upper, right.lower), Rounding.quotientUp(left.upper, right.upper)))
    return Interval(low, high)
  }
}
