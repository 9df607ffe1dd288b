internal import COpenBLAS

/// Eigenvalues and eigenvectors of a real symmetric matrix.
///
/// Source: Golub, Van Loan, *Matrix Computations*, section 8.
public struct SymmetricEigen: Sendable, Equatable {
  /// Ascending.
  public let values: [Double]
  /// Row k is a unit eigenvector for `values[k]`; the rows are orthonormal.
  public let vectors: Matrix

  /// Reads the lower triangle only.
  /// - Throws: ``LinearAlgebraError/notFinite(row:column:)`` or ``LinearAlgebraError/noConvergence(routine:)``.
  public init(_ matrix: Matrix) throws(LinearAlgebraError) {
    var vectors = matrix
    values = try Self.decompose(&vectors, LapackFlag.vectors)
    self.vectors = vectors
  }

  /// The eigenvalues alone, ascending; reads the lower triangle only.
  /// - Throws: ``LinearAlgebraError/notFinite(row:column:)`` or ``LinearAlgebraError/noConvergence(routine:)``.
  public static func values(of matrix: Matrix) throws(LinearAlgebraError) -> [Double] {
    var work = matrix
    return try decompose(&work, LapackFlag.none)
  }

  /// The row-major lower triangle is LAPACK's upper one.
  private static func decompose(_ matrix: inout Matrix, _ flag: CChar) throws(LinearAlgebraError) -> [Double] {
    precondition(matrix.rows == matrix.columns, "only a square matrix has eigenvalues")
    try matrix.requireFinite()
    BLAS.prepare()
    let size = Int32(matrix.rows)
    var values = [Double](repeating: 0, count: matrix.rows)
    if size == 0 { return values }
    let code = unsafe LAPACKE_dsyevd(
      LAPACK_COL_MAJOR, flag, LapackFlag.upper, size, &matrix.values, size, &values)
    try requireRun("dsyevd", code)
    if code > 0 { throw .noConvergence(routine: "dsyevd") }
    return values
  }
}

extension Matrix {
  /// (A + Aᵀ) / 2.
  public var symmetricPart: Matrix {
    precondition(rows == columns, "only a square matrix has a symmetric part")
    var result = self
    for i in 0..<rows {
      for j in 0..<columns { result[i, j] = self[i, j] / 2 + self[j, i] / 2 }
    }
    return result
  }
}
