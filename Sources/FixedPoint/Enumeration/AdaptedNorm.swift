internal import LinearAlgebra

/// A norm ‖x‖_P² = xᵀPx that is made for a matrix, to prove that matrices shrink every vector in it.
struct AdaptedNorm {
  /// P, scaled to a largest entry near 1.
  private let form: Matrix

  /// `P = Σ (Jᵀ/τ)^k (J/τ)^k` by doubling, for a τ above the spectral radius; `nil` where the sum does not converge.
  init?(of matrix: Matrix, factor: Double) {
    guard factor > 0 else { return nil }
    var power = matrix
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
    form = sum.symmetricPart
  }

  /// Whether ‖Jx‖_P < τ ‖x‖_P is proved for every J of an enclosure and x other than 0: [[τP, JᵀP], [PJ, τP]] ≻ 0.
  func contracts(_ enclosure: IntervalMatrix, by factor: Double) -> Bool {
    let image = IntervalMatrix(form) * enclosure
    let center = image.midpoint
    let size = form.rows
    var block = Matrix(rows: 2 * size, columns: 2 * size)
    for i in 0..<size {
      for j in 0..<size {
        let entry = Rounding.productDown(factor, form[i, j])
        (block[i, j], block[size + i, size + j]) = (entry, entry)
        (block[size + i, j], block[j, size + i]) = (center[i, j], center[i, j])
      }
    }
    // τP is rounded by at most one unit in the last place of each entry.
    let rounding = Double.ulpOfOne * form.normInfBound + Double(size) * .leastNormalMagnitude
    let radius = Rounding.sumUp(image.radius(around: center).norm2Bound, rounding)
    return SmallestEigenvalue.exceeds(radius, block)
  }

  /// Whether there is one norm in which every matrix of every enclosure is proved to shrink all vectors.
  ///
  /// Then so do the matrices between them, since a norm is convex. Norms made for the mean and for some of them are tried.
  static func contracts(_ enclosures: [IntervalMatrix]) -> Bool {
    guard enclosures.allSatisfy(\.isFinite) else { return false }
    let middles = enclosures.map(\.midpoint)
    let guesses = middles.count == 1 ? middles : [Matrix.mean(of: middles)] + middles.prefix(8)
    return guesses.contains { guess in
      guard let radius = try? guess.spectralRadius(), radius < 1 else { return false }
      return [1e-6, 1e-4, 1e-2, 0.1, 0.3, 0.6, 0.9].contains { share in
        guard let norm = AdaptedNorm(of: guess, factor: radius + share * (1 - radius)) else { return false }
        return enclosures.allSatisfy { norm.contracts($0, by: 1) }
      }
    }
  }
}

extension Matrix {
  fileprivate static func mean(of matrices: [Matrix]) -> Matrix {
    var sum = matrices[0]
    for matrix in matrices.dropFirst() {
      for index in sum.values.indices { sum.values[index] += matrix.values[index] }
    }
    for index in sum.values.indices { sum.values[index] /= Double(matrices.count) }
    return sum
  }
}
