internal import LinearAlgebra

/// Turns single fixed points into branches, and keeps what was found.
struct BranchTracing {
  private static let mostBranches = 1000
  private static let mostPoints = 60_000

  let continuation: Continuation
  let limits: TracingLimits
  private(set) var branches: [Branch] = []
  private(set) var lines: [FixedLine] = []
  private(set) var points = 0

  init(_ family: NetworkFamily, _ limits: TracingLimits) {
    continuation = Continuation(family: family)
    self.limits = limits
  }

  /// Whether no more is followed.
  var isOver: Bool { branches.count >= Self.mostBranches || points >= Self.mostPoints || !limits.isWanted() }

  /// Adds the branch of a fixed point, and those that leave it, unless a branch passes there already.
  mutating func follow(_ state: [Double], at parameter: Double) {
    guard let place = continuation.place(near: state, at: parameter) else { return }
    var places = [place]
    while let place = places.popLast() {
      if isOver || isKnown(place) || isOnLine(place) { continue }
      guard let (branch, seeds) = branch(through: place) else { continue }
      if branch.points.count > 1 { branches.append(branch) }
      points += branch.points.count
      places += seeds
      for (_, event) in branch.events where event.kind == .branchPoint { places += self.places(beside: event) }
    }
  }

  // MARK: One branch

  private func branch(through place: [Double]) -> (branch: Branch, seeds: [[Double]])? {
    let starts = starts(at: place)
    guard let first = starts.first else { return nil }
    let known: (BranchPoint) -> Bool = { isKnown($0.place) }
    let forward = BranchTrace(from: first, continuation, limits, known: known)
    var backward: BranchTrace?
    if forward.end != .closed, starts.count > 1 {
      backward = BranchTrace(from: starts[1], continuation, limits, known: known)
    }
    let seeds = (forward.seeds + (backward?.seeds ?? []) + starts.dropFirst(2)).map {
      $0.place.moved(1e-3 * (1 + Vector.normSup($0.state)), along: $0.tangent)
    }.compactMap { guess in continuation.corrected(guess, across: first.tangent, in: nil) }
    return (assembled(forward, backward), seeds)
  }

  /// The ways from a fixed point: both along its branch; at a border those into the pieces that meet there.
  private func starts(at place: [Double]) -> [BranchPoint] {
    guard let cell = continuation.family.cell(of: place) else { return [] }
    if cell.ties.isEmpty {
      let direction = Continuation.parameterDirection(place.count - 1)
      return continuation.point(at: place, along: direction, in: cell).map { [$0, $0.reversed] } ?? []
    }
    let border = BorderPoint(at: place, from: nil, continuation)
    return border.exits.compactMap { border.point(along: $0) }
  }

  private func assembled(_ forward: BranchTrace, _ backward: BranchTrace?) -> Branch {
    var arcs = (backward?.arcs ?? []).reversed().map { $0.reversed().map(\.reversed) }
    var joints = Array((backward?.joints ?? []).reversed())
    if let last = arcs.last, last.last?.cell == forward.arcs[0][0].cell {
      arcs[arcs.count - 1] += forward.arcs[0].dropFirst()
      arcs += forward.arcs.dropFirst()
    } else {
      if !arcs.isEmpty { joints.append(0) }
      arcs += forward.arcs
    }
    joints += forward.joints
    let end = forward.end ?? .lost
    return BranchAssembly(arcs: arcs, joints: joints, continuation: continuation)
      .branch(start: end == .closed ? .closed : backward?.end ?? .lost, end: end)
  }

  // MARK: What is known

  private func isKnown(_ place: [Double]) -> Bool {
    branches.contains { branch in
      branch.chords(near: place).contains { foot, direction in
        guard let found = continuation.corrected(foot, across: direction, in: nil) else { return false }
        return found.distance(to: place) <= 1e-7 * (1 + Vector.normSup(place))
      }
    }
  }

  private func isOnLine(_ place: [Double]) -> Bool {
    let parameter = continuation.family.parameter(of: place)
    return lines.contains { line in
      guard abs(line.parameter - parameter) <= 1e-9 * continuation.family.width else { return false }
      let offset = zip(place, line.point).map(-)
      let along = Vector.dot(offset, line.direction)
      return offset.distance(to: line.direction.map { along * $0 }) <= 1e-6 * (1 + Vector.normSup(place))
    }
  }

  // MARK: What leaves at a crossing

  /// Fixed points a little off a branch point, along the direction in which other branches leave it; a line of fixed points
  /// is kept instead of them.
  ///
  /// Source: Keller 1977; Seydel, *Practical Bifurcation and Stability Analysis*, 3rd ed., 2010, section 5.6.
  private mutating func places(beside event: BifurcationEvent) -> [[Double]] {
    guard let stability = continuation.stability(at: event.point) else { return [] }
    var rays: [[Double]] = []
    for piece in event.point.pieces where piece.eigenvalues.contains(where: { $0.isOne }) {
      for ray in stability.rays(of: piece, 1) where !rays.contains(where: { $0.distance(to: ray) < 1e-6 }) {
        rays.append(ray)
      }
    }
    let (line, others) = continuation.line(through: event.point, along: rays)
    if let line, !lines.contains(where: { $0.isSame(line, continuation.family.width) }) { lines.append(line) }
    return others.compactMap { ray in
      let offset = BranchTrace.largestStep * (1 + Vector.normSup(event.point.state))
      let guess = event.point.place.moved(offset, along: ray + [0])
      return continuation.corrected(guess, across: ray + [0], in: nil).flatMap { 0...1 ~= $0[ray.count] ? $0 : nil }
    }
  }
}

extension ComplexNumber {
  /// As far as an eigenvalue at an event can be computed.
  fileprivate var isOne: Bool { abs(real - 1) < 1e-6 && abs(imaginary) < 1e-6 }
}
