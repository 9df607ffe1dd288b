internal import LinearAlgebra

/// Whether Picard's iteration settles at a fixed point where one or several pieces of f meet.
struct LocalStability {
  let network: Network
  let borders: [Border]
  let state: [Double]
  /// The pieces with their Jacobians.
  let pieces: [(piece: BranchPoint.Piece, jacobian: Matrix)]

  /// What of 1 - ρ is rounding.
  private static let doubt = 1e-9

  var verdict: BranchPoint.Stability {
    guard pieces.count > 1 else { return Self.verdict(pieces.first?.piece.spectralRadius ?? 0) }
    if network.dimension == 1 { return Self.verdict(Self.factor(pieces.map { $0.jacobian[0, 0] })) }
    if pieces.contains(where: { isLeft(along: $0.piece) }) { return .repelling }
    return contracts ? .attracting : .undecided
  }

  private static func verdict(_ radius: Double) -> BranchPoint.Stability {
    abs(radius - 1) <= doubt ? .undecided : radius < 1 ? .attracting : .repelling
  }

  /// In one dimension, with a slope on each side: below 1 if and only if the iteration settles.
  static func factor(_ slopes: [Double]) -> Double {
    let greatest = slopes.max() ?? 0
    let product = slopes.allSatisfy { $0 < 0 } ? slopes.reduce(1, *) : 0
    return max(greatest, product, 0)
  }

  /// Whether the iteration leaves along a ray: an eigenvalue above 1 whose eigenvector points into the piece that it is of,
  /// or an eigenvalue outside the unit circle that all pieces have.
  private func isLeft(along piece: BranchPoint.Piece) -> Bool {
    piece.eigenvalues.contains { value in
      guard value.magnitude > 1 + Self.doubt else { return false }
      return isShared(value) || (value.imaginary == 0 && value.real > 0 && !rays(of: piece, value.real).isEmpty)
    }
  }

  /// Whether all pieces have an eigenvalue: its directions lie in the borders.
  func isShared(_ value: ComplexNumber) -> Bool {
    pieces.allSatisfy { _, jacobian in
      guard let values = try? jacobian.eigenvalues() else { return false }
      return values.contains { ComplexNumber($0.real - value.real, $0.imaginary - value.imaginary).magnitude < 1e-9 }
    }
  }

  /// The unit eigenvectors of a real eigenvalue that point into the piece that it is of.
  func rays(of piece: BranchPoint.Piece, _ value: Double) -> [[Double]] {
    guard let jacobian = pieces.first(where: { $0.piece.cell == piece.cell })?.jacobian,
      let vector = jacobian.eigenvector(near: value)
    else { return [] }
    if pieces.count == 1 { return [vector, vector.map { -$0 }] }
    let length = 1e-6 * (1 + Vector.normSup(state))
    return [vector, vector.map { -$0 }].filter { direction in
      let moved = zip(state, direction).map { $0 + length * $1 }
      let distances = network.distances(to: borders, at: moved)
      return zip(piece.cell.sides, distances.values).allSatisfy { Double($0) * $1 >= -1e-3 * length }
    }
  }

  /// Whether all products of the pieces' Jacobians of some length, in every order, are below 1 in the sup norm.
  private var contracts: Bool {
    var products = pieces.map(\.jacobian)
    while !products.isEmpty, products.count <= 256 {
      if products.allSatisfy({ $0.normInf < 1 }) { return true }
      products = products.flatMap { product in pieces.map { $0.jacobian.multiply(product) } }
    }
    return false
  }
}

extension Matrix {
  /// A unit eigenvector of a real eigenvalue, by inverse iteration from a vector without a pattern.
  func eigenvector(near value: Double) -> [Double]? {
    var shifted = self
    for i in 0..<rows { shifted[i, i] -= value + 1e-9 * (1 + abs(value)) }
    guard let factors = try? LUFactorization(shifted) else { return nil }
    var generator = SplitMix64(seed: 1)
    var vector = generator.gaussians(rows)
    for _ in 0..<3 {
      let solved = factors.solve(vector)
      let length = Vector.norm2(solved)
      guard length.isFinite, length > 0 else { return nil }
      vector = solved.map { $0 / length }
    }
    return vector
  }
}
