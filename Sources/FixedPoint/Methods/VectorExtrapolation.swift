internal import LinearAlgebra

/// The images and residuals of a cycle of plain steps, whose limit is extrapolated.
public struct VectorExtrapolation: AccelerationMemory {
  /// Below this reciprocal condition number the oldest residuals are left out.
  static let leastCondition = 1e-12

  private(set) var iterates: [[Double]] = []
  private(set) var residuals: [[Double]] = []

  var count: Int { iterates.count }

  public var footprint: Int { 32 * count }

  public mutating func removeAll() { self = VectorExtrapolation() }

  mutating func append(_ iterate: [Double], residual: [Double]) {
    iterates.append(iterate)
    residuals.append(residual)
  }

  /// Σ γ_j f(z_j) with Σ γ_j = 1 by reduced rank: ‖Σ γ_j r_j‖₂ is least.
  ///
  /// With γ written by differences, that is the newest residual's least squares fit by the changes of the residuals.
  func reducedRank() -> [Double]? {
    fit(columns: residuals.indices.dropFirst().map { Vector.difference(residuals[$0], residuals[$0 - 1]) }) { fit in
      // Σ γ_j r_j = r_last - Σ c_i (r_i+1 - r_i)
      var weights = [Double](repeating: 0, count: fit.count + 1)
      weights[fit.count] = 1
      for (i, coefficient) in fit.enumerated() {
        weights[i] += coefficient
        weights[i + 1] -= coefficient
      }
      return weights
    }
  }

  /// Σ γ_j f(z_j) with γ from the minimal polynomial: ‖r_k + Σ c_j r_j‖₂ is least over j < k, and
  /// γ = c / Σ c with c_k = 1; `nil` if that sum vanishes.
  func minimalPolynomial() -> [Double]? {
    fit(columns: Array(residuals.dropLast())) { fit in
      let coefficients = fit.map(-) + [1]
      let sum = coefficients.reduce(0, +)
      let size = coefficients.reduce(0) { $0 + $1.magnitude }
      return sum.magnitude > Self.leastCondition * size ? coefficients.map { $0 / sum } : nil
    }
  }

  /// Combines by the weights that belong to the fit of the newest residual by the columns; the oldest columns are left
  /// out while they are badly conditioned.
  private func fit(columns: [[Double]], _ weights: ([Double]) -> [Double]?) -> [Double]? {
    guard let newest = residuals.last else { return nil }
    for first in columns.indices {
      if let fit = Self.leastSquares(Array(columns[first...]), newest) { return weights(fit).map(combination) }
    }
    return nil
  }

  /// The least squares fit, `nil` if the columns divided by their lengths are badly conditioned.
  private static func leastSquares(_ columns: [[Double]], _ right: [Double]) -> [Double]? {
    let lengths = columns.map { Vector.norm2($0) }
    guard columns.count <= right.count, lengths.allSatisfy(\.isNormal) else { return nil }
    let units = zip(columns, lengths).flatMap { column, length in column.map { $0 / length } }
    let matrix = Matrix(rows: columns.count, columns: right.count, values: units).transposed
    guard let factors = try? QRFactorization(matrix), factors.reciprocalCondition >= leastCondition,
      let fit = try? factors.leastSquares(right)
    else { return nil }
    return zip(fit, lengths).map { $0 / $1 }
  }

  /// Σ γ_j f(z_j) over the newest pairs; the weights sum to 1.
  private func combination(_ weights: [Double]) -> [Double] {
    let first = iterates.count - weights.count
    let newest = iterates[iterates.count - 1]
    var result = newest
    for (offset, weight) in weights.enumerated() {
      Vector.add(weight, times: Vector.difference(iterates[first + offset], newest), to: &result)
      Vector.add(weight, times: residuals[first + offset], to: &result)
    }
    return result
  }
}
