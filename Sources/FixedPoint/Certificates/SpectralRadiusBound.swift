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
  /// If [[τP, JᵀP], [PJ, τP]] ≻ 0, then ‖Jx‖_P < τ ‖x‖_P in the norm ‖x‖_P² = xᵀPx. `P = Σ (Jᵀ/τ)^k (J/τ)^k` does it for a τ
  /// above the spectral radius.
  func upperBoundBelowOne() -> Double? {
    guard estimate < 1 else { return nil }
    for fraction in [1e-6, 1e-4, 1e-2, 0.1, 0.5] {
      let factor = estimate + fraction * (1 - estimate)
      if contracts(by: factor) { return factor }
    }
    return nil
  }

  private func contracts(by factor: Double) -> Bool {
    guard factor > 0, let norm = adaptedNorm(factor) else { return false }
    let image = IntervalMatrix(norm) * enclosure
    let center = image.midpoint
    let size = norm.rows
    var form = Matrix(rows: 2 * size, columns: 2 * size)
    for i in 0..<size {
      for j in 0..<size {
        let entry = Rounding.productDown(factor, norm[i, j])
        (form[i, j], form[size + i, size + j]) = (entry, entry)
        (form[size + i, j], form[j, size + i]) = (center[i, j], center[i, j])
      }
    }
    // τP is rounded by at most one unit in the last place of each entry.
    let rounding = Double.ulpOfOne * norm.normInfBound + Double(size) * .leastNormalMagnitude
    let radius = Rounding.sumUp(image.radius(around: center).norm2Bound, rounding)
    return SmallestEigenvalue.exceeds(radius, form)
  }

  /// P by doubling, scaled to a largest entry near 1; `nil` where the sum does not converge.
  private func adaptedNorm(_ factor: Double) -> Matrix? {
    var power = enclosure.midpoint
    for index in power.values.indices { power.values[index] /= factor }
    var sum = Matrix.identity(power.rows)
    for _ in 0..<60 {
      let next = power.multiply(sum.multiply(power), orientation: .transposed)
      for index in sum.values.indices { sum.values[index] += next.values[index] }
      guard sum.values.allSatisfy(\.isFinite) else { return nil }
      if next.normFrobenius <= 1e-17 * sum.normFrobenius { break }
      power = power.multiply(power)
    }
    let scale = 1 / sum.normInf
    for index in sum.values.indices { sum.values[index] *= scale }
    return sum.symmetricPart
  }

  /// A number, at least 1, that every spectral radius exceeds; `nil` if none was proved.
  ///
  /// |tr Jᵏ| <= n ρᵏ. The exponents are 60 · 2^m, multiples of many periods of the eigenvalues' phases.
  func lowerBoundAboveOne() -> Double? {
    guard estimate > 1 else { return nil }
    var power = EnclosedPower(enclosure).sixtieth
    var exponent = 60.0
    while exponent < 1e5, power.matrix.normFrobenius < 1e140 {
      let size = Double(power.matrix.rows)
      if power.leastTrace > size * (1 + 1e-9) {
        // The relative error of the logarithms and the exponential is far below 1e-12.
        return max(1, exp(log(power.leastTrace / size) / exponent) * (1 - 1e-12))
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
