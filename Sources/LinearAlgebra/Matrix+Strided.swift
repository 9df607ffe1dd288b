internal import COpenBLAS

extension Matrix {
  /// result <- A B + keep · result, with the rows of B at equal distances in memory; allocates nothing.
  ///
  /// - Parameters:
  ///   - block: holds the `columns` rows of B, the first at its start.
  ///   - stride: from the start of one row of B to that of the next, at least `width`.
  ///   - width: number of columns of B and of the result.
  ///   - result: `rows * width` entries, row by row.
  ///   - keep: β, multiplies what was there; with 0 it is not read.
  public func multiply(
    strided block: Span<Double>, stride: Int, width: Int, into result: inout MutableSpan<Double>, keep: Double = 0
  ) {
    precondition(rows > 0 && columns > 0 && 0 < width && width <= stride, "rows that do not overlap")
    precondition(block.count >= (columns - 1) * stride + width, "the block holds every row")
    precondition(result.count == rows * width, "the product fits")
    BLAS.prepare()
    unsafe result.withUnsafeMutableBufferPointer { result in
      unsafe block.withUnsafeBufferPointer { block in
        unsafe cblas_dgemm(
          CblasRowMajor, CblasNoTrans, CblasNoTrans, Int32(rows), Int32(width), Int32(columns), 1, values,
          Int32(columns), block.baseAddress, Int32(stride), keep, result.baseAddress, Int32(width))
      }
    }
  }
}
