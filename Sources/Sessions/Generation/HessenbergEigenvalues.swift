/// The largest modulus of the eigenvalues of a real square matrix (row-major, finite), NaN if QR does not converge.
///
/// Plain IEEE arithmetic in a fixed order, no library: ensembles need the same bits on every machine.
/// Reduction to Hessenberg form by Householder reflections, then Francis's implicit double-shift QR with deflation.
/// Eigenvalues of a 2 x 2 block with a negative discriminant have modulus sqrt(det). Where the subdiagonal does not become
/// negligible beside its neighbours, as for a multiple of the identity with rounding errors of that very size, QR begins
/// anew and neglects what is a few rounding errors of the largest entry: the eigenvalues are then those of a matrix
/// as close as that.
///
/// Source: Golub, Van Loan, *Matrix Computations*, 4th ed., algorithms 7.4.2 and 7.5.1.
func spectralRadius(of matrix: [Double], size: Int) -> Double {
  var largest = Double.nan
  for slack in [0, 16, 256] where largest.isNaN {
    var iteration = HessenbergEigenvalues(matrix, size: size, slack: Double(slack))
    largest = iteration.largestModulus()
  }
  return largest
}

struct HessenbergEigenvalues {
  private var h: [Double]
  private let size: Int
  /// Subdiagonal entries of at most this size are negligible beside the whole matrix; 0 compares them with their
  /// neighbours alone.
  private let negligible: Double

  fileprivate init(_ matrix: [Double], size: Int, slack: Double) {
    h = matrix
    self.size = size
    let largest = matrix.reduce(0) { max($0, $1.magnitude) }
    negligible = slack * 0x1p-52 * largest
    reduce()
  }

  private subscript(row: Int, column: Int) -> Double {
    get { h[row * size + column] }
    set { h[row * size + column] = newValue }
  }

  private mutating func reduce() {
    guard size > 2 else { return }
    for column in 0..<size - 2 {
      let below = (column + 1..<size).map { self[$0, column] }
      guard let reflector = Self.reflector(for: below) else { continue }
      reflectRows(by: reflector, from: column + 1, columns: column..<size)
      reflectColumns(by: reflector, from: column + 1, rows: 0..<size)
      for row in column + 2..<size { self[row, column] = 0 }
    }
  }

  /// The unit vector v with (I - 2 v vᵀ) x along the first axis; `nil` if x already is zero.
  private static func reflector(for vector: [Double]) -> [Double]? {
    let scale = vector.reduce(0) { max($0, $1.magnitude) }
    guard scale > 0 else { return nil }
    var v = vector.map { $0 / scale }
    let norm = v.reduce(0) { $0 + $1 * $1 }.squareRoot()
    v[0] += v[0] < 0 ? -norm : norm
    let length = v.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return v.map { $0 / length }
  }

  private mutating func reflectRows(by v: [Double], from first: Int, columns: Range<Int>) {
    for column in columns {
      var projection = 0.0
      for k in v.indices { projection += v[k] * self[first + k, column] }
      for k in v.indices { self[first + k, column] -= 2 * projection * v[k] }
    }
  }

  private mutating func reflectColumns(by v: [Double], from first: Int, rows: Range<Int>) {
    for row in rows {
      var projection = 0.0
      for k in v.indices { projection += self[row, first + k] * v[k] }
      for k in v.indices { self[row, first + k] -= 2 * projection * v[k] }
    }
  }

  fileprivate mutating func largestModulus() -> Double {
    var largest = 0.0
    var end = size
    var sweeps = 0
    while end > 0 {
      let start = activeStart(end)
      if end - start <= 2 {
        largest = max(largest, end - start == 1 ? self[start, start].magnitude : pairModulus(start))
        end = start
        sweeps = 0
      } else {
        sweeps += 1
        // Thirty sweeps deflate in practice; beyond three hundred the entries are not numbers.
        guard sweeps <= 300 else { return .nan }
        sweep(start, end, isExceptional: sweeps % 10 == 0)
      }
    }
    return largest
  }

  /// First row of the last unreduced block that ends before `end`; negligible subdiagonal entries become 0.
  private mutating func activeStart(_ end: Int) -> Int {
    var row = end - 1
    while row > 0 {
      let neighbours = self[row, row].magnitude + self[row - 1, row - 1].magnitude
      let limit = max(0x1p-52 * neighbours, negligible)
      if self[row, row - 1].magnitude <= limit || self[row, row - 1].magnitude < 1e-300 {
        self[row, row - 1] = 0
        return row
      }
      row -= 1
    }
    return 0
  }

  private func pairModulus(_ start: Int) -> Double {
    let (a, b, c, d) = (self[start, start], self[start, start + 1], self[start + 1, start], self[start + 1, start + 1])
    let half = (a - d) / 2
    let discriminant = half * half + b * c
    guard discriminant >= 0 else { return (a * d - b * c).magnitude.squareRoot() }
    let middle = (a + d) / 2
    return middle.magnitude + discriminant.squareRoot()
  }

  /// One implicit double-shift sweep on rows `start..<end`, at least three of them.
  private mutating func sweep(_ start: Int, _ end: Int, isExceptional: Bool) {
    let (trace, determinant) = shifts(end, isExceptional: isExceptional)
    var first = firstColumn(start, trace, determinant)
    for row in start..<end - 1 {
      let height = min(3, end - row)
      if row > start { first = (0..<height).map { self[row + $0, row - 1] } }
      if let reflector = Self.reflector(for: Array(first.prefix(height))) {
        reflectRows(by: reflector, from: row, columns: max(start, row - 1)..<end)
        reflectColumns(by: reflector, from: row, rows: start..<min(row + 4, end))
      }
      if row > start { for k in 1..<height { self[row + k, row - 1] = 0 } }
    }
  }

  /// Sum and product of the two shifts: eigenvalues of the last 2 x 2 block, or arbitrary ones to break a cycle.
  private func shifts(_ end: Int, isExceptional: Bool) -> (trace: Double, determinant: Double) {
    let (a, b) = (self[end - 2, end - 2], self[end - 2, end - 1])
    let (c, d) = (self[end - 1, end - 2], self[end - 1, end - 1])
    guard isExceptional else { return (a + d, a * d - b * c) }
    let size = c.magnitude + self[end - 2, end - 3].magnitude
    return (1.5 * size, size * size)
  }

  /// The first column of (H - s₁I)(H - s₂I), up to rows beyond the third.
  private func firstColumn(_ start: Int, _ trace: Double, _ determinant: Double) -> [Double] {
    let (a, b) = (self[start, start], self[start, start + 1])
    let (c, d) = (self[start + 1, start], self[start + 1, start + 1])
    return [a * a + b * c - trace * a + determinant, c * (a + d - trace), c * self[start + 2, start + 1]]
  }
}
