internal import LinearAlgebra

/// The residuals of a step, from one pass over the iterate z and its image f(z); nothing is allocated.
///
/// Every loop needs them at every step; the distances of the cone, ``ConeDistances``, cost as much again.
/// Source: theory, section 4.
struct StepResidual: Sendable, Equatable {
  /// ‖f(z) - z‖₂; infinite where an entry of z or f(z) is not finite.
  let norm: LazyNorm
  /// ‖f(z)‖₂, likewise.
  private let imageNorm: LazyNorm
  /// ‖f(z) - z‖_inf; infinite where an entry of z or f(z) is not finite.
  let sup: Double
  /// The largest absolute value among the entries of z and f(z).
  let scale: Double
  /// Every entry of z and f(z) is finite.
  let isFinite: Bool

  init(iterate: Span<Double>, image: Span<Double>) {
    self.init(ResidualSums(iterate: iterate, image: image), iterate: iterate, image: image)
  }

  /// From the sums of this iterate and its image.
  @inline(__always)
  init(_ sums: ResidualSums, iterate: Span<Double>, image: Span<Double>) {
    scale = sums.scale
    isFinite = sums.scale.isFinite && !sums.squaredResidual.isNaN
    guard isFinite else {
      (norm, imageNorm, sup) = (.infinite, .infinite, .infinity)
      return
    }
    sup = sums.sup
    norm = LazyNorm(squared: sums.squaredResidual, of: iterate.count) { image[$0] - iterate[$0] }
    imageNorm = LazyNorm(squared: sums.squaredImage, of: image.count) { image[$0] }
  }

  /// ‖f(z) - z‖₂; infinite where an entry of z or f(z) is not finite.
  var absolute: Double { norm.value }

  /// ‖f(z) - z‖₂ / ‖f(z)‖₂: 0 where f(z) = z, `nil` where f(z) = 0 otherwise.
  var relative: Double? {
    guard isFinite else { return nil }
    let (residual, size) = (norm.value, imageNorm.value)
    return residual == 0 ? 0 : size == 0 || !residual.isFinite ? nil : residual / size
  }

  /// Whether ``relative`` is above a tolerance by more than rounding: told without a root.
  func isClearlyBeyond(relative tolerance: Double) -> Bool {
    norm.isClearlyBeyond(tolerance, times: imageNorm)
  }
}

/// A Euclidean norm whose root is taken where it is asked for: most steps of a solve need none.
struct LazyNorm: Sendable, Equatable {
  /// The norm, or its square.
  private let stored: Double
  private let isSquared: Bool

  static let zero = LazyNorm(stored: 0, isSquared: true)
  static let infinite = LazyNorm(stored: .infinity, isSquared: true)

  private init(stored: Double, isSquared: Bool) {
    self.stored = stored
    self.isSquared = isSquared
  }

  /// The norm of the vector with `count` finite entries `entry(i)`, whose squares sum to `squared` unless too much was
  /// lost to overflow or underflow on the way.
  @inline(__always)
  init(squared: Double, of count: Int, _ entry: (Int) -> Double) {
    isSquared = Norm.isSafe(squared)
    stored = isSquared ? squared : Norm.euclidean(count, entry)
  }

  var value: Double { isSquared ? stored.squareRoot() : stored }

  /// The smaller of the two; roots keep the order.
  @inline(__always)
  func least(_ other: LazyNorm) -> LazyNorm { other.isBelow(self) ? other : self }

  @inline(__always)
  func greatest(_ other: LazyNorm) -> LazyNorm { isBelow(other) ? other : self }

  @inline(__always)
  private func isBelow(_ other: LazyNorm) -> Bool {
    isSquared && other.isSquared ? stored < other.stored : value < other.value
  }

  /// Whether value > factor · other.value by more than the rounding of both sides; false where squares do not tell.
  func isClearlyBeyond(_ factor: Double, times other: LazyNorm) -> Bool {
    // No square underflows: those that are stored are above 1e-200.
    isSquared && other.isSquared && factor > 1e-50 && stored > 1.000_001 * (factor * factor) * other.stored
  }
}

/// The Euclidean norm without overflow or underflow on the way.
enum Norm {
  /// Whether a sum of squares lost nothing to overflow or underflow, so that its root is the norm.
  static func isSafe(_ squared: Double) -> Bool { squared > 1e-200 && squared.isFinite }

  /// The norm of the vector with `count` finite entries `entry(i)`.
  static func euclidean(_ count: Int, _ entry: (Int) -> Double) -> Double {
    var largest = 0.0
    for i in 0..<count { largest = max(largest, abs(entry(i))) }
    guard largest > 0, largest.isFinite else { return largest }
    // A power of two scales without rounding.
    let scale = Double(sign: .plus, exponent: largest.exponent, significand: 1)
    var sum = 0.0
    for i in 0..<count {
      let scaled = entry(i) / scale
      sum += scaled * scaled
    }
    return sum.squareRoot() * scale
  }
}
