internal import LinearAlgebra

/// The two orthogonal directions in which a set of points spreads most.
///
/// Source: Jolliffe, *Principal Component Analysis*, 2002, chapter 1; by the singular values of the centred points.
public struct PrincipalDirections: Sendable, Equatable {
  public let first: PhaseAxis
  public let second: PhaseAxis
  /// Shares of the sum of squared distances from the mean; 0 where all points are the same.
  public let shares: [Double]

  /// The directions of points with at least two entries; points that are not finite do not count. The largest entry of
  /// each vector, the first of several, is positive. Where the points lie on a line or at one place, units take the
  /// places that are left.
  public init(of points: [[Double]], dimension: Int) {
    precondition(dimension >= 2, "two directions need two units")
    let finite = points.filter { $0.allSatisfy(\.isFinite) }
    let kept = Self.evenly(finite, most: 600)
    let mean = Self.mean(of: kept, dimension: dimension)
    let (vectors, squares) = Self.leading(kept, mean)
    let first = vectors.first ?? Self.unit(0, dimension)
    let second = vectors.count > 1 ? vectors[1] : Self.orthogonalUnit(to: first)
    let total = squares.reduce(0, +)
    shares = (0..<2).map { $0 < squares.count && total > 0 ? squares[$0] / total : 0 }
    self.first = Self.axis(first, through: mean)
    self.second = Self.axis(second, through: mean)
  }

  private static func evenly(_ points: [[Double]], most: Int) -> [[Double]] {
    points.count <= most ? points : (0..<most).map { points[$0 * points.count / most] }
  }

  private static func mean(of points: [[Double]], dimension: Int) -> [Double] {
    var sum = [Double](repeating: 0, count: dimension)
    for point in points { Vector.add(1 / Double(points.count), times: point, to: &sum) }
    return sum
  }

  /// Up to two vectors whose singular values are above rounding, and the squares of all singular values.
  private static func leading(_ points: [[Double]], _ mean: [Double]) -> (vectors: [[Double]], squares: [Double]) {
    let rows = points.flatMap { zip($0, mean).map { $0 - $1 } }
    let matrix = Matrix(rows: points.count, columns: mean.count, values: rows)
    guard !points.isEmpty, let decomposition = try? SingularValues(matrix) else { return ([], []) }
    let size = points.reduce(Vector.normSup(mean)) { max($0, Vector.normSup($1)) }
    let least = max((decomposition.values.first ?? 0) * 1e-9, size * 1e-12)
    let count = decomposition.values.prefix(2).prefix { $0 > least }.count
    let transposed = decomposition.rightTransposed
    let vectors = (0..<count).map { row in signed((0..<mean.count).map { transposed[row, $0] }) }
    return (vectors, decomposition.values.map { $0 * $0 })
  }

  private static func signed(_ vector: [Double]) -> [Double] {
    let largest = Vector.normSup(vector)
    let leads = vector.first { abs($0) >= largest * (1 - 1e-9) } ?? 1
    return leads < 0 ? vector.map { -$0 } : vector
  }

  private static func unit(_ index: Int, _ dimension: Int) -> [Double] { (0..<dimension).map { $0 == index ? 1 : 0 } }

  /// The unit that is farthest from a direction, made orthogonal to it.
  private static func orthogonalUnit(to direction: [Double]) -> [Double] {
    let index = direction.indices.min { (abs(direction[$0]), $0) < (abs(direction[$1]), $1) } ?? 0
    var vector = unit(index, direction.count)
    Vector.add(-direction[index], times: direction, to: &vector)
    let length = Vector.norm2(vector)
    return signed(vector.map { $0 / length })
  }

  private static func axis(_ vector: [Double], through mean: [Double]) -> PhaseAxis {
    .direction(vector, offset: Vector.dot(vector, mean))
  }
}
