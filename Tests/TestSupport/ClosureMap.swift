public import FixedPoint
public import LinearAlgebra

/// A map given by closures: for tests that need no network.
public struct ClosureMap: FixedPointMap {
  public let dimension: Int
  private let value: @Sendable ([Double]) -> [Double]
  private let derivative: (@Sendable ([Double]) -> Matrix)?

  public init(
    dimension: Int, jacobian: (@Sendable ([Double]) -> Matrix)? = nil,
    _ value: @escaping @Sendable ([Double]) -> [Double]
  ) {
    self.dimension = dimension
    self.value = value
    self.derivative = jacobian
  }

  public func evaluate(_ iterate: Span<Double>, into image: inout MutableSpan<Double>, using workspace: inout Workspace)
  {
    let result = value((0..<dimension).map { iterate[$0] })
    for i in 0..<dimension { image[i] = result[i] }
  }

  public func jacobian(at iterate: [Double]) -> Matrix {
    guard let derivative else { preconditionFailure("this map was given no Jacobian") }
    return derivative(iterate)
  }

  public func pushForward(_ tangent: [Double], at iterate: [Double]) -> [Double] {
    let matrix = jacobian(at: iterate)
    return (0..<dimension).map { i in (0..<dimension).reduce(0) { $0 + matrix[i, $1] * tangent[$1] } }
  }

  public func pullBack(_ cotangent: [Double], at iterate: [Double]) -> [Double] {
    let matrix = jacobian(at: iterate)
    return (0..<dimension).map { j in (0..<dimension).reduce(0) { $0 + matrix[$1, j] * cotangent[$1] } }
  }
}
