internal import COpenBLAS

extension Matrix {
  /// results <- X A, for X and the results given by their rows, one after the other; allocates nothing.
  ///
  /// With a multiple of ``rowsTogether`` rows, the bits of a row of the result depend on that row of X alone, neither on
  /// the other rows nor on their number; rows short of the multiple would go through other code, which sums in another
  /// order. So it is for OpenBLAS's kernels of x86-64 processors up to AVX2. For those of AVX-512 it is so up to 125,000
  /// entries of the matrix; beyond, the last bits of a row may depend on its place and on the number of rows, seen where
  /// the columns are no multiple of 16.
  ///
  /// - Parameters:
  ///   - vectors: the rows of X, `rows` entries each.
  ///   - results: as many rows of `columns` entries.
  public func multiply(rows vectors: Span<Double>, into results: inout MutableSpan<Double>) {
    precondition(rows > 0 && columns > 0, "a product of rows needs a matrix with entries")
    let count = vectors.count / rows
    precondition(vectors.count == count * rows && results.count == count * columns, "the rows fit the matrix")
    BLAS.prepare()
    var first = 0
    while first < count {
      let part = min(count - first, mostRows)
      unsafe results.withUnsafeMutableBufferPointer { results in
        unsafe vectors.withUnsafeBufferPointer { vectors in
          unsafe cblas_dgemm(
            CblasRowMajor, CblasNoTrans, CblasNoTrans, Int32(part), Int32(columns), Int32(rows), 1,
            vectors.baseAddress.map { unsafe $0 + first * rows }, Int32(rows), values, Int32(columns), 0,
            results.baseAddress.map { unsafe $0 + first * columns }, Int32(columns))
        }
      }
      first += part
    }
  }

  /// Rows in multiples of which ``multiply(rows:into:)`` treats every row alike.
  public static var rowsTogether: Int { 8 }

  /// Rows of one call. For AVX-512 so few that all calls go through the code of small products, where that is possible.
  private var mostRows: Int {
    let most = BLAS.smallProduct / (rows * columns) / Self.rowsTogether * Self.rowsTogether
    return BLAS.hasSmallProducts && most > 0 ? most : .max
  }
}

extension BLAS {
  /// Multiplications up to which a product counts as small.
  fileprivate static let smallProduct = 1_000_000

  /// Whether the kernels have code of their own for small products: those for AVX-512 do.
  fileprivate static let hasSmallProducts = ["SkylakeX", "Cooperlake", "SapphireRapids"].contains(kernelName)
}
