internal import LinearAlgebra

/// Proved bounds of the smallest eigenvalue of a symmetric matrix, and of the 2-norm of any matrix by way of it.
///
/// The eigenvalue solver's number is only a guess. The lower bound μ is proved by a Cholesky factorisation of A - μ I
/// that leaves room for its own rounding (`isProvedPositiveDefinite`); the upper bound is the Rayleigh quotient of the
/// computed eigenvector, in interval arithmetic.
/// Source: Rump, *Verification of positive definiteness*, BIT 46 (2006).
enum SmallestEigenvalue {
  /// The smallest eigenvalue over every symmetric matrix whose entries differ from those of `matrix` by so little that
  /// the difference has a norm of at most `radius`; `nil` if entries are not finite or nothing could be proved.
  static func bound(_ matrix: Matrix, radius: Double = 0) -> ProvedBound? {
    guard matrix.rows > 0, radius.isFinite, let eigen = try? SymmetricEigen(matrix) else { return nil }
    let guess = eigen.values[0]
    let quotient = rayleigh(matrix, eigen.vectors.row(0))
    var allowance = max(Double(8 * matrix.rows) * .ulpOfOne * matrix.normInf, Rounding.sumUp(quotient.upper, -guess))
    for _ in 0..<12 {
      if exceeds(guess - allowance, matrix) {
        return ProvedBound(value: guess, allowance: (allowance.nextUp + radius).nextUp)
      }
      allowance = 4 * allowance + .leastNormalMagnitude
    }
    return nil
  }

  /// Whether every eigenvalue is proved to be larger than `shift`.
  static func exceeds(_ shift: Double, _ matrix: Matrix) -> Bool {
    var shifted = matrix
    for i in 0..<matrix.rows { shifted[i, i] = Rounding.sumDown(matrix[i, i], -shift) }
    return (try? shifted.isProvedPositiveDefinite()) ?? false
  }

  /// Encloses xᵀ A x / xᵀ x.
  private static func rayleigh(_ matrix: Matrix, _ vector: [Double]) -> Interval {
    let image = IntervalMatrix(matrix) * IntervalVector(vector)
    var product = Interval(0)
    var square = Interval(0)
    for i in vector.indices {
      product = product + Interval(vector[i]) * image[i]
      square = square + Interval(vector[i]) * Interval(vector[i])
    }
    return square.lower > 0 ? product / square : Interval(-.infinity, .infinity)
  }

  /// The 2-norm: ‖A‖₂ = -λ_min of [[0, A], [Aᵀ, 0]], so nothing has to be multiplied.
  ///
  /// `radius` is the norm of a change of A that is counted as uncertain.
  static func norm2(_ matrix: Matrix, radius: Double = 0) -> ProvedBound? {
    let (rows, columns) = (matrix.rows, matrix.columns)
    var embedded = Matrix(rows: rows + columns, columns: rows + columns)
    for i in 0..<rows {
      for j in 0..<columns {
        embedded[i, rows + j] = matrix[i, j]
        embedded[rows + j, i] = matrix[i, j]
      }
    }
    guard let least = bound(embedded, radius: radius) else { return nil }
    return ProvedBound(value: -least.value, allowance: least.allowance)
  }

  /// ‖midpoint‖₂ + ‖radii‖₂, at least the 2-norm of every matrix within the intervals. Radii at the level of rounding
  /// are part of the allowance.
  static func norm2(_ matrix: IntervalMatrix) -> ProvedBound? {
    let center = matrix.midpoint
    let radius = matrix.radius(around: center)
    let spread = radius.norm2Bound
    if spread <= 1e-12 * center.norm2Bound { return norm2(center, radius: spread) }
    guard let first = norm2(center), let second = norm2(radius) else { return nil }
    let total = Interval(first.lower, first.upper) + Interval(second.lower, second.upper)
    return ProvedBound(total)
  }
}

extension IntervalMatrix {
  /// At least the distance, entry by entry, of every matrix inside from `center`, which is inside.
  func radius(around center: Matrix) -> Matrix {
    Matrix(
      rows: rows, columns: columns,
      values: center.values.indices.map {
        max(
          Rounding.sumUp(upper.values[$0], -center.values[$0]), Rounding.sumUp(center.values[$0], -lower.values[$0]))
      })
  }
}

extension Matrix {
  func row(_ index: Int) -> [Double] { Array(values[index * columns..<(index + 1) * columns]) }

  /// At least the largest row sum of magnitudes.
  var normInfBound: Double {
    (0..<rows).reduce(0) { max($0, row($1).reduce(0) { Rounding.sumUp($0, $1.magnitude) }) }
  }

  /// At most the largest row sum of magnitudes.
  var normInfLowerBound: Double {
    (0..<rows).reduce(0) { max($0, row($1).reduce(0) { Rounding.sumDown($0, $1.magnitude) }) }
  }

  /// At least the 2-norm, exact for a zero matrix: ‖A‖₂² <= ‖A‖₁ ‖A‖_inf.
  var norm2Bound: Double { Rounding.rootUp(Rounding.productUp(normInfBound, transposed.normInfBound)) }
}
