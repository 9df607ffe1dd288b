internal import COpenBLAS

extension Matrix {
  /// results <- X A, for X and the results given by their rows, one after the other; allocates nothing.
  ///
  /// With a multiple of ``rowsTogether`` rows, the bits of a row of the result depend on that row of X alone, neither on
  /// the other rows nor on their number. So it is for OpenBLAS's kernels of x86-64 processors from Prescott to Cooper
  /// Lake; rows short of the multiple would go through other code, which sums in another order.
  ///
  /// - Parameters:
  ///   - vectors: the rows of X, `rows` entries each.
  ///   - results: as many rows of `columns` entries.
  public func multiply(rows vectors: Span<Double>, into results: inout MutableSpan<Double>) {
    precondition(rows > 0 && columns > 0, "a product of rows needs a matrix with entries")
    let count = vectors.count / rows
    precondition(vectors.count == count * rows && results.count == count * columns, "the rows fit the matrix")
    if count == 0 { return }
    BLAS.prepare()
    unsafe results.withUnsafeMutableBufferPointer { results in
      unsafe vectors.withUnsafeBufferPointer { vectors in
        unsafe cblas_dgemm(
          CblasRowMajor, CblasNoTrans, CblasNoTrans, Int32(count), Int32(columns), Int32(rows), 1,
          vectors.baseAddress, Int32(rows), values, Int32(columns), 0, results.baseAddress, Int32(columns))
      }
    }
  }

  /// Rows in multiples of which ``multiply(rows:into:)`` treats every row alike.
  public static var rowsTogether: Int { 8 }
}
