/// A decimal number of up to 19 digits while it is read, and its correctly rounded `Double`.
///
/// The value is ±digits · 10^exponent. For |exponent| <= 27 a single exact integer product or division decides the
/// rounding (5^27 < 2^63), so nothing is approximated; longer or larger numbers are left to the standard library.
struct DecimalNumber {
  var isNegative = false
  var exponent = 0
  private var digits: UInt64 = 0
  private var isLong = false

  /// Takes one more digit; `exponentStep` is -1 behind the decimal point.
  mutating func append(_ digit: UInt8, exponentStep: Int) {
    exponent += exponentStep
    guard digits < 1_000_000_000_000_000_000 else {
      isLong = true
      return
    }
    digits = digits &* 10 &+ UInt64(digit)
  }

  /// The nearest `Double`, ties to even; `nil` if the number is too long or too large for the short way.
  var value: Double? {
    guard !isLong, abs(exponent) <= 27 else { return nil }
    guard digits > 0 else { return isNegative ? -0.0 : 0 }
    let magnitude = exponent < 0 ? quotient : product
    return isNegative ? -magnitude : magnitude
  }

  private var product: Double {
    let exact = UInt128(digits) * UInt128(Self.powersOfFive[exponent])
    let shift = max(0, 64 - exact.leadingZeroBitCount)
    let top = UInt64(truncatingIfNeeded: exact >> UInt128(shift))
    let isExact = UInt128(top) << UInt128(shift) == exact
    return Self.round(top, isExact: isExact, exponent: shift + exponent)
  }

  /// digits / 5^k by one division of 128 by 64 bits: the quotient has at least 63 bits, the remainder says the rest.
  private var quotient: Double {
    let divisor = Self.powersOfFive[-exponent]
    let divisorShift = divisor.leadingZeroBitCount
    let digitShift = digits.leadingZeroBitCount
    let normalized = digits << UInt64(digitShift)
    let (top, remainder) = (divisor << UInt64(divisorShift)).dividingFullWidth((normalized >> 1, normalized << 63))
    return Self.round(top, isExact: remainder == 0, exponent: divisorShift - digitShift - 63 + exponent)
  }

  /// top · 2^exponent (plus a little if not exact) to 53 bits, ties to even.
  private static func round(_ top: UInt64, isExact: Bool, exponent: Int) -> Double {
    // With the lowest bit as a sticky bit the conversion of 64 bits rounds as if it saw them all: `top` has at least
    // 55 bits whenever it is not exact.
    Double(isExact ? top : top | 1) * Double(sign: .plus, exponent: exponent, significand: 1)
  }

  private static let powersOfFive: [UInt64] = (0...27).reduce(into: []) { powers, _ in
    powers.append((powers.last ?? 0) == 0 ? 1 : (powers.last ?? 1) * 5)
  }
}
