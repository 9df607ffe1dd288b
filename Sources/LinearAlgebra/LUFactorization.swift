internal import COpenBLAS

/// P A = L U of a square matrix, by partial pivoting: factored once, solved many times.
///
/// Source: Golub, Van Loan, *Matrix Computations*, section 3.4.
public struct LUFactorization: Sendable, Equatable {
  /// n, the number of rows and of columns.
  public let order: Int
  /// An estimate of 1 / (‖A‖₁ ‖A⁻¹‖₁): near 1 for a well conditioned matrix, below `Double.ulpOfOne` for one that is
  /// singular to working precision. It may exceed the true value, rarely by more than a factor of 10.
  public let reciprocalCondition: Double
  /// The factors of Aᵀ, column-major: the row-major A is Aᵀ to LAPACK, and its solves are transposed instead.
  private let factors: [Double]
  private let pivots: [Int32]

  /// - Throws: ``LinearAlgebraError/notFinite(row:column:)``, or ``LinearAlgebraError/singular(pivot:)`` if a pivot is
  ///   exactly zero. A matrix that is singular to working precision only shows in ``reciprocalCondition``.
  public init(_ matrix: Matrix) throws(LinearAlgebraError) {
    precondition(matrix.rows == matrix.columns, "only a square matrix is factored")
    try matrix.requireFinite()
    BLAS.prepare()
    order = matrix.rows
    let size = Int32(order)
    var factors = matrix.values
    var pivots = [Int32](repeating: 0, count: order)
    if size > 0 {
      let code = unsafe LAPACKE_dgetrf(LAPACK_COL_MAJOR, size, size, &factors, size, &pivots)
      try requireRun("dgetrf", code)
      if code > 0 { throw .singular(pivot: Int(code) - 1) }
    }
    reciprocalCondition = try Self.reciprocalCondition(factors, order: size, norm: matrix.norm1)
    self.factors = factors
    self.pivots = pivots
  }

  private static func reciprocalCondition(
    _ factors: [Double], order: Int32, norm: Double
  ) throws(LinearAlgebraError) -> Double {
    if order == 0 { return 1 }
    var estimate = 0.0
    let code = unsafe LAPACKE_dgecon(LAPACK_COL_MAJOR, LapackFlag.normSup, order, factors, order, norm, &estimate)
    try requireRun("dgecon", code)
    return estimate
  }

  /// x <- A⁻¹ x, in place.
  public func solve(_ x: inout MutableSpan<Double>) { solve(LapackFlag.transposed, &x, count: 1) }

  /// x <- A⁻ᵀ x, in place.
  public func solveTransposed(_ x: inout MutableSpan<Double>) { solve(LapackFlag.none, &x, count: 1) }

  /// A⁻¹ b.
  public func solve(_ right: [Double]) -> [Double] {
    var solution = right
    var x = solution.mutableSpan
    solve(&x)
    return solution
  }

  /// A⁻ᵀ b.
  public func solveTransposed(_ right: [Double]) -> [Double] {
    var solution = right
    var x = solution.mutableSpan
    solveTransposed(&x)
    return solution
  }

  /// A⁻¹ B, for B with ``order`` rows.
  public func solve(_ right: Matrix) -> Matrix {
    precondition(right.rows == order, "the right-hand side has as many rows as the matrix")
    var solution = right.transposed
    var x = solution.values.mutableSpan
    solve(LapackFlag.transposed, &x, count: right.columns)
    return solution.transposed
  }

  /// A⁻¹. To apply it, prefer ``solve(_:)-([Double])``.
  public var inverse: Matrix { solve(.identity(order)) }

  private func solve(_ flag: CChar, _ x: inout MutableSpan<Double>, count: Int) {
    precondition(x.count == order * count, "the right-hand side fits the matrix")
    if x.isEmpty { return }
    let size = Int32(order)
    unsafe x.withUnsafeMutableBufferPointer { x in
      _ = unsafe LAPACKE_dgetrs_work(
        LAPACK_COL_MAJOR, flag, size, Int32(count), factors, size, pivots, x.baseAddress, size)
    }
  }
}

extension Matrix {
  /// A⁻¹.
  /// - Throws: as ``LUFactorization/init(_:)``.
  public func inverse() throws(LinearAlgebraError) -> Matrix { try LUFactorization(self).inverse }
}
