internal import COpenBLAS

/// A = U diag(s) Vᵀ, thin: k = min(rows, columns) singular values with their vectors.
///
/// Source: Golub, Van Loan, *Matrix Computations*, section 8.6.
public struct SingularValues: Sendable, Equatable {
  /// k values, descending.
  public let values: [Double]
  /// U, rows x k, with orthonormal columns.
  public let left: Matrix
  /// Vᵀ, k x columns, with orthonormal rows.
  public let rightTransposed: Matrix

  /// - Throws: ``LinearAlgebraError/notFinite(row:column:)`` or ``LinearAlgebraError/noConvergence(routine:)``.
  public init(_ matrix: Matrix) throws(LinearAlgebraError) {
    let count = min(matrix.rows, matrix.columns)
    var left = Matrix(rows: matrix.rows, columns: count)
    var right = Matrix(rows: count, columns: matrix.columns)
    values = try Self.decompose(matrix, LapackFlag.thin, left: &left.values, right: &right.values)
    self.left = left
    self.rightTransposed = right
  }

  /// The singular values alone, descending.
  /// - Throws: ``LinearAlgebraError/notFinite(row:column:)`` or ``LinearAlgebraError/noConvergence(routine:)``.
  public static func values(of matrix: Matrix) throws(LinearAlgebraError) -> [Double] {
    var left = [0.0]
    var right = [0.0]
    return try decompose(matrix, LapackFlag.none, left: &left, right: &right)
  }

  /// To LAPACK the row-major A = U S Vᵀ is Aᵀ = V S Uᵀ, column-major: V's and U's places are exchanged.
  private static func decompose(
    _ matrix: Matrix, _ flag: CChar, left: inout [Double], right: inout [Double]
  ) throws(LinearAlgebraError) -> [Double] {
    try matrix.requireFinite()
    BLAS.prepare()
    let count = min(matrix.rows, matrix.columns)
    var values = [Double](repeating: 0, count: count)
    if count == 0 { return values }
    var work = matrix.values
    let code = unsafe LAPACKE_dgesdd(
      LAPACK_COL_MAJOR, flag, Int32(matrix.columns), Int32(matrix.rows), &work, Int32(matrix.columns), &values,
      &right, Int32(matrix.columns), &left, Int32(count))
    try requireRun("dgesdd", code)
    if code > 0 { throw .noConvergence(routine: "dgesdd") }
    return values
  }
}
