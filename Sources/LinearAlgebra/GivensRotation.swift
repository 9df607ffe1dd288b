internal import Glibc

/// A Givens rotation of two coordinates.
///
/// Source: Golub, Van Loan, *Matrix Computations*, section 5.1.8.
struct GivensRotation: Sendable, Equatable {
  let cosine: Double
  let sine: Double

  /// The rotation that takes (kept, zeroed) to (±hypot, 0).
  init(zeroing zeroed: Double, with kept: Double) {
    let length = hypot(kept, zeroed)
    (cosine, sine) = length == 0 ? (1, 0) : (kept / length, zeroed / length)
  }

  func turn(_ x: Double, _ y: Double) -> (Double, Double) { (cosine * x + sine * y, cosine * y - sine * x) }

  /// Turns entries i and i + 1.
  func apply(_ column: inout [Double], _ i: Int) { (column[i], column[i + 1]) = turn(column[i], column[i + 1]) }
}
