/// All branches of fixed points that were found over a range of one parameter.
///
/// At several parameters fixed points are looked for: from a list of starts, and by enumeration in few dimensions; each
/// that lies on no branch yet is followed both ways, and so are the branches that leave at its branch points. A branch
/// that none of this meets is not found: nothing here is a proof,
/// except that ``Enumeration`` proves what it lists at one parameter.
public struct BifurcationDiagram: Sendable, Equatable {
  public let branches: [Branch]

  /// The largest dimension in which fixed points are enumerated, and how many boxes are then searched at a parameter.
  private static let enumeration = (mostEntries: 6, budget: 256)

  /// - Parameters:
  ///   - family: the map and the parameter's range.
  ///   - start: where iterations are started first.
  ///   - searches: at how many parameters fixed points are looked for.
  public init(of family: NetworkFamily, start: [Double]? = nil, searches: Int = 9) {
    precondition(searches >= 1, "fixed points are looked for at one parameter at least")
    let tracing = BranchTracing(continuation: Continuation(family: family))
    var branches: [Branch] = []
    for search in 0..<searches {
      // Off the simple fractions of the range, where people put bifurcations.
      let part = (Double(search) + 0.381_966_011_250_105) / Double(searches)
      let parameter = family.range.lowerBound + part * family.width
      guard let network = family.network(at: parameter) else { continue }
      for state in Self.fixedPoints(of: network, start) { tracing.follow(state, at: parameter, into: &branches) }
    }
    self.branches = branches
  }

  private static func fixedPoints(of network: Network, _ start: [Double]?) -> [[Double]] {
    let analysis = Analysis(network: network, start: start)
    let sampled = analysis.fixedPoints.map(\.point)
    guard network.dimension <= enumeration.mostEntries, let region = analysis.enumerationBox else { return sampled }
    var search = Enumeration(of: region.box, under: network, guesses: sampled)
    search.run(network, budget: enumeration.budget)
    return sampled + search.fixedPoints.map(\.center)
  }
}

/// Turns single fixed points into branches.
private struct BranchTracing {
  private static let mostBranches = 1000

  let continuation: Continuation

  /// Adds the branch of a fixed point, and those that leave it, unless a branch passes there already.
  func follow(_ state: [Double], at parameter: Double, into branches: inout [Branch]) {
    guard let start = continuation.point(near: state, at: parameter) else { return }
    var starts = [start]
    while let start = starts.popLast() {
      if branches.count >= Self.mostBranches || isKnown(start, branches) { continue }
      let branch = branch(through: start, branches)
      branches.append(branch)
      for (_, event) in branch.events where event.kind == .branchPoint {
        starts += continuation.points(beside: event.point)
      }
    }
  }

  private func branch(through start: BranchPoint, _ branches: [Branch]) -> Branch {
    let forward = continuation.points(after: start) { isKnown($0, branches) }
    let backward = continuation.points(after: start.reversed) { isKnown($0, branches) }
    let points = backward.reversed().map(\.reversed) + [start] + forward
    return Branch(points: points, events: events(points))
  }

  private func events(_ points: [BranchPoint]) -> [(after: Int, event: BifurcationEvent)] {
    let search = EventSearch(continuation: continuation)
    return points.indices.dropLast().flatMap { index in
      search.events(between: points[index], points[index + 1]).map { (after: index, event: $0) }
    }
  }

  private func isKnown(_ point: BranchPoint, _ branches: [Branch]) -> Bool {
    branches.contains { branch in
      guard let near = branch.state(near: point.state, at: point.parameter),
        let found = continuation.point(near: near, at: point.parameter)
      else { return false }
      return found.place.distance(to: point.place) <= 1e-6 * (1 + point.place.distance(to: point.place.map { _ in 0 }))
    }
  }
}

extension BranchPoint {
  /// The same point, passed the other way.
  fileprivate var reversed: BranchPoint {
    BranchPoint(
      parameter: parameter, state: state, eigenvalues: eigenvalues, place: place, tangent: tangent.map { -$0 })
  }
}
