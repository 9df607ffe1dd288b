public import LinearAlgebra

/// The affine map g -> Jᵀ g + v at a point z, whose fixed point solves (I - Jᵀ) g = v; its residual is the system's.
public struct AdjointMap<Map: FixedPointMap>: FixedPointMap {
  public let map: Map
  /// z
  public let point: [Double]
  /// v
  public let cotangent: [Double]

  public init(_ map: Map, at point: [Double], cotangent: [Double]) {
    precondition(point.count == map.dimension, "a point has as many entries as the map's dimension")
    precondition(cotangent.count == map.dimension, "a cotangent has as many entries as the map's dimension")
    self.map = map
    self.point = point
    self.cotangent = cotangent
  }

  public var dimension: Int { map.dimension }

  public func evaluate(
    _ iterate: Span<Double>, into image: inout MutableSpan<Double>, using workspace: inout Workspace
  ) {
    var sum = map.pullBack((0..<dimension).map { iterate[$0] }, at: point)
    Vector.add(times: cotangent, to: &sum)
    image.copy(sum.span)
  }

  /// result = (I - Jᵀ) vector.
  func applySystem(_ vector: Span<Double>, into result: inout MutableSpan<Double>) {
    let product = map.pullBack((0..<dimension).map { vector[$0] }, at: point)
    for i in 0..<dimension { result[i] = vector[i] - product[i] }
  }

  /// ‖v - (I - Jᵀ) g‖₂; infinite where it is not finite.
  func residual(of gradient: [Double]) -> Double {
    let image = image(of: gradient)
    return StepMeasures(iterate: gradient.span, image: image.span).residualAbsolute
  }

  public func jacobian(at iterate: [Double]) -> Matrix { map.jacobian(at: point).transposed }

  public func pushForward(_ tangent: [Double], at iterate: [Double]) -> [Double] { map.pullBack(tangent, at: point) }

  public func pullBack(_ cotangent: [Double], at iterate: [Double]) -> [Double] {
    map.pushForward(cotangent, at: point)
  }
}
