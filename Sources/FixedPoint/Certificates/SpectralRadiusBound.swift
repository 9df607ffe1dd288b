internal import Glibc
internal import LinearAlgebra

/// Proved bounds of the spectral radius of every matrix within an interval matrix; eigenvalues as computed are only a guess,
/// since those of a matrix far from normal may be wrong by much more than rounding.
struct SpectralRadiusBound {
  /// The largest modulus of the eigenvalues of the middle, as computed.
  let estimate: Double
  private let enclosure: IntervalMatrix

  /// `nil` where the eigenvalues could not be computed.
  init?(_ enclosure: IntervalMatrix) {
    guard let estimate = try? enclosure.midpoint.spectralRadius(), estimate.isFinite else { return nil }
    self.estimate = estimate
    self.enclosure = enclosure
  }

  /// A number below 1 that no spectral radius exceeds; `nil` if none was proved.
  ///
  /// By a norm that every J shrinks by this factor (``AdaptedNorm``).
  func upperBoundBelowOne() -> Double? {
    guard estimate < 1 else { return nil }
    for fraction in [1e-6, 1e-4, 1e-2, 0.1, 0.5] {
      let factor = estimate + fraction * (1 - estimate)
      if contracts(by: factor) { return factor }
    }
    return nil
  }

  private func contracts(by factor: Double) -> Bool {
    AdaptedNorm(of: enclosure.midpoint, factor: factor)?.contracts(enclosure, by: factor) ?? false
  }

  /// A number, at least 1, that every spectral radius exceeds; `nil` if none was proved.
  ///
  /// |tr Jᵏ| <= n ρᵏ. The exponents are 60 · 2^m, multiples of many periods of the eigenvalues' phases. J is divided by a
  /// power of two s <= ρ first, so that its powers stay within the numbers of the format.
  func lowerBoundAboveOne() -> Double? {
    guard estimate > 1, enclosure.isFinite else { return nil }
    let scale = Double(sign: .plus, exponent: estimate.exponent, significand: 1)
    guard scale.isFinite, (1 / scale).isNormal else { return nil }
    var power = EnclosedPower(scale == 1 ? enclosure : (1 / scale) * enclosure).sixtieth
    var exponent = 60.0
    while exponent < 1e5, power.matrix.normFrobenius < 1e140 {
      let size = Double(power.matrix.rows)
      if power.leastTrace > max(size * pow(scale, -exponent) * (1 + 1e-9), 1e-300) {
        // The relative error of the logarithms and the exponential is far below 1e-12.
        return max(1, scale * exp(log(power.leastTrace / size) / exponent) * (1 - 1e-12))
      }
      power = power * power
      exponent *= 2
    }
    return nil
  }
}

/// A matrix with a bound of its distance, in the Frobenius norm, from an exact power.
private struct EnclosedPower {
  let matrix: Matrix
  let error: Double

  init(_ enclosure: IntervalMatrix) {
    matrix = enclosure.midpoint
    error = 1.01 * enclosure.radius(around: matrix).normFrobenius
  }

  private init(_ matrix: Matrix, error: Double) {
    self.matrix = matrix
    self.error = error
  }

  /// The product of n terms is rounded by at most γ_n ‖A‖_F ‖B‖_F; twice that also covers the rounding of this bound.
  static func * (left: EnclosedPower, right: EnclosedPower) -> EnclosedPower {
    let (a, b) = (left.matrix.normFrobenius, right.matrix.normFrobenius)
    let rounding = Double(left.matrix.rows + 8) * .ulpOfOne * a * b
    let inherited = a * right.error + left.error * b + left.error * right.error
    return EnclosedPower(
      left.matrix.multiply(right.matrix), error: 1.0001 * (inherited + rounding) + .leastNormalMagnitude)
  }

  var sixtieth: EnclosedPower {
    let third = self * self * self
    let twelfth = third * third * (third * third)
    let twentyFourth = twelfth * twelfth
    return twentyFourth * twentyFourth * twelfth
  }

  /// At most |tr| of the exact power: the trace of the error is at most √n times its norm.
  var leastTrace: Double {
    var (sum, magnitude) = (0.0, 0.0)
    for i in 0..<matrix.rows {
      sum += matrix[i, i]
      magnitude += matrix[i, i].magnitude
    }
    let size = Double(matrix.rows)
    return sum.magnitude - 1.0001 * (size.squareRoot() * error + size * .ulpOfOne * magnitude)
  }
}
