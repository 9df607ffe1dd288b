internal import COpenBLAS

/// The Perron vector of an irreducible matrix that is non-negative off the diagonal, with its bounds.
///
/// Inverse iteration with the upper bound s as shift: s falls to the Perron root quadratically, and (s I - A)⁻¹ > 0
/// keeps the vector positive. Each step works on diag(w)⁻¹ A diag(w): that balances the matrix, and makes s I minus it
/// diagonally dominant, so that its factorisation is stable without exchanges.
/// Source: Noda, *Note on the computation of the maximal eigenvalue of a non-negative irreducible matrix*, Numer. Math. 17
/// (1971); Elsner, *Inverse iteration for calculating the spectral radius of a non-negative irreducible matrix*, Linear
/// Algebra Appl. 15 (1976).
struct NodaIteration {
  private(set) var weights: [Double]
  private(set) var lower: Double
  private(set) var upper: Double

  /// Weights below this are not kept: the products with them could lose to underflow.
  static let smallestWeight = 0x1p-900
  private static let limit = 100

  init(_ matrix: Matrix) {
    weights = Self.balancing(matrix)
    let bounds = CollatzWielandt(matrix, weights: weights)
    (lower, upper) = (bounds.lower, bounds.upper)
    if matrix.rows == 1 { return }
    var current = weights
    for _ in 0..<Self.limit {
      guard let next = Self.step(matrix, current, shift: upper) else { return }
      let bounds = CollatzWielandt(matrix, weights: next)
      guard bounds.upper < upper || bounds.lower > lower else { return }
      lower = max(lower, bounds.lower)
      if bounds.upper < upper { (weights, upper) = (next, bounds.upper) }
      current = next
    }
  }

  /// w ∘ (s I - diag(w)⁻¹ A diag(w))⁻¹ 1, or `nil` where rounding leaves no positive vector.
  private static func step(_ matrix: Matrix, _ weights: [Double], shift: Double) -> [Double]? {
    var shifted = Matrix(rows: matrix.rows, columns: matrix.columns)
    for i in 0..<matrix.rows {
      for j in 0..<matrix.columns { shifted[i, j] = -(matrix[i, j] * (weights[j] / weights[i])) }
      shifted[i, i] += shift
    }
    guard let factored = try? LUFactorization(shifted) else { return nil }
    let growth = factored.solve(Array(repeating: 1, count: weights.count))
    guard growth.allSatisfy({ $0 > 0 && $0.isFinite }) else { return nil }
    return normalized(zip(weights, growth).map { $0 * $1 })
  }

  /// The weights times the power of two that brings the largest into [1, 2), or `nil` where one is then too small.
  static func normalized(_ weights: [Double]) -> [Double]? {
    let largest = Vector.normSup(weights)
    guard largest.isNormal else { return nil }
    let scaled = weights.map { $0 / largest.binade }
    return scaled.allSatisfy { $0 >= smallestWeight } ? scaled : nil
  }

  /// The scaling, by powers of two, that LAPACK balances the matrix with.
  private static func balancing(_ matrix: Matrix) -> [Double] {
    BLAS.prepare()
    let size = Int32(matrix.rows)
    var work = matrix.transposed.values
    var scale = [Double](repeating: 1, count: matrix.rows)
    var (low, high): (Int32, Int32) = (0, 0)
    let code = unsafe LAPACKE_dgebal(
      LAPACK_COL_MAJOR, LapackFlag.scaleOnly, size, &work, size, &low, &high, &scale)
    let ones = [Double](repeating: 1, count: matrix.rows)
    return code == 0 ? normalized(scale) ?? ones : ones
  }
}
