internal import LinearAlgebra

/// Makes a branch of its arcs: their points in one row, with the events on and between them.
struct BranchAssembly {
  let arcs: [[BranchPoint]]
  /// How far the parameter may be off where two arcs meet.
  let joints: [Double]
  let continuation: Continuation

  func branch(start: BranchEnd, end: BranchEnd) -> Branch {
    let search = EventSearch(continuation: continuation)
    var points: [BranchPoint] = []
    var events: [(after: Int, event: BifurcationEvent)] = []
    for (number, arc) in arcs.enumerated() {
      if number > 0, let before = arcs[number - 1].last, let joined = joined(before, arc[0]) {
        points[points.count - 1] = joined
        let event = collision(before, arc[0], at: joined, joints[number - 1])
        if let event { events.append((points.count - 1, event)) }
      } else {
        points.append(arc[0])
      }
      for (first, last) in zip(arc, arc.dropFirst()) {
        events += search.events(between: first, last).map { (points.count - 1, $0) }
        points.append(last)
      }
    }
    return Branch(points: points, events: events, start: start, end: end)
  }

  /// The place of both, where all pieces meet.
  private func joined(_ before: BranchPoint, _ after: BranchPoint) -> BranchPoint? {
    BorderPoint(at: after.place, from: nil, continuation).point(along: after.tangent)
  }

  /// What happens at a border: the branch turns back, or its slope jumps.
  private func collision(
    _ before: BranchPoint, _ after: BranchPoint, at point: BranchPoint, _ uncertainty: Double
  ) -> BifurcationEvent? {
    let product = before.parameterSpeed * after.parameterSpeed
    let turns = product < 0 && min(abs(before.parameterSpeed), abs(after.parameterSpeed)) > 1e-9
    guard turns || jumps(before, after) else { return nil }
    let collision = BifurcationEvent.BorderCollision(before: before.spectralRadius, after: after.spectralRadius)
    return BifurcationEvent(
      kind: turns ? .fold : .kink, point: point, eigenvalue: nil,
      uncertainty: uncertainty + 1e-16 * abs(point.parameter), collision: collision)
  }

  private func jumps(_ before: BranchPoint, _ after: BranchPoint) -> Bool {
    guard let setting = continuation.family.setting(at: after.place) else { return false }
    let (first, last) = (setting.jacobian(in: before.cell), setting.jacobian(in: after.cell))
    return first.values.distance(to: last.values) > 1e-9 * (1 + Vector.normSup(first.values))
  }
}
