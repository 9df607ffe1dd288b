internal import COpenBLAS

/// A = Q R by Householder reflections, for rows >= columns: least squares, factored once.
///
/// Source: Golub, Van Loan, *Matrix Computations*, sections 5.2 and 5.3.
public struct QRFactorization: Sendable, Equatable {
  public let rows: Int
  public let columns: Int
  /// An estimate of 1 / (‖R‖₁ ‖R⁻¹‖₁): below `Double.ulpOfOne` the columns are dependent to working precision.
  public let reciprocalCondition: Double
  /// R in the upper triangle and the reflections below it, column-major.
  private let factors: [Double]
  private let reflections: [Double]

  /// - Throws: ``LinearAlgebraError/notFinite(row:column:)``.
  public init(_ matrix: Matrix) throws(LinearAlgebraError) {
    precondition(matrix.rows >= matrix.columns, "the factored matrix has at least as many rows as columns")
    try matrix.requireFinite()
    BLAS.prepare()
    rows = matrix.rows
    columns = matrix.columns
    var factors = matrix.transposed.values
    var reflections = [Double](repeating: 0, count: columns)
    if columns > 0 {
      let (height, width) = (Int32(rows), Int32(columns))
      let code = unsafe LAPACKE_dgeqrf(LAPACK_COL_MAJOR, height, width, &factors, height, &reflections)
      try requireRun("dgeqrf", code)
    }
    reciprocalCondition = try Self.reciprocalCondition(factors, rows: rows, columns: columns)
    self.factors = factors
    self.reflections = reflections
  }

  private static func reciprocalCondition(
    _ factors: [Double], rows: Int, columns: Int
  ) throws(LinearAlgebraError) -> Double {
    if columns == 0 { return 1 }
    var estimate = 0.0
    let code = unsafe LAPACKE_dtrcon(
      LAPACK_COL_MAJOR, LapackFlag.norm1, LapackFlag.upper, LapackFlag.generalDiagonal, Int32(columns), factors,
      Int32(rows), &estimate)
    try requireRun("dtrcon", code)
    return estimate
  }

  /// R, columns x columns, upper triangular.
  public var triangle: Matrix {
    var result = Matrix(rows: columns, columns: columns)
    for j in 0..<columns {
      for i in 0...j { result[i, j] = factors[j * rows + i] }
    }
    return result
  }

  /// The thin Q, rows x columns, with orthonormal columns.
  /// - Throws: ``LinearAlgebraError/failed(routine:code:)`` if there is no memory.
  public func orthonormal() throws(LinearAlgebraError) -> Matrix {
    var basis = factors
    if columns > 0 {
      let (height, width) = (Int32(rows), Int32(columns))
      let code = unsafe LAPACKE_dorgqr(LAPACK_COL_MAJOR, height, width, width, &basis, height, reflections)
      try requireRun("dorgqr", code)
    }
    return Matrix(rows: columns, columns: rows, values: basis).transposed
  }

  /// The x that minimises ‖A x - b‖₂.
  /// - Throws: ``LinearAlgebraError/rankDeficient(column:)`` if an entry on R's diagonal is exactly zero; whether the
  ///   answer means anything short of that is what ``reciprocalCondition`` tells.
  public func leastSquares(_ right: [Double]) throws(LinearAlgebraError) -> [Double] {
    precondition(right.count == rows, "the right-hand side has as many entries as the matrix has rows")
    if columns == 0 { return [] }
    var work = right
    let (height, width) = (Int32(rows), Int32(columns))
    try requireRun(
      "dormqr",
      unsafe LAPACKE_dormqr(
        LAPACK_COL_MAJOR, LapackFlag.left, LapackFlag.transposed, height, 1, width, factors, height, reflections,
        &work, height))
    let code = unsafe LAPACKE_dtrtrs(
      LAPACK_COL_MAJOR, LapackFlag.upper, LapackFlag.none, LapackFlag.generalDiagonal, width, 1, factors, height,
      &work, height)
    try requireRun("dtrtrs", code)
    if code > 0 { throw .rankDeficient(column: Int(code) - 1) }
    return Array(work[..<columns])
  }
}
