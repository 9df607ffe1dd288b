/// Proved bounds of the Perron root of a non-negative matrix, or of the spectral abscissa of a Metzler matrix, with
/// weights in which the bound is a norm.
///
/// Every bound holds in exact arithmetic: the rounding allowance is included, the caller adds none. Where the numbers
/// overflow the upper bounds are infinite.
///
/// Irreducible diagonal blocks are treated one by one: the root of A is the largest of theirs, so that multiple and
/// zero roots of a reducible matrix are as accurate as simple ones.
/// Source: Horn, Johnson, *Matrix Analysis*, sections 8.1 (theorem 8.1.26, Collatz-Wielandt) and 8.3 (reducible).
public struct PerronBounds: Sendable, Equatable {
  /// At most the root.
  public let lower: Double
  /// At least the root; at most ``upper``.
  public let rootUpper: Double
  /// At least max_i (A w)_i / w_i with w = ``vector``, and so at least the root: for a non-negative A, ‖A‖ in the sup
  /// norm weighted by w.
  ///
  /// Equal to ``rootUpper`` for an irreducible A. A reducible A may have no positive vector that attains its root: then
  /// this is larger, as a rule by 1e-12 relative, by more for long chains of blocks with equal roots.
  public let upper: Double
  /// w > 0, largest entry in [1, 2).
  public let vector: [Double]

  /// The middle of ``lower`` and ``rootUpper``.
  public var value: Double { lower / 2 + rootUpper / 2 }

  init(metzler matrix: Matrix) {
    let blocks = StronglyConnectedComponents(of: matrix).components.map { Block($0, of: matrix) }
    lower = blocks.reduce(-.infinity) { max($0, $1.lower) }
    let rootUpper = blocks.reduce(-.infinity) { max($0, $1.upper) }
    self.rootUpper = rootUpper
    if blocks.count == 1 {
      vector = blocks[0].weights
      upper = rootUpper
      return
    }
    vector = Self.assemble(matrix, blocks, above: rootUpper)
    upper = max(rootUpper, CollatzWielandt(matrix, weights: vector).upper)
  }

  /// Weights for the whole matrix from those of its blocks, for the smallest excess over the root that the range of
  /// numbers has room for.
  private static func assemble(_ matrix: Matrix, _ blocks: [Block], above root: Double) -> [Double] {
    var excess = (root == 0 ? matrix.normInf : root.magnitude) * 0x1p-40
    while excess > 0 && excess.isFinite && root.isFinite {
      if let weights = weights(matrix, blocks, below: root + excess) { return weights }
      excess *= 4
    }
    return Array(repeating: 1, count: matrix.rows)
  }

  /// Scales each block's weights so that what it takes from the blocks before it fits below the target.
  private static func weights(_ matrix: Matrix, _ blocks: [Block], below target: Double) -> [Double]? {
    var weights = [Double](repeating: 0, count: matrix.rows)
    for block in blocks {
      var scale = 1.0
      for (i, weight) in zip(block.indices, block.weights) {
        let taken = weights.indices.reduce(0) { weights[$1] == 0 ? $0 : $0 + matrix[i, $1] * weights[$1] }
        if taken > 0 { scale = max(scale, taken / (weight * (target - block.upper))) }
      }
      for (i, weight) in zip(block.indices, block.weights) { weights[i] = scale * weight }
    }
    return NodaIteration.normalized(weights)
  }
}

/// An irreducible diagonal block with its Perron vector.
private struct Block {
  let indices: [Int]
  let weights: [Double]
  let lower: Double
  let upper: Double

  init(_ indices: [Int], of matrix: Matrix) {
    self.indices = indices
    var block = Matrix(rows: indices.count, columns: indices.count)
    for (i, row) in indices.enumerated() {
      for (j, column) in indices.enumerated() { block[i, j] = matrix[row, column] }
    }
    let iteration = NodaIteration(block)
    weights = iteration.weights
    lower = iteration.lower
    upper = iteration.upper
  }
}

extension Matrix {
  /// The Perron root ρ(A) of a square matrix with no negative entry, at least 1 x 1.
  /// - Throws: ``LinearAlgebraError/notFinite(row:column:)``.
  public func perronRoot() throws(LinearAlgebraError) -> PerronBounds {
    precondition(values.allSatisfy { !($0 < 0) }, "a Perron root is of a matrix without negative entries")
    return try metzlerAbscissa()
  }

  /// The spectral abscissa max Re λ(A) of a square matrix with no negative entry off the diagonal, at least 1 x 1: its
  /// dominant eigenvalue, which is real.
  /// - Throws: ``LinearAlgebraError/notFinite(row:column:)``.
  public func metzlerAbscissa() throws(LinearAlgebraError) -> PerronBounds {
    precondition(rows == columns && rows > 0, "a Perron root is of a square matrix that is not empty")
    try requireFinite()
    precondition(isMetzler, "a Metzler matrix has no negative entry off its diagonal")
    return PerronBounds(metzler: self)
  }

  /// The diagonal kept and magnitudes off it.
  public var metzlerPart: Matrix {
    var result = absolute
    for i in 0..<min(rows, columns) { result[i, i] = self[i, i] }
    return result
  }

  private var isMetzler: Bool {
    values.indices.allSatisfy { values[$0] >= 0 || $0 / columns == $0 % columns }
  }
}
