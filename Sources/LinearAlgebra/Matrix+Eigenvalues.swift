internal import COpenBLAS

extension Matrix {
  /// All eigenvalues of a square matrix with their multiplicities, in LAPACK's order; a complex pair stands together,
  /// the one with positive imaginary part first.
  ///
  /// An eigenvalue of a Jordan block of order k is accurate to the k-th root of the rounding error only.
  /// - Throws: ``LinearAlgebraError/notFinite(row:column:)`` or ``LinearAlgebraError/noConvergence(routine:)``.
  ///
  /// Source: Golub, Van Loan, *Matrix Computations*, section 7.5 (QR algorithm on the balanced matrix).
  public func eigenvalues() throws(LinearAlgebraError) -> [ComplexNumber] {
    precondition(rows == columns, "only a square matrix has eigenvalues")
    try requireFinite()
    BLAS.prepare()
    if rows == 0 { return [] }
    let size = Int32(rows)
    var work = values
    var real = [Double](repeating: 0, count: rows)
    var imaginary = real
    let code = unsafe LAPACKE_dgeev(
      LAPACK_COL_MAJOR, LapackFlag.none, LapackFlag.none, size, &work, size, &real, &imaginary, nil, 1, nil, 1)
    try requireRun("dgeev", code)
    if code > 0 { throw .noConvergence(routine: "dgeev") }
    return zip(real, imaginary).map { ComplexNumber($0, $1) }
  }

  /// ρ(A), the largest magnitude of an eigenvalue, from all of them; 0 for the empty matrix.
  /// - Throws: as ``eigenvalues()``.
  public func spectralRadius() throws(LinearAlgebraError) -> Double {
    try eigenvalues().reduce(0) { max($0, $1.magnitude) }
  }
}
