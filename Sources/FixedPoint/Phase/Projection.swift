public import LinearAlgebra

/// Two orthonormal directions of the state space through an origin: where a path is looked at.
public struct Projection: Sendable, Equatable {
  public let origin: [Double]
  public let first: [Double]
  public let second: [Double]

  /// Two coordinates, counted from 0, as they are.
  public static func coordinates(_ first: Int, _ second: Int, of dimension: Int) -> Projection {
    precondition(0..<dimension ~= first && 0..<dimension ~= second, "a coordinate is one of the state's")
    func axis(_ index: Int) -> [Double] { (0..<dimension).map { $0 == index ? 1 : 0 } }
    return Projection(origin: Array(repeating: 0, count: dimension), first: axis(first), second: axis(second))
  }

  /// The two directions in which finite points vary most, through their mean; a direction in which nothing varies is 0.
  ///
  /// The sign of each is such that its largest entry is positive.
  /// - Throws: ``LinearAlgebraError`` where the singular values cannot be had.
  ///
  /// Source: Pearson, *On lines and planes of closest fit to systems of points in space*, 1901.
  public static func principal(of points: [[Double]]) throws(LinearAlgebraError) -> Projection {
    precondition(!points.isEmpty, "a mean is of at least one point")
    let dimension = points[0].count
    var mean = [Double](repeating: 0, count: dimension)
    for point in points { Vector.add(1 / Double(points.count), times: point, to: &mean) }
    let centered = Matrix(
      rows: points.count, columns: dimension, values: points.flatMap { zip($0, mean).map { $0 - $1 } })
    let decomposition = try SingularValues(centered)
    return Projection(
      origin: mean, first: direction(0, of: decomposition, dimension),
      second: direction(1, of: decomposition, dimension))
  }

  private static func direction(_ index: Int, of decomposition: SingularValues, _ dimension: Int) -> [Double] {
    guard index < decomposition.values.count, decomposition.values[index] > 0 else {
      return Array(repeating: 0, count: dimension)
    }
    let row = (0..<dimension).map { decomposition.rightTransposed[index, $0] }
    let largest = row.max { abs($0) < abs($1) } ?? 0
    return largest < 0 ? row.map { -$0 } : row
  }

  /// Where a point is seen.
  public func callAsFunction(_ point: [Double]) -> (x: Double, y: Double) {
    let offset = zip(point, origin).map { $0 - $1 }
    return (Vector.dot(offset, first), Vector.dot(offset, second))
  }
}
