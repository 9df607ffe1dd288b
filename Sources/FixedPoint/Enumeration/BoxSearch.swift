internal import LinearAlgebra

/// What one box tells about fixed points, given those that are known: a pure function, for any thread.
struct BoxSearch: Sendable {
  let network: Network
  let known: [EnclosedFixedPoint]

  enum Finding: Sendable {
    /// No fixed point, or none but known ones.
    case nothing
    /// Exactly this one, if it lies in the box.
    case fixedPoint(EnclosedFixedPoint)
    /// The fixed points are in these parts.
    case halves([IntervalVector])
    /// Fixed points may be here, and the box is too small to be cut.
    case undecided(IntervalVector)
  }

  /// What was found in a box, and why f could not be bounded on it, where it could not.
  struct Report: Sendable {
    var finding: Finding
    var obstacle: EnclosureError?
  }

  func examine(_ box: IntervalVector) -> Report {
    var obstacle: EnclosureError?
    let finding = examine(box, &obstacle)
    return Report(finding: finding, obstacle: obstacle)
  }

  private func examine(_ box: IntervalVector, _ obstacle: inout EnclosureError?) -> Finding {
    let contractor = Contractor(network: network)
    var box = box
    var point: EnclosedFixedPoint?
    while true {
      if isSettled(box) { return .nothing }
      guard let sweep = contractor.sweep(box) else { return .nothing }
      obstacle = sweep.obstacle
      let shrinks = (0..<box.count).contains { sweep.box[$0].width < 0.75 * box[$0].width }
      box = sweep.box
      // A guess may have led to a fixed point elsewhere.
      let isElsewhere = point.map { $0.enclosure.intersection(box) == nil } ?? true
      if isElsewhere && box.isNarrow(1e-2) { point = EnclosedFixedPoint(of: network, near: box.midpoint) }
      if let point, point.isolation.contains(box) { return .fixedPoint(point) }
      if shrinks && !box.isNarrow(1e-14) { continue }
      return box.isNarrow(1e-9) ? .undecided(box) : .halves(box.halves(across: sweep.cut))
    }
  }

  /// Whether the box lies where a known fixed point is the only one.
  private func isSettled(_ box: IntervalVector) -> Bool { known.contains { $0.isolation.contains(box) } }
}

extension IntervalVector {
  /// Whether every entry's width is at most this fraction of 1 + its size.
  fileprivate func isNarrow(_ fraction: Double) -> Bool {
    (0..<count).allSatisfy { self[$0].width <= fraction * (1 + self[$0].magnitude) }
  }

  /// Both parts, a little aside from the middle, where symmetric maps often have fixed points.
  fileprivate func halves(across entry: Int) -> [IntervalVector] {
    let width = upper[entry] - lower[entry]
    let inner =
      width.isFinite
      ? lower[entry] + 0.484375 * width : 0.515625 * lower[entry] + 0.484375 * upper[entry]
    let place = min(max(inner, lower[entry]), upper[entry])
    var halves = [self, self]
    halves[0].upper[entry] = place
    halves[1].lower[entry] = place
    return halves
  }
}
