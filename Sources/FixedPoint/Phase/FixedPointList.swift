internal import LinearAlgebra

/// Different fixed points, as they were found: a measurement, and no proof that there are no others.
public struct FixedPointList: Sendable, Equatable {
  /// Two points whose entries differ by less than this times 1 + their largest entry count as one.
  public static let tolerance = 1e-5
  /// No more are told apart: a map may have a continuum of them.
  public static let most = 26

  public private(set) var points: [ComputedFixedPoint] = []
  /// More were found than are told apart.
  public private(set) var isFull = false

  public init() {}

  /// The index of the point that is listed for this one.
  public func index(of point: [Double]) -> Int? {
    let allowed = Self.tolerance * (1 + Vector.normSup(point))
    return points.firstIndex { known in zip(known.point, point).allSatisfy { abs($0 - $1) <= allowed } }
  }

  /// Lists a point if it is not there; its index, or `nil` where the list is full.
  @discardableResult
  mutating func include(_ point: ComputedFixedPoint) -> Int? {
    if let known = index(of: point.point) { return known }
    guard points.count < Self.most else {
      isFull = true
      return nil
    }
    points.append(point)
    return points.count - 1
  }

  /// Lists a point where an iteration settled.
  mutating func include(settled point: [Double], of network: Network) -> Int? {
    index(of: point) ?? include(ComputedFixedPoint(measuring: point, of: network))
  }
}

extension ComputedFixedPoint {
  /// Dense Jacobians of more units are not decomposed here.
  static let largestDense = 256

  /// The residual and, for maps that are not large, the spectral radius at a point.
  init(measuring point: [Double], of network: Network) {
    let residual = zip(network.image(of: point), point).map { $0 - $1 }
    let isSmall = network.dimension <= Self.largestDense
    self.init(
      point: point, residual: Vector.normSup(residual),
      spectralRadius: isSmall ? try? network.jacobian(at: point).spectralRadius() : nil)
  }
}
