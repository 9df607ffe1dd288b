internal import LinearAlgebra

/// The quadratic form Q(Λ) = sym((I - αW)ᵀ Λ (I - βW)), α and β the diagonal matrices of a slope form's bounds.
///
/// If Q(Λ) ≻ 0 for one diagonal Λ > 0, the map has at most one fixed point in the form's domain: for two of them, e
/// apart, y = W e and e_i lies between α_i y_i and β_i y_i, so 0 <= Σ λ_i (e_i - α_i y_i)(β_i y_i - e_i) = -eᵀ Q(Λ) e,
/// and e = 0. In the same way (I - D W) x = 0 forces x = 0 for every D in [α, β].
/// With slopes in [0, 1] it is Λ - sym(ΛW): theorem 6 for Λ = I, theorem 7 else.
struct SectorForm: Sendable {
  /// I - αW and I - βW with W the middle of its enclosure; rows belong to units.
  let low: Matrix
  let high: Matrix
  /// At least |I - αW| and |I - βW|, and at least how far the exact rows are from those in `low` and `high`.
  private let lowMagnitude: Matrix
  private let highMagnitude: Matrix
  private let lowError: Matrix
  private let highError: Matrix

  var size: Int { low.rows }

  init(_ form: SlopeForm) {
    let lowEnclosure = SectorForm.complement(form, slopes: form.slopes.lower)
    let highEnclosure = SectorForm.complement(form, slopes: form.slopes.upper)
    low = lowEnclosure.midpoint
    high = highEnclosure.midpoint
    lowMagnitude = lowEnclosure.magnitude
    highMagnitude = highEnclosure.magnitude
    lowError = lowEnclosure.radius(around: low)
    highError = highEnclosure.radius(around: high)
  }

  /// Encloses I - diag(slopes) W.
  private static func complement(_ form: SlopeForm, slopes: [Double]) -> IntervalMatrix {
    var result = form.weight
    for i in 0..<result.rows {
      result.scaleRow(i, by: Interval(-slopes[i]))
      result[i, i] = result[i, i] + Interval(1)
    }
    return result
  }

  /// Q(Λ) as computed.
  func quadraticForm(_ multipliers: [Double]) -> Matrix {
    low.multiply(SectorForm.scaled(high, multipliers), orientation: .transposed).symmetricPart
  }

  /// The smallest eigenvalue of the exact Q(Λ), with what rounding and the enclosure of W may cost.
  ///
  /// The computed Q differs from the exact one by at most (n + 4) u |A|ᵀ Λ |B| for the product of n terms, scaling and
  /// the mean with the transpose, and by |A|ᵀ Λ ΔB + ΔAᵀ Λ |B| for the errors of A = I - αW, B = I - βW; twice that is
  /// allowed for, which also covers the rounding of the allowance itself.
  func smallestEigenvalue(_ multipliers: [Double]) -> ProvedBound? {
    let unit = Double(size + 4) * Double.ulpOfOne
    let tiny = Double(size) * Double.leastNormalMagnitude
    var error = SectorForm.product(lowMagnitude, multipliers, highMagnitude)
    for index in error.values.indices { error.values[index] = unit * error.values[index] + tiny }
    error.accumulate(lowMagnitude, .transposed, times: SectorForm.scaled(highError, multipliers), scale: 2)
    error.accumulate(lowError, .transposed, times: SectorForm.scaled(highMagnitude, multipliers), scale: 2)
    return SmallestEigenvalue.bound(quadraticForm(multipliers), radius: error.symmetricPart.normInfBound)
  }

  private static func product(_ left: Matrix, _ multipliers: [Double], _ right: Matrix) -> Matrix {
    left.multiply(scaled(right, multipliers), orientation: .transposed)
  }

  private static func scaled(_ matrix: Matrix, _ multipliers: [Double]) -> Matrix {
    var result = matrix
    for i in 0..<matrix.rows { for j in 0..<matrix.columns { result[i, j] *= multipliers[i] } }
    return result
  }
}
