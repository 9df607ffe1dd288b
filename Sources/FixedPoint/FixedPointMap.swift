public import LinearAlgebra

/// A map f : Rⁿ -> Rⁿ with its derivatives: what a solver sees.
public protocol FixedPointMap: Sendable {
  /// n.
  var dimension: Int { get }

  /// image = f(iterate). One evaluation. Allocates nothing once `workspace` has grown.
  func evaluate(_ iterate: Span<Double>, into image: inout MutableSpan<Double>, using workspace: inout Workspace)

  /// J(iterate), n x n.
  func jacobian(at iterate: [Double]) -> Matrix

  /// J(iterate) · tangent.
  func pushForward(_ tangent: [Double], at iterate: [Double]) -> [Double]

  /// J(iterate)ᵀ · cotangent.
  func pullBack(_ cotangent: [Double], at iterate: [Double]) -> [Double]

  /// The map as σ(W z + p) + q with a proximal σ, for the splitting methods.
  /// - Throws: what the map would have to be; by default, a pipeline of operators.
  func proximalForm() throws(ProximalFormObstacle) -> ProximalForm

  /// W if the map has exactly one affine part and its matrix is known, else `nil`.
  var oneAffinePart: Matrix? { get }
}

extension FixedPointMap {
  public var oneAffinePart: Matrix? { nil }
}

extension FixedPointMap {
  /// image = f(iterate), in the image's own buffer: allocates only where someone else holds the image.
  func evaluate(_ iterate: [Double], into image: inout [Double], using workspace: inout Workspace) {
    var destination = image.mutableSpan
    evaluate(iterate.span, into: &destination, using: &workspace)
  }

  /// f(iterate) as a new array: for callers outside inner loops.
  public func image(of iterate: [Double]) -> [Double] {
    precondition(iterate.count == dimension, "an iterate has as many entries as the map's dimension")
    var image = [Double](repeating: 0, count: dimension)
    var workspace = Workspace()
    evaluate(iterate, into: &image, using: &workspace)
    return image
  }
}
