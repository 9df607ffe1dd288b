internal import LinearAlgebra

/// Gives an event that was found on several branches one parameter: that of the least uncertainty.
enum EventMerge {
  static func merged(_ branches: [Branch], _ width: Double) -> [Branch] {
    let all = branches.flatMap { $0.events.map(\.event) }
    return branches.map { branch in
      var branch = branch
      for index in branch.events.indices {
        let own = branch.events[index].event
        let best = all.filter { isSame($0, own, width) }.min { $0.uncertainty < $1.uncertainty }
        if let best, best.uncertainty < own.uncertainty {
          branch.events[index].event.point = best.point
          branch.events[index].event.uncertainty = best.uncertainty
        }
      }
      return branch
    }
  }

  private static func isSame(_ event: BifurcationEvent, _ other: BifurcationEvent, _ width: Double) -> Bool {
    let room = 1e-6 * (1 + Vector.normSup(other.point.state))
    return event.kind == other.kind && abs(event.point.parameter - other.point.parameter) <= 1e-6 * width
      && event.point.state.distance(to: other.point.state) <= room
  }
}

extension [Branch] {
  /// With the ends that lie at another branch's branch point brought there.
  var meeting: [Branch] {
    let crossings = flatMap { $0.events.map(\.event) }.filter { $0.kind == .branchPoint }.map(\.point)
    func met(_ point: BranchPoint?) -> BranchPoint? {
      guard let place = point?.place else { return nil }
      return crossings.first { $0.place.distance(to: place) <= 1e-5 * (1 + Vector.normSup(place)) }
    }
    return map { branch in
      var branch = branch
      if [.lost, .meeting].contains(branch.start), let crossing = met(branch.points.first) {
        branch.start = .meeting
        branch.points.insert(crossing, at: 0)
        branch.events = branch.events.map { ($0.after + 1, $0.event) }
      }
      if [.lost, .meeting].contains(branch.end), let crossing = met(branch.points.last) {
        branch.end = .meeting
        branch.points.append(crossing)
      }
      return branch
    }
  }
}
