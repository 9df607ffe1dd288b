internal import COpenBLAS

/// A = L Lᵀ of a symmetric positive definite matrix.
///
/// Source: Golub, Van Loan, *Matrix Computations*, section 4.2.
public struct CholeskyFactorization: Sendable, Equatable {
  /// L, lower triangular.
  public let lower: Matrix

  /// Reads the lower triangle only.
  /// - Throws: ``LinearAlgebraError/notFinite(row:column:)``, or ``LinearAlgebraError/notPositiveDefinite(order:)`` with
  ///   the order of the first leading minor that is not positive as computed.
  public init(_ matrix: Matrix) throws(LinearAlgebraError) {
    precondition(matrix.rows == matrix.columns, "only a square matrix has a Cholesky factor")
    try matrix.requireFinite()
    BLAS.prepare()
    var lower = matrix
    let size = Int32(matrix.rows)
    if size > 0 {
      let code = unsafe LAPACKE_dpotrf(LAPACK_COL_MAJOR, LapackFlag.upper, size, &lower.values, size)
      try requireRun("dpotrf", code)
      if code > 0 { throw .notPositiveDefinite(order: Int(code)) }
    }
    for i in 0..<lower.rows {
      for j in (i + 1)..<max(lower.rows, i + 1) { lower[i, j] = 0 }
    }
    self.lower = lower
  }

  /// A⁻¹ b.
  public func solve(_ right: [Double]) -> [Double] {
    precondition(right.count == lower.rows, "the right-hand side fits the matrix")
    if right.isEmpty { return [] }
    let size = Int32(right.count)
    var x = right
    for transpose in [CblasNoTrans, CblasTrans] {
      unsafe cblas_dtrsv(CblasRowMajor, CblasLower, transpose, CblasNonUnit, size, lower.values, size, &x, 1)
    }
    return x
  }
}

extension Matrix {
  /// Whether the Cholesky factorisation of the lower triangle runs through: a measurement, wrong by rounding near the
  /// boundary.
  /// - Throws: ``LinearAlgebraError/notFinite(row:column:)``.
  public func isPositiveDefinite() throws(LinearAlgebraError) -> Bool {
    do {
      _ = try CholeskyFactorization(self)
      return true
    } catch .notPositiveDefinite {
      return false
    }
  }

  /// Whether it is proved that the symmetric matrix with this lower triangle is positive definite.
  ///
  /// If the computed Cholesky factorisation of A - c I runs through, with c at least the largest backward error that it
  /// can make, A is positive definite. `false` means that this does not prove it, not that it is refuted.
  /// - Throws: ``LinearAlgebraError/notFinite(row:column:)``.
  ///
  /// Source: Rump, *Verification of positive definiteness*, BIT 46 (2006), theorem 2.3 and corollary 2.4, with more than
  /// twice the allowance for rounding and underflow: kernels may fuse, reorder, and multiply by a pivot's reciprocal.
  public func isProvedPositiveDefinite() throws(LinearAlgebraError) -> Bool {
    precondition(rows == columns, "only a square matrix is positive definite")
    try requireFinite()
    var shifted = self
    var trace = 0.0
    for i in 0..<rows { trace += self[i, i].magnitude }
    let size = Double(rows)
    let shift = 2 * (size + 4) * Double.ulpOfOne * trace + 4 * size * (size + trace) * Double.leastNormalMagnitude
    for i in 0..<rows { shifted[i, i] = (self[i, i] - shift).nextDown }
    guard shifted.values.allSatisfy(\.isFinite) else { return false }
    return try shifted.isPositiveDefinite()
  }
}
