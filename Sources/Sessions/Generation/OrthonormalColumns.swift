/// Q of the Householder QR of a tall matrix, with the sign of each column such that R has a positive diagonal.
///
/// Plain IEEE arithmetic in a fixed order: the same bits on every machine. Q is unique, so it is Haar distributed when
/// the matrix is normal. Both matrices are rows x columns, row-major, rows >= columns.
func orthonormalColumns(of matrix: [Double], rows: Int, columns: Int) -> [Double] {
  var work = matrix
  var reflectors: [[Double]] = []
  var signs: [Double] = []
  for column in 0..<columns {
    var reflector = (column..<rows).map { work[$0 * columns + column] }
    let norm = reflector.reduce(0) { $0 + $1 * $1 }.squareRoot()
    let sign: Double = reflector[0] < 0 ? -1 : 1
    reflector[0] += sign * norm
    let length = reflector.reduce(0) { $0 + $1 * $1 }
    if length > 0 { reflector = reflector.map { $0 / length.squareRoot() } }
    reflect(&work, columns: columns, by: reflector, from: column)
    reflectors.append(reflector)
    signs.append(-sign)
  }
  var q = [Double](repeating: 0, count: rows * columns)
  for column in 0..<columns { q[column * columns + column] = signs[column] }
  for column in (0..<columns).reversed() { reflect(&q, columns: columns, by: reflectors[column], from: column) }
  return q
}

/// (I - 2 v vᵀ) from the left on the rows from `first` on; row by row, as the matrix is stored.
private func reflect(_ matrix: inout [Double], columns: Int, by reflector: [Double], from first: Int) {
  var projections = [Double](repeating: 0, count: columns)
  for (row, entry) in reflector.enumerated() {
    let start = (first + row) * columns
    for column in 0..<columns { projections[column] += entry * matrix[start + column] }
  }
  for (row, entry) in reflector.enumerated() {
    let start = (first + row) * columns
    for column in 0..<columns { matrix[start + column] -= 2 * projections[column] * entry }
  }
}
