internal import CVectorMath

extension Matrix {
  /// result <- A B, with the rows of B at equal distances in memory; allocates nothing.
  ///
  /// Sums as a ``PackedMatrix`` does: what an entry of the result is depends on its row of A and its column of B alone.
  ///
  /// - Parameters:
  ///   - block: holds the `columns` rows of B, the first at its start.
  ///   - stride: from the start of one row of B to that of the next, at least `width`.
  ///   - width: number of columns of B and of the result.
  ///   - result: `rows * width` entries, row by row.
  public func multiply(
    strided block: Span<Double>, stride: Int, width: Int, into result: inout MutableSpan<Double>
  ) {
    multiply(block, stride, width, &result, keep: 0)
  }

  /// result <- result + A B, the same otherwise.
  public func add(
    strided block: Span<Double>, stride: Int, width: Int, to result: inout MutableSpan<Double>
  ) {
    multiply(block, stride, width, &result, keep: 1)
  }

  private func multiply(
    _ block: Span<Double>, _ stride: Int, _ width: Int, _ result: inout MutableSpan<Double>, keep: Int32
  ) {
    precondition(rows > 0 && columns > 0 && 0 < width && width <= stride, "rows that do not overlap")
    precondition(block.count >= (columns - 1) * stride + width, "the block holds every row")
    precondition(result.count == rows * width, "the product fits")
    unsafe result.withUnsafeMutableBufferPointer { result in
      unsafe block.withUnsafeBufferPointer { block in
        unsafe vm_rows_strided(values, rows, columns, block.baseAddress, stride, result.baseAddress, width, keep)
      }
    }
  }
}
