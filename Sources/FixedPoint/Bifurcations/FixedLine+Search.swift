internal import LinearAlgebra

extension Continuation {
  /// The line of fixed points through a branch point along the rays that leave it, `nil` if there are none beside it; and
  /// the rays that are no part of it.
  func line(through point: BranchPoint, along rays: [[Double]]) -> (line: FixedLine?, others: [[Double]]) {
    guard let network = family.network(at: point.parameter) else { return (nil, rays) }
    let scale = 1 + Vector.normSup(point.state)
    func isFixed(_ ray: [Double], _ lengths: [Double]) -> Bool {
      lengths.allSatisfy { length in
        let state = point.state.moved(length * scale, along: ray)
        let image = network.image(of: state)
        return image.distance(to: state) <= 1e-9 * length * scale
      }
    }
    let fixed = rays.filter { isFixed($0, [0.05, 0.1, 0.2]) }
    guard let first = fixed.first else { return (nil, rays) }
    let long = fixed.filter { isFixed($0, [1, 10, 100]) }
    let extent: FixedLine.Extent = long.count < fixed.count ? .segment : fixed.count == 1 ? .halfLine : .line
    let line = FixedLine(parameter: point.parameter, point: point.state, direction: first, extent: extent)
    return (line, rays.filter { !fixed.contains($0) })
  }
}

extension FixedLine {
  /// Whether both are parts of one line.
  func isSame(_ other: FixedLine, _ width: Double) -> Bool {
    guard abs(parameter - other.parameter) <= 1e-9 * width, extent == other.extent else { return false }
    let cosine = Vector.dot(direction, other.direction)
    return extent == .halfLine ? cosine > 1 - 1e-9 : abs(cosine) > 1 - 1e-9
  }
}
