internal import Glibc

/// Elementary functions of intervals.
///
/// A bound is the C library's value moved outwards by ``ulps`` units in the last place and kept within the function's
/// known range. The C library documents errors of at most 5 units for erfc, which a forward pass takes from it too, and
/// of at most 2 for the others, for which a forward pass may use the vector library with at most 4: 8 cover the exact
/// value and both computed ones. The functions are exact at 0 (and stay exact there).
///
/// `sin` and `cos` are meant for narrow intervals: a wide one, or one around an extremum, gives [-1, 1].
///
/// Source: GNU C library manual, "Known maximum errors in math functions".
extension Interval: ElementaryScalar {
  /// Units in the last place by which an elementary function's bounds are widened.
  public static let ulps = 8.0

  static let pi = Interval(Double.pi, Double.pi.nextUp)

  static func root(_ operand: Interval) -> Interval {
    Interval(Rounding.rootDown(max(operand.lower, 0)), Rounding.rootUp(operand.upper))
  }

  static func exp(_ operand: Interval) -> Interval {
    let bounds = increasing(operand, Glibc.exp)
    return Interval(max(bounds.lower, 0), max(bounds.upper, .leastNonzeroMagnitude))
  }

  static func expm1(_ operand: Interval) -> Interval { increasing(operand, Glibc.expm1).clamped(-1, .infinity) }
  static func log1p(_ operand: Interval) -> Interval { increasing(operand, Glibc.log1p) }
  static func tanh(_ operand: Interval) -> Interval { increasing(operand, Glibc.tanh).clamped(-1, 1) }
  static func atan(_ operand: Interval) -> Interval { increasing(operand, Glibc.atan) }
  static func erf(_ operand: Interval) -> Interval { increasing(operand, Glibc.erf).clamped(-1, 1) }

  static func erfc(_ operand: Interval) -> Interval {
    let bounds = -increasing(operand) { -Glibc.erfc($0) }
    return Interval(max(bounds.lower, 0), min(max(bounds.upper, .leastNonzeroMagnitude), 2))
  }

  static func sin(_ operand: Interval) -> Interval { oscillating(operand, Glibc.sin, slope: Glibc.cos) }
  static func cos(_ operand: Interval) -> Interval { oscillating(operand, Glibc.cos, slope: Glibc.sin) }

  /// operandᑫ for an operand >= 0 and any exponent; unbounded where 0 meets a negative exponent.
  static func power(_ operand: Interval, _ exponent: Double) -> Interval {
    if exponent == 1 { return operand }
    if exponent < 0 {
      let bounds = -increasing(operand) { -Glibc.pow($0, exponent) }
      return Interval(max(bounds.lower, 0), max(bounds.upper, .leastNonzeroMagnitude))
    }
    let bounds = increasing(operand) { Glibc.pow($0, exponent) }
    return Interval(max(bounds.lower, 0), operand.upper > 0 ? max(bounds.upper, .leastNonzeroMagnitude) : 0)
  }

  /// operand^(1/degree) for an operand >= 0 and a degree >= 1.
  static func root(_ operand: Interval, _ degree: Double) -> Interval {
    if degree == 1 { return operand }
    if degree == 2 { return root(operand) }
    let exponent = Interval(1) / Interval(degree)
    return power(operand, exponent.lower).hull(power(operand, exponent.upper))
  }

  private static func increasing(_ operand: Interval, _ function: (Double) -> Double) -> Interval {
    let low = function(operand.lower)
    let high = function(operand.upper)
    return Interval(outwards(low, -1), outwards(high, 1))
  }

  /// A value moved by ``ulps`` in a direction: 0 where the function is exactly 0, else past the smallest numbers too.
  private static func outwards(_ value: Double, _ direction: Double) -> Double {
    if value == 0 { return 0 }
    if value.isInfinite { return value * direction > 0 ? value : -direction * .greatestFiniteMagnitude }
    // A vector function may flush a result next to underflow to 0.
    if abs(value) < 0x1p-1000 && value * direction < 0 { return 0 }
    return value + direction * ulps * value.ulp
  }

  private static func oscillating(
    _ operand: Interval, _ function: (Double) -> Double, slope: (Double) -> Double
  ) -> Interval {
    let ends = Interval(function(operand.lower)).hull(Interval(function(operand.upper))).widened(byUlps: ulps)
    // Slopes of one sign at both ends less than half a turn apart: monotone in between.
    let slopes = (slope(operand.lower), slope(operand.upper))
    guard operand.width < 3, slopes.0 * slopes.1 > 1e-12 || operand.width == 0 else { return Interval(-1, 1) }
    return ends.clamped(-1, 1)
  }

  func clamped(_ low: Double, _ high: Double) -> Interval {
    Interval(Swift.min(Swift.max(lower, low), high), Swift.max(Swift.min(upper, high), low))
  }
}
