internal import LinearAlgebra

/// Finds what happens between neighbouring points of a branch, each place to rounding by bisection and regula falsi.
struct EventSearch: Sendable {
  let continuation: Continuation

  private static let jump = 1e-4
  private static let iterations = 100

  /// The events between two neighbours, in their order along the branch.
  func events(between first: BranchPoint, _ last: BranchPoint) -> [BifurcationEvent] {
    let turns = (first.parameterSpeed < 0) != (last.parameterSpeed < 0)
    let crossings = crossings(first, last).filter { !(turns && $0.kind == .branchPoint) }
    return (crossings + (turns ? turn(first, last) : [])).sorted {
      $0.point.place.distance(to: first.place) < $1.point.place.distance(to: first.place)
    }
  }

  /// Where an eigenvalue passes the unit circle: the k-th largest magnitude is continuous along the branch.
  private func crossings(_ first: BranchPoint, _ last: BranchPoint) -> [BifurcationEvent] {
    let counts = [first.unstableCount, last.unstableCount]
    var events: [BifurcationEvent] = []
    for k in min(counts[0], counts[1])..<max(counts[0], counts[1]) {
      guard let point = root(first, last, { $0.eigenvalues[k].magnitude - 1 }) else { continue }
      let event = BifurcationEvent(
        kind: Self.kind(point.eigenvalues[k]), point: point, eigenvalue: point.eigenvalues[k])
      if !events.contains(where: { Self.isSame($0, event) }) { events.append(event) }
    }
    return events
  }

  /// Both of a complex pair cross together.
  private static func isSame(_ event: BifurcationEvent, _ other: BifurcationEvent) -> Bool {
    event.kind == other.kind && event.point.place.distance(to: other.point.place) < 1e-7
  }

  private static func kind(_ eigenvalue: ComplexNumber) -> BifurcationEvent.Kind {
    if abs(eigenvalue.magnitude - 1) > jump { return .kink }
    if abs(eigenvalue.imaginary) > jump { return .neimarkSacker }
    return eigenvalue.real > 0 ? .branchPoint : .periodDoubling
  }

  /// Where the branch turns in the parameter: a fold if an eigenvalue passes 1, else it only touches 1 as another branch
  /// passes.
  private func turn(_ first: BranchPoint, _ last: BranchPoint) -> [BifurcationEvent] {
    guard let point = root(first, last, \.parameterSpeed) else { return [] }
    let isFold = (first.countBeyondOne - last.countBeyondOne) % 2 != 0
    let nearest = point.eigenvalues.min { $0.distanceFromOne < $1.distanceFromOne }
    return [BifurcationEvent(kind: isFold ? .fold : .branchPoint, point: point, eigenvalue: nearest)]
  }

  /// The place between two points where a test changes its sign, as closely as rounding allows.
  private func root(
    _ first: BranchPoint, _ last: BranchPoint, _ test: (BranchPoint) -> Double
  ) -> BranchPoint? {
    let chord = zip(last.place, first.place).map(-)
    var (low, high) = (0.0, 1.0)
    var (lowValue, highValue) = (test(first), test(last))
    var best = abs(lowValue) < abs(highValue) ? first : last
    for iteration in 0..<Self.iterations where high - low > 1e-15 && test(best) != 0 {
      let falsi = low + (high - low) * lowValue / (lowValue - highValue)
      let part = iteration % 3 == 2 || !(falsi > low && falsi < high) ? (low + high) / 2 : falsi
      guard let point = continuation.point(near: zip(first.place, chord).map { $0 + part * $1 }, across: chord.unit)
      else { break }
      let value = test(point)
      if abs(value) < abs(test(best)) { best = point }
      if (value < 0) == (lowValue < 0) { (low, lowValue) = (part, value) } else { (high, highValue) = (part, value) }
    }
    return best
  }
}

extension BranchPoint {
  /// Number of real eigenvalues above 1: its parity is the sign of det(I - J).
  fileprivate var countBeyondOne: Int { eigenvalues.count { $0.imaginary == 0 && $0.real > 1 } }
}

extension ComplexNumber {
  fileprivate var distanceFromOne: Double { ComplexNumber(real - 1, imaginary).magnitude }
}

extension [Double] {
  fileprivate var unit: [Double] {
    let length = Vector.norm2(self)
    return map { $0 / length }
  }
}
