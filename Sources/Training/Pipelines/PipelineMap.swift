internal import FixedPoint
internal import LinearAlgebra

/// A pipeline's f(z; x) for one x.
struct PipelineMap: FixedPointMap {
  let links: [PipelineLink]
  let dimension: Int
  let input: [Double]
  /// What each injection adds, and the derivative of its activation; empty for the others.
  private let injected: [(values: [Double], slopes: [Double])]

  init(_ links: [PipelineLink], dimension: Int, input: [Double]) {
    self.links = links
    self.dimension = dimension
    self.input = input
    injected = links.map {
      if case .injection(let injection) = $0 { return injection.values(input) }
      return ([], [])
    }
  }

  /// The running value before each operator, and the image last.
  func values(at iterate: [Double]) -> [[Double]] {
    var result = [iterate]
    for (position, link) in links.enumerated() {
      let value = result[position]
      switch link {
      case .injection: result.append(zip(value, injected[position].values).map { $0 + $1 })
      case .fixed(let link, _):
        result.append(written(link.outputShape.count) { link.apply(value.span, state: iterate.span, into: &$0) })
      }
    }
    return result
  }

  func evaluate(_ iterate: Span<Double>, into image: inout MutableSpan<Double>, using workspace: inout Workspace) {
    let last = values(at: (0..<iterate.count).map { iterate[$0] })[links.count]
    for i in 0..<last.count { image[i] = last[i] }
  }

  func jacobian(at iterate: [Double]) -> Matrix {
    var running = Matrix.identity(dimension)
    for (link, value) in zip(links, values(at: iterate)) {
      guard case .fixed(let link, _) = link else { continue }
      running = link.multiplyJacobian(at: value.span, by: running)
      if link.stateFactor != 0 { for i in 0..<dimension { running[i, i] += link.stateFactor } }
    }
    return running
  }

  func pushForward(_ tangent: [Double], at iterate: [Double]) -> [Double] {
    var running = tangent
    for (link, value) in zip(links, values(at: iterate)) {
      guard case .fixed(let link, _) = link else { continue }
      running = written(link.outputShape.count) { link.pushForward(running.span, at: value.span, into: &$0) }
      if link.stateFactor != 0 { for i in running.indices { running[i] += link.stateFactor * tangent[i] } }
    }
    return running
  }

  func pullBack(_ cotangent: [Double], at iterate: [Double]) -> [Double] {
    pullBack(cotangent, values: values(at: iterate)) { _, _ in }
  }

  /// Jᵀ · cotangent; `visit` is given each operator's position with the cotangents of its result.
  private func pullBack(
    _ cotangent: [Double], values: [[Double]], _ visit: (Int, [Double]) -> Void
  ) -> [Double] {
    var running = cotangent
    var skipped = [Double](repeating: 0, count: dimension)
    for position in links.indices.reversed() {
      visit(position, running)
      guard case .fixed(let link, _) = links[position] else { continue }
      if link.stateFactor != 0 { for i in skipped.indices { skipped[i] += link.stateFactor * running[i] } }
      let value = values[position]
      running = written(link.inputShape.count) { link.pullBack(running.span, at: value.span, into: &$0) }
    }
    return zip(running, skipped).map { $0 + $1 }
  }

  /// (∂f/∂θ)ᵀ · cotangent for every tensor of the operators, by position and field.
  func gradients(_ cotangent: [Double], at iterate: [Double]) -> [[String: [Double]]] {
    let values = values(at: iterate)
    var result = [[String: [Double]]](repeating: [:], count: links.count)
    _ = pullBack(cotangent, values: values) { position, running in
      switch links[position] {
      case .injection(let injection):
        result[position] = injection.gradients(running, at: input, injected[position].slopes)
      case .fixed: result[position] = links[position].gradients(running, at: values[position])
      }
    }
    return result
  }
}

/// A new array of `count` numbers, written by `body`.
private func written(_ count: Int, _ body: (inout MutableSpan<Double>) -> Void) -> [Double] {
  var result = [Double](repeating: 0, count: count)
  var span = result.mutableSpan
  body(&span)
  return result
}
