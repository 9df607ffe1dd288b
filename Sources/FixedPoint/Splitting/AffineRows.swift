internal import LinearAlgebra

/// The rows of W of a chain of affine operators, one after the other: for maps whose W is too large to be formed.
///
/// With v_k = A_k v_{k-1} + s_k z, row i of W is eᵢᵀ taken back through the A_k, plus what the s_k add on the way.
struct AffineRows {
  /// The rows of all units together visit at most this many entries: some seconds.
  static let mostTerms = 2_000_000_000

  private let links: [any Operator]
  private let dimension: Int
  /// The row so far, and which of its entries differ from 0.
  private var row: SparseRow
  private var next: SparseRow
  private var visited = 0

  init(_ links: some Sequence<any Operator>, dimension: Int) {
    self.links = links.reversed()
    self.dimension = dimension
    let width = self.links.reduce(dimension) { max($0, $1.inputShape.count, $1.outputShape.count) }
    row = SparseRow(width: width)
    next = row
  }

  /// W_ii of unit i.
  mutating func diagonalEntry(_ unit: Int) throws(ProximalFormObstacle) -> Double {
    row.removeAll()
    row.add(1, at: unit)
    var direct = 0.0
    for link in links {
      // The operator adds s z to its result.
      direct += link.stateFactor * row[unit]
      try takeBack(through: link)
    }
    return row[unit] + direct
  }

  /// row <- row A
  private mutating func takeBack(through link: any Operator) throws(ProximalFormObstacle) {
    switch link {
    case is any Translation: return
    case let scale as Scale: row.scale(by: scale.factor)
    case let sparse as any SparseLinearOperator:
      let block = sparse.blockSize
      try replaceRow { row, next in
        for entry in row.entries {
          for term in sparse.terms(ofRow: entry / block) {
            next.add(row[entry] * term.weight, at: term.column * block + entry % block)
          }
        }
      }
    case let linear as any LinearOperator:
      let weight = linear.action.weight
      try replaceRow { row, next in
        for entry in row.entries {
          let first = entry / weight.rows * weight.columns
          for column in 0..<weight.columns {
            next.add(row[entry] * weight[entry % weight.rows, column], at: first + column)
          }
        }
      }
    default: throw ProximalFormObstacle("an affine map before the activation")
    }
  }

  private mutating func replaceRow(_ product: (SparseRow, inout SparseRow) -> Void) throws(ProximalFormObstacle) {
    next.removeAll()
    product(row, &next)
    swap(&row, &next)
    visited += row.entries.count + next.entries.count
    guard visited <= Self.mostTerms else {
      throw ProximalFormObstacle("a state of fewer than its \(dimension) entries, or weights with fewer in a row")
    }
  }
}

/// A row with few entries that differ from 0, in the memory of a whole one.
private struct SparseRow {
  private var values: [Double]
  private var isEntry: [Bool]
  private(set) var entries: [Int] = []

  init(width: Int) {
    values = Array(repeating: 0, count: width)
    isEntry = Array(repeating: false, count: width)
  }

  subscript(entry: Int) -> Double { values[entry] }

  mutating func add(_ value: Double, at entry: Int) {
    if !isEntry[entry] {
      isEntry[entry] = true
      entries.append(entry)
    }
    values[entry] += value
  }

  mutating func scale(by factor: Double) {
    for entry in entries { values[entry] *= factor }
  }

  mutating func removeAll() {
    for entry in entries { (values[entry], isEntry[entry]) = (0, false) }
    entries.removeAll(keepingCapacity: true)
  }
}
