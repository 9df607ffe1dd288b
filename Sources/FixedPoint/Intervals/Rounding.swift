/// Directed rounding: the largest number at most, or the smallest at least, the exact result.
///
/// The rounding error of a sum or product is itself a number of the format, which decides the direction, so that exact
/// results stay exact; next to underflow, and for quotients with a remainder, the step is one unit in the last place.
/// A bound is never NaN: an undetermined one is infinite.
///
/// Source: Knuth, The Art of Computer Programming 2, theorem 4.2.2B (two-sum); the remainder by fused multiply-add.
enum Rounding {
  static func sumDown(_ a: Double, _ b: Double) -> Double {
    let sum = a + b
    guard sum.isFinite else { return overflowDown(sum, a, b) }
    let error = sumError(a, b, sum)
    // Next to the largest number the error's own computation may overflow: then a unit is taken off in any case.
    return error >= 0 ? sum : sum.nextDown
  }

  static func sumUp(_ a: Double, _ b: Double) -> Double { -sumDown(-a, -b) }

  static func productDown(_ a: Double, _ b: Double) -> Double {
    if a == 0 || b == 0 { return 0 }
    let product = a * b
    guard product.isFinite else { return overflowDown(product, a, b) }
    if abs(product) < tiny { return (a > 0) == (b > 0) ? max(0, product.nextDown) : product.nextDown }
    return (-product).addingProduct(a, b) < 0 ? product.nextDown : product
  }

  static func productUp(_ a: Double, _ b: Double) -> Double { -productDown(-a, b) }

  static func quotientDown(_ a: Double, _ b: Double) -> Double {
    if a == 0 { return 0 }
    let quotient = a / b
    guard quotient.isFinite else { return overflowDown(quotient, a, b) }
    if abs(quotient) < tiny || abs(a) < tiny {
      return (a > 0) == (b > 0) ? max(0, quotient.nextDown) : quotient.nextDown
    }
    // a - quotient · b has the sign of (exact - quotient) · b.
    let remainder = a.addingProduct(-quotient, b)
    return (b > 0 ? remainder : -remainder) < 0 ? quotient.nextDown : quotient
  }

  static func quotientUp(_ a: Double, _ b: Double) -> Double { -quotientDown(-a, b) }

  static func rootDown(_ a: Double) -> Double {
    let root = a.squareRoot()
    return root == 0 || !root.isFinite ? root : (a.addingProduct(-root, root) < 0 || a < tiny ? root.nextDown : root)
  }

  static func rootUp(_ a: Double) -> Double {
    let root = a.squareRoot()
    return root == 0 || !root.isFinite ? root : (a.addingProduct(-root, root) > 0 || a < tiny ? root.nextUp : root)
  }

  /// Below this the error of a product may not be representable.
  private static let tiny = 0x1p-960

  /// The lower bound where the rounded result is not finite: infinite operands keep their infinity, an overflow upwards
  /// is bounded by the largest number, anything else is unbounded.
  private static func overflowDown(_ result: Double, _ a: Double, _ b: Double) -> Double {
    guard result == .infinity else { return -.infinity }
    return a.isInfinite || b.isInfinite ? .infinity : .greatestFiniteMagnitude
  }

  private static func sumError(_ a: Double, _ b: Double, _ sum: Double) -> Double {
    let seen = sum - a
    return (a - (sum - seen)) + (b - seen)
  }
}
