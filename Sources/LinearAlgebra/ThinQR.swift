internal import COpenBLAS

/// A = Q R with k <= rows orthonormal columns in Q, kept up to date while columns are appended at the right and deleted
/// at the left: the window of Anderson acceleration.
///
/// A is not stored. Q stays orthonormal to rounding also where columns of A depend on each other.
/// Source: Walker, Ni, *Anderson acceleration for fixed-point iterations*, SINUM 49 (2011), section 4; Daniel, Gragg,
/// Kaufman, Stewart, *Reorthogonalization and stable algorithms for updating the Gram-Schmidt QR factorization*,
/// Math. Comp. 30 (1976).
public struct ThinQR: Sendable, Equatable {
  /// Number of entries of a column.
  public let rows: Int
  /// k, the number of columns.
  public private(set) var columns = 0
  /// Q, column by column.
  private var basis: [Double] = []
  /// The upper triangle of R, column by column: column j has j + 1 entries.
  private var triangle: [Double] = []

  /// No columns yet.
  public init(rows: Int) {
    precondition(rows >= 0, "a column has no negative number of entries")
    self.rows = rows
  }

  /// Column j of Q.
  public func basisColumn(_ j: Int) -> [Double] { Array(basis[(j * rows)..<((j + 1) * rows)]) }

  /// R_ij; zero below the diagonal.
  public func triangleEntry(_ i: Int, _ j: Int) -> Double {
    precondition(i >= 0 && i < columns && j >= 0 && j < columns, "the entry lies in the triangle's square")
    return i <= j ? triangle[Self.start(j) + i] : 0
  }

  /// Where column j of a packed upper triangle starts.
  private static func start(_ j: Int) -> Int { j * (j + 1) / 2 }
}

// MARK: Update

extension ThinQR {
  /// Appends a column at the right: O(rows · k).
  ///
  /// There is room for at most `rows` columns. A column that depends on those before it gets a zero (or a rounding
  /// error) on R's diagonal, which ``reciprocalCondition`` shows.
  public mutating func append(_ column: [Double]) {
    precondition(column.count == rows, "a column has as many entries as those before it")
    precondition(columns < rows, "there are no more independent columns than rows")
    var rest = column
    var coefficients = [Double](repeating: 0, count: columns)
    let norm = Vector.norm2(column)
    orthogonalize(&rest, &coefficients)
    var diagonal = Vector.norm2(rest)
    if diagonal <= Double(rows) * Double.ulpOfOne * norm {
      diagonal = 0
      rest = directionOutside()
    }
    let scale = Vector.norm2(rest)
    basis.append(contentsOf: rest.map { $0 / scale })
    triangle.append(contentsOf: coefficients)
    triangle.append(diagonal)
    columns += 1
  }

  /// Takes the part in Q's span out of `vector`, twice: then what is left is orthogonal to rounding.
  /// The coefficients of that part are added up.
  private func orthogonalize(_ vector: inout [Double], _ coefficients: inout [Double]) {
    if columns == 0 { return }
    BLAS.prepare()
    let (height, width) = (Int32(rows), Int32(columns))
    var sweep = coefficients
    for _ in 0..<2 {
      unsafe cblas_dgemv(CblasColMajor, CblasTrans, height, width, 1, basis, height, vector, 1, 0, &sweep, 1)
      unsafe cblas_dgemv(CblasColMajor, CblasNoTrans, height, width, -1, basis, height, sweep, 1, 1, &vector, 1)
      Vector.add(times: sweep, to: &coefficients)
    }
  }

  /// A vector orthogonal to all columns of Q: what is left of the unit vector that Q represents worst.
  private func directionOutside() -> [Double] {
    var covered = [Double](repeating: 0, count: rows)
    for j in 0..<columns {
      for i in 0..<rows { covered[i] += basis[j * rows + i] * basis[j * rows + i] }
    }
    let worst = covered.indices.min { covered[$0] < covered[$1] } ?? 0
    var direction = [Double](repeating: 0, count: rows)
    direction[worst] = 1
    var coefficients = [Double](repeating: 0, count: columns)
    orthogonalize(&direction, &coefficients)
    return direction
  }

  /// Deletes the first column by Givens rotations: O(rows · k).
  public mutating func removeFirst() {
    precondition(columns > 0, "there is a column to delete")
    var rotations: [GivensRotation] = []
    var shrunk: [Double] = []
    for j in 1..<max(columns, 1) {
      var column = Array(triangle[Self.start(j)..<Self.start(j + 1)])
      for (i, rotation) in rotations.enumerated() { rotation.apply(&column, i) }
      rotations.append(GivensRotation(zeroing: column[j], with: column[j - 1]))
      rotations[j - 1].apply(&column, j - 1)
      shrunk.append(contentsOf: column[..<j])
    }
    for (i, rotation) in rotations.enumerated() { rotateBasis(rotation, i) }
    triangle = shrunk
    columns -= 1
    basis.removeLast(rows)
  }

  /// Rotates columns i and i + 1 of Q.
  private mutating func rotateBasis(_ rotation: GivensRotation, _ i: Int) {
    let (first, second) = (i * rows, (i + 1) * rows)
    for k in 0..<rows {
      let (x, y) = rotation.turn(basis[first + k], basis[second + k])
      basis[first + k] = x
      basis[second + k] = y
    }
  }

  /// Drops every column, keeps the number of rows.
  public mutating func removeAll() { self = ThinQR(rows: rows) }
}

// MARK: Use

extension ThinQR {
  /// The x that minimises ‖A x - b‖₂, k entries.
  /// - Throws: ``LinearAlgebraError/rankDeficient(column:)`` if an entry on R's diagonal is exactly zero.
  public func leastSquares(_ right: [Double]) throws(LinearAlgebraError) -> [Double] {
    precondition(right.count == rows, "the right-hand side has as many entries as a column")
    if columns == 0 { return [] }
    if let zero = (0..<columns).first(where: { triangleEntry($0, $0) == 0 }) { throw .rankDeficient(column: zero) }
    var x = coefficients(of: right)
    unsafe cblas_dtpsv(CblasColMajor, CblasUpper, CblasNoTrans, CblasNonUnit, Int32(columns), triangle, &x, 1)
    return x
  }

  /// Qᵀ v, k entries: the coefficients of v's part in the span of the columns.
  public func coefficients(of vector: [Double]) -> [Double] {
    precondition(vector.count == rows, "a vector has as many entries as a column")
    var result = [Double](repeating: 0, count: columns)
    if columns == 0 { return result }
    BLAS.prepare()
    let (height, width) = (Int32(rows), Int32(columns))
    unsafe cblas_dgemv(CblasColMajor, CblasTrans, height, width, 1, basis, height, vector, 1, 0, &result, 1)
    return result
  }

  /// An estimate of 1 / (‖R‖₁ ‖R⁻¹‖₁): 0 if a column depends exactly on those before it, 1 without columns, not a
  /// number if a column is not finite.
  public var reciprocalCondition: Double {
    if columns == 0 { return 1 }
    BLAS.prepare()
    var estimate = 0.0
    let code = unsafe LAPACKE_dtpcon(
      LAPACK_COL_MAJOR, LapackFlag.norm1, LapackFlag.upper, LapackFlag.generalDiagonal, Int32(columns), triangle,
      &estimate)
    return code == 0 ? estimate : .nan
  }
}
