internal import LinearAlgebra

/// The residuals of a step, from one pass over the iterate z and its image f(z); nothing is allocated.
///
/// Every loop needs them at every step; the distances of the cone, ``ConeDistances``, cost as much again.
/// Source: theory, section 4.
struct StepResidual: Sendable, Equatable {
  /// ‖f(z) - z‖₂; infinite where an entry of z or f(z) is not finite.
  let absolute: Double
  /// ‖f(z) - z‖₂ / ‖f(z)‖₂: 0 where f(z) = z, `nil` where f(z) = 0 otherwise.
  let relative: Double?
  /// ‖f(z) - z‖_inf; infinite where an entry of z or f(z) is not finite.
  let sup: Double
  /// The largest absolute value among the entries of z and f(z).
  let scale: Double
  /// Every entry of z and f(z) is finite.
  let isFinite: Bool

  init(iterate: Span<Double>, image: Span<Double>) {
    let sums = ResidualSums(iterate: iterate, image: image)
    scale = sums.scale
    isFinite = sums.scale.isFinite && !sums.squaredResidual.isNaN
    guard isFinite else {
      absolute = .infinity
      relative = nil
      sup = .infinity
      return
    }
    sup = sums.sup
    let residual =
      Norm.isSafe(sums.squaredResidual)
      ? sums.squaredResidual.squareRoot() : Norm.euclidean(iterate.count) { image[$0] - iterate[$0] }
    let size =
      Norm.isSafe(sums.squaredImage)
      ? sums.squaredImage.squareRoot() : Norm.euclidean(image.count) { image[$0] }
    absolute = residual
    relative = residual == 0 ? 0 : size == 0 || !residual.isFinite ? nil : residual / size
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
