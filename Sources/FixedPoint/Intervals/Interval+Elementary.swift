internal import Glibc

/// Elementary functions of intervals.
///
/// A bound is the C library's value moved outwards by as many units in the last place as that value may be off
/// (``Accuracy``), and kept within the function's known range: it encloses the exact value and the C library's. The vector
/// library's may lie a few units outside (``Activation/loosened(_:over:ulps:)``). The functions are exact at 0 (and stay exact there).
extension Interval: ElementaryScalar {
  /// Units in the last place by which a result of the C library may be off, as intervals allow for.
  ///
  /// The largest errors known are 0.52 for exp, sin, cos, atan and pow (whose authors prove less than 0.6), 0.91 for expm1,
  /// 0.90 for log1p, 1.43 for erf, 2.16 for tanh and 5.19 for erfc.
  ///
  /// Source: Gladman, Innocente, Mather, Zimmermann, *Accuracy of Mathematical Functions in Single, Double, Double
  /// Extended, and Quadruple Precision*, 2024 (GNU C Library 2.36 and later).
  private enum Accuracy {
    static let exp = 1.0
    static let expm1 = 2.0
    static let log1p = 2.0
    static let tanh = 3.0
    static let atan = 1.0
    static let erf = 2.0
    static let erfc = 6.0
    static let sine = 1.0
    static let power = 1.0
  }

  static let pi = Interval(Double.pi, Double.pi.nextUp)
  /// 1.12837916709551257389…
  static let twoOverRootPi = Interval(0x1.20dd750429b6dp+0, 0x1.20dd750429b6ep+0)

  /// Of the part of the operand that is not negative; everything if there is none.
  static func root(_ operand: Interval) -> Interval {
    guard operand.upper >= 0 else { return .everything }
    return Interval(Rounding.rootDown(max(operand.lower, 0)), Rounding.rootUp(operand.upper))
  }

  static func exp(_ operand: Interval) -> Interval {
    increasing(operand, Accuracy.exp, Glibc.exp).positive
  }

  static func expm1(_ operand: Interval) -> Interval {
    increasing(operand, Accuracy.expm1, Glibc.expm1).clamped(-1, .infinity)
  }

  /// Unbounded below where the operand reaches -1.
  static func log1p(_ operand: Interval) -> Interval {
    guard operand.upper > -1 else { return .everything }
    return increasing(Interval(max(operand.lower, -1), operand.upper), Accuracy.log1p, Glibc.log1p)
  }

  static func tanh(_ operand: Interval) -> Interval { increasing(operand, Accuracy.tanh, Glibc.tanh).clamped(-1, 1) }
  static func atan(_ operand: Interval) -> Interval { increasing(operand, Accuracy.atan, Glibc.atan) }
  static func erf(_ operand: Interval) -> Interval { increasing(operand, Accuracy.erf, Glibc.erf).clamped(-1, 1) }

  static func erfc(_ operand: Interval) -> Interval {
    let bounds = (-increasing(operand, Accuracy.erfc) { -Glibc.erfc($0) }).positive
    return Interval(bounds.lower, min(bounds.upper, 2))
  }

  static func sin(_ operand: Interval) -> Interval { wave(operand, Glibc.sin, slope: Glibc.cos) }
  static func cos(_ operand: Interval) -> Interval { wave(operand, Glibc.cos) { -Glibc.sin($0) } }

  /// A function that does not decrease, from its values at the ends.
  private static func increasing(_ operand: Interval, _ ulps: Double, _ function: (Double) -> Double) -> Interval {
    Interval(
      outwards(function(operand.lower), -1, ulps: ulps), outwards(function(operand.upper), 1, ulps: ulps))
  }

  /// A value moved by `ulps` in a direction: 0 where the function is exactly 0, else past the smallest numbers too.
  private static func outwards(_ value: Double, _ direction: Double, ulps: Double) -> Double {
    if value == 0 { return 0 }
    if value.isInfinite { return value * direction > 0 ? value : -direction * .greatestFiniteMagnitude }
    // Next to underflow a result has fewer digits, or none.
    if abs(value) < 0x1p-1000 && value * direction < 0 { return 0 }
    // Away from 0 the exact value may be past the next power of two, where units are larger.
    let unit = value * direction > 0 ? (abs(value) + ulps * value.ulp).ulp : value.ulp
    return value + direction * ulps * unit
  }

  /// For a function that is never 0: an underflow to 0 is none.
  private var positive: Interval { Interval(max(lower, 0), max(upper, .leastNonzeroMagnitude)) }
}

// Waves.
extension Interval {
  /// sin or cos, with its derivative.
  ///
  /// The C library reduces arguments of any size exactly, so that the sign of the derivative at a number is right: no
  /// number of the format but 0 is so near to a zero of sin or cos that its sign could be lost. An interval no wider
  /// than 6.28 < 2π holds two zeros of the derivative at most: one if it has different signs at the ends, which is then a
  /// maximum or a minimum, none if the signs agree and the interval is narrower than π. No multiple of π is needed.
  private static func wave(
    _ operand: Interval, _ function: (Double) -> Double, slope: (Double) -> Double
  ) -> Interval {
    guard operand.isFinite, operand.width <= 6.28 else { return Interval(-1, 1) }
    let ends = [operand.lower, operand.upper].map { end in
      let value = function(end)
      return Interval(outwards(value, -1, ulps: Accuracy.sine), outwards(value, 1, ulps: Accuracy.sine))
    }
    let hull = ends[0].hull(ends[1]).clamped(-1, 1)
    if operand.lower == operand.upper { return hull }
    // At 0, where the cosine's derivative is 0, the sign next to it inside the interval counts.
    let rises = (
      start: slope(operand.lower == 0 ? .leastNonzeroMagnitude : operand.lower) > 0,
      end: slope(operand.upper == 0 ? -.leastNonzeroMagnitude : operand.upper) > 0
    )
    switch rises {
    case (true, false): return Interval(hull.lower, 1)
    case (false, true): return Interval(-1, hull.upper)
    case (true, true), (false, false): return operand.width < 3.14 ? hull : Interval(-1, 1)
    }
  }
}

// The normal distribution.
extension Interval {
  /// At a number the square is split exactly, t² = h + l: exp(s h) exp(s l) loses nothing to the rounding of t².
  static func exp(_ factor: Double, timesSquareOf t: Interval) -> Interval {
    let most = bell(factor, t.mignitude)
    let least = bell(factor, t.magnitude)
    return Interval(least.lower, most.upper)
  }

  private static func bell(_ factor: Double, _ t: Double) -> Interval {
    let square = t * t
    // exp(-745.2) is the last that is not 0.
    guard factor * square > -800 else { return Interval(0, .leastNonzeroMagnitude) }
    let decay = exp(Interval(factor * square))
    // 1 + x <= eˣ <= 1 + x + x² for |x| <= 1.
    let rest = Interval(factor * (-square).addingProduct(t, t))
    return decay * (Interval(1) + rest + Interval(0, Rounding.productUp(rest.lower, rest.lower)))
  }

  /// Increasing, so from its values at the ends.
  static func normalDistribution(_ t: Interval) -> Interval {
    Interval(normalDistribution(at: t.lower).lower, normalDistribution(at: t.upper).upper)
  }

  /// ½ + ½ erf(t / √2) near 0, 1 - Φ(-t) right of it, ½ erfc(-t / √2) left of it: where each has the most digits.
  private static func normalDistribution(at t: Double) -> Interval {
    if t >= 0.67 { return Interval(1) - normalDistribution(at: -t) }
    let (argument, rest) = dividedByRootTwo(t)
    guard abs(argument) < 30 else { return Interval(0.5) * erfc(Interval(-argument)) }
    // ½ erf(a + δ) = ½ erf(a) + δ exp(-ξ²) / √π with ξ between a and a + δ; and ½ erfc in the same way.
    let change = rest * exp(-1, timesSquareOf: Interval(argument) + rest.hull(Interval(0))) / root(pi)
    let half =
      t > -0.67
      ? Interval(0.5) + Interval(0.5) * erf(Interval(argument)) : Interval(0.5) * erfc(Interval(-argument))
    return (half + change).clamped(0, 1)
  }

  /// t / √2 = a + δ split exactly.
  private static func dividedByRootTwo(_ t: Double) -> (argument: Double, rest: Interval) {
    // √½ to 107 bits.
    let (high, low) = (0x1.6a09e667f3bcdp-1, -0x1.bdd3413b26456p-55)
    let argument = t * high
    guard argument.isFinite else { return (argument, Interval(0)) }
    let rest = Interval((-argument).addingProduct(t, high)) + Interval(t) * Interval(low.nextDown, low.nextUp)
    return (argument, rest + Interval(-0x1p-1060, 0x1p-1060))
  }
}

// Powers.
extension Interval {
  /// baseᑫ as a power of numbers is taken: of any base for an integer q, with x⁰ = 1 for every x; of a base >= 0 for any
  /// other q. ``everything`` where it is not defined; unbounded where 0 meets a negative exponent.
  static func power(_ base: Interval, _ exponent: Double) -> Interval {
    if exponent == 0 { return Interval(1) }
    if exponent == 1 { return base }
    if base.lower >= 0 { return powerOfMagnitude(base, exponent) }
    guard exponent.isInteger else { return .everything }
    if exponent.isEvenInteger { return powerOfMagnitude(base.absolute, exponent) }
    if base.upper <= 0 { return -powerOfMagnitude(base.absolute, exponent) }
    if exponent < 0 { return .everything }
    return Interval(
      -powerOfMagnitude(Interval(-base.lower), exponent).upper, powerOfMagnitude(Interval(base.upper), exponent).upper)
  }

  /// base^(q - 1): q - 1 may be no number of the format, and a power near 1e-300 feels its last digit.
  static func power(_ base: Interval, oneBelow exponent: Double) -> Interval {
    let reduced = Interval(exponent) - Interval(1)
    if reduced.lower == reduced.upper { return power(base, reduced.lower) }
    // Between exponents next to each other x^q is monotone in q.
    let size = powerOfMagnitude(base.absolute, reduced.lower).hull(powerOfMagnitude(base.absolute, reduced.upper))
    if base.lower >= 0 { return size }
    // An integer q whose predecessor is no number of the format is even.
    guard exponent.isInteger else { return .everything }
    return base.upper <= 0 ? -size : Interval(-size.upper, size.upper)
  }

  /// operand^(1/degree) for an operand >= 0 and a degree >= 1.
  static func root(_ operand: Interval, _ degree: Double) -> Interval {
    if degree == 1 { return operand }
    if degree == 2 { return root(operand) }
    let exponent = Interval(1) / Interval(degree)
    return power(operand, exponent.lower).hull(power(operand, exponent.upper))
  }

  private var absolute: Interval { Interval(mignitude, magnitude) }

  /// Of a base >= 0 and an exponent that is neither 0 nor 1.
  private static func powerOfMagnitude(_ base: Interval, _ exponent: Double) -> Interval {
    switch exponent {
    case 2: return Interval(Rounding.productDown(base.lower, base.lower), Rounding.productUp(base.upper, base.upper))
    case -1 where base.lower > 0: return Interval(1) / base
    case ..<0: return (-increasing(base, Accuracy.power) { -Glibc.pow(abs($0), exponent) }).positive
    default:
      let bounds = increasing(base, Accuracy.power) { Glibc.pow($0, exponent) }
      return base.upper > 0 ? bounds.positive : Interval(0)
    }
  }

  func clamped(_ low: Double, _ high: Double) -> Interval {
    Interval(Swift.min(Swift.max(lower, low), high), Swift.max(Swift.min(upper, high), low))
  }
}

extension Double {
  var isInteger: Bool { rounded() == self }
  /// Numbers from 2⁵³ on are even integers, all of them.
  var isEvenInteger: Bool { truncatingRemainder(dividingBy: 2) == 0 }
}
