internal import LinearAlgebra

/// Finds what happens between neighbouring points of a branch within one piece of f, each place to rounding.
struct EventSearch: Sendable {
  let continuation: Continuation

  private static let iterations = 100
  /// What of a distance from the unit circle is rounding.
  private static let doubt = 1e-7

  /// A place between two points at which a test vanishes, and how far the bracket still reaches.
  private struct Root {
    let point: BranchPoint
    let value: Double
    let width: Double
  }

  /// The events between two neighbours, in their order along the branch.
  func events(between first: BranchPoint, _ last: BranchPoint) -> [BifurcationEvent] {
    let turns = (first.parameterSpeed < 0) != (last.parameterSpeed < 0)
    let crossings = crossings(first, last).filter { !(turns && $0.kind == .branchPoint) }
    return (crossings + (turns ? turn(first, last) : [])).sorted {
      $0.point.place.distance(to: first.place) < $1.point.place.distance(to: first.place)
    }
  }

  /// Where an eigenvalue of a piece passes the unit circle: the k-th largest magnitude is continuous along the branch.
  private func crossings(_ first: BranchPoint, _ last: BranchPoint) -> [BifurcationEvent] {
    guard first.pieces.count == last.pieces.count else { return [] }
    var events = first.pieces.count > 1 && first.state.count == 1 ? doublings(first, last) : []
    for index in first.pieces.indices {
      let counts = [first.pieces[index].unstableCount, last.pieces[index].unstableCount]
      for k in min(counts[0], counts[1])..<max(counts[0], counts[1]) {
        guard let event = crossing(first, last, piece: index, k) else { continue }
        if !events.contains(where: { Self.isSame($0, event) }) { events.append(event) }
      }
    }
    return events
  }

  private func crossing(_ first: BranchPoint, _ last: BranchPoint, piece index: Int, _ k: Int) -> BifurcationEvent? {
    func test(_ point: BranchPoint) -> Double {
      point.pieces.indices.contains(index) ? point.pieces[index].eigenvalues[k].magnitude - 1 : .nan
    }
    guard let root = root(first, last, test) else { return nil }
    let eigenvalue = root.point.pieces[index].eigenvalues[k]
    guard matters(eigenvalue, root.point, piece: index) else { return nil }
    let event = BifurcationEvent(
      kind: Self.kind(eigenvalue), point: root.point, eigenvalue: eigenvalue,
      uncertainty: uncertainty(root, first, last, test), collision: nil)
    if event.kind == .branchPoint, let refined = refined(event, root.point.pieces[index].cell, first, last) {
      return refined
    }
    // Where a branch comes close to 1 and no crossing is there, rounding alone passes it.
    let isNoise = abs(test(first)) < 1e-9 && abs(test(last)) < 1e-9
    return abs(root.value) < Self.doubt && !isNoise ? event : nil
  }

  /// In one dimension, at a kink with negative slopes to both sides: where their product passes 1.
  private func doublings(_ first: BranchPoint, _ last: BranchPoint) -> [BifurcationEvent] {
    func product(_ point: BranchPoint) -> Double {
      let slopes = point.pieces.compactMap { $0.eigenvalues.first?.real }
      return slopes.allSatisfy { $0 < 0 } ? slopes.reduce(1, *) : 0
    }
    func test(_ point: BranchPoint) -> Double { product(point) - 1 }
    guard (test(first) < 0) != (test(last) < 0), let root = root(first, last, test), abs(root.value) < Self.doubt else {
      return []
    }
    return [
      BifurcationEvent(
        kind: .periodDoubling, point: root.point, eigenvalue: ComplexNumber(-product(root.point).squareRoot(), 0),
        uncertainty: uncertainty(root, first, last, test), collision: nil)
    ]
  }

  /// Where several pieces meet, an eigenvalue of one says something if its direction leads into it, or lies in the border.
  private func matters(_ eigenvalue: ComplexNumber, _ point: BranchPoint, piece index: Int) -> Bool {
    guard point.pieces.count > 1 else { return true }
    guard let stability = continuation.stability(at: point) else { return false }
    if stability.isShared(eigenvalue) { return true }
    return eigenvalue.imaginary == 0 && eigenvalue.real > 0
      && !stability.rays(of: point.pieces[index], eigenvalue.real).isEmpty
  }

  /// Both of a complex pair cross together, and pieces that share an eigenvalue.
  private static func isSame(_ event: BifurcationEvent, _ other: BifurcationEvent) -> Bool {
    event.kind == other.kind && event.point.place.distance(to: other.point.place) < 1e-7
  }

  private static func kind(_ eigenvalue: ComplexNumber) -> BifurcationEvent.Kind {
    if abs(eigenvalue.imaginary) > 1e-4 { return .neimarkSacker }
    return eigenvalue.real > 0 ? .branchPoint : .periodDoubling
  }

  /// Where the branch turns in the parameter: a fold if an eigenvalue passes 1, else it only touches 1 as another branch
  /// passes.
  private func turn(_ first: BranchPoint, _ last: BranchPoint) -> [BifurcationEvent] {
    guard let root = root(first, last, \.parameterSpeed) else { return [] }
    let nearest = root.point.eigenvalues.min { $0.distanceFromOne < $1.distanceFromOne }
    guard let nearest, nearest.distanceFromOne < 1e-4 else { return [] }
    let isFold = (first.countBeyondOne - last.countBeyondOne) % 2 != 0
    let event = BifurcationEvent(
      kind: isFold ? .fold : .branchPoint, point: root.point, eigenvalue: nearest,
      uncertainty: foldUncertainty(root.point), collision: nil)
    if isFold { return Self.turns(at: root.point, first, last) ? [event] : [] }
    return [refined(event, root.point.cell, first, last) ?? event]
  }

  /// Whether the parameter goes further there than at the points beside it.
  private static func turns(at point: BranchPoint, _ first: BranchPoint, _ last: BranchPoint) -> Bool {
    let part = point.place[point.state.count]
    let (before, after) = (part - first.place[point.state.count], part - last.place[point.state.count])
    return before * after >= 0 && abs(before) + abs(after) > 1e-14
  }

  /// The crossing of branches to rounding.
  private func refined(
    _ event: BifurcationEvent, _ cell: Cell, _ first: BranchPoint, _ last: BranchPoint
  ) -> BifurcationEvent? {
    let system = CrossingSystem(family: continuation.family, cell: cell)
    let reach = 2 * first.place.distance(to: last.place)
    guard let solution = system.solution(near: event.point.place, within: reach),
      let point = continuation.point(at: solution.place, along: event.point.tangent, in: event.point.cell)
    else { return nil }
    return BifurcationEvent(
      kind: .branchPoint, point: point, eigenvalue: point.eigenvalues.min { $0.distanceFromOne < $1.distanceFromOne },
      uncertainty: solution.uncertainty * continuation.family.width, collision: nil)
  }

  /// The place between two points where a test changes its sign, as closely as rounding allows; `nil` where the branch cannot
  /// be followed to it.
  private func root(_ first: BranchPoint, _ last: BranchPoint, _ test: (BranchPoint) -> Double) -> Root? {
    let chord = zip(last.place, first.place).map(-)
    let direction = chord.map { $0 / chord.norm }
    var (low, high) = (0.0, 1.0)
    var (lowValue, highValue) = (test(first), test(last))
    var best = abs(lowValue) < abs(highValue) ? first : last
    for iteration in 0..<Self.iterations where high - low > 1e-15 && test(best) != 0 {
      let falsi = low + (high - low) * lowValue / (lowValue - highValue)
      let part = iteration % 3 == 2 || !(falsi > low && falsi < high) ? (low + high) / 2 : falsi
      guard let point = between(first, chord, direction, part) else { break }
      let value = test(point)
      if abs(value) < abs(test(best)) { best = point }
      if (value < 0) == (lowValue < 0) { (low, lowValue) = (part, value) } else { (high, highValue) = (part, value) }
    }
    let value = test(best)
    guard high - low <= 1e-9 || abs(value) < 1e-2 else { return nil }
    return Root(point: best, value: value, width: high - low)
  }

  private func between(
    _ first: BranchPoint, _ chord: [Double], _ direction: [Double], _ part: Double
  ) -> BranchPoint? {
    let guess = first.place.moved(part, along: chord)
    guard let place = continuation.corrected(guess, across: direction, in: first.cell) else { return nil }
    return continuation.point(at: place, along: direction, in: first.cell)
  }
}

// How far parameters may be off.
extension EventSearch {
  /// By the slope of the test between the points.
  private func uncertainty(
    _ root: Root, _ first: BranchPoint, _ last: BranchPoint, _ test: (BranchPoint) -> Double
  ) -> Double {
    let slope = (test(last) - test(first)) / (last.parameter - first.parameter)
    let size = 1 + (first.eigenvalues.first?.magnitude ?? 0)
    let rounding = 1e-16 * abs(root.point.parameter)
    return slope == 0 ? continuation.family.width : (abs(root.value) + 2e-15 * size) / abs(slope) + rounding
  }

  /// At a fold the parameter is stationary: only the rounding of f moves it.
  private func foldUncertainty(_ point: BranchPoint) -> Double {
    let family = continuation.family
    guard let setting = family.setting(at: point.place), let slope = family.slope(at: point.place, in: point.cell),
      let normal = setting.jacobian(in: point.cell).transposed.eigenvector(near: 1)
    else { return family.width }
    let speed = abs(Vector.dot(normal, slope))
    let noise = 1e-15 * (1 + Vector.normSup(point.place)) * normal.reduce(0) { $0 + abs($1) }
    return speed == 0 ? family.width : noise / speed * family.width + 1e-16 * abs(point.parameter)
  }
}

extension Continuation {
  /// The stability of a point with all its pieces.
  func stability(at point: BranchPoint) -> LocalStability? {
    family.setting(at: point.place).map { setting in
      LocalStability(
        network: setting.network, borders: setting.borders, state: setting.state,
        pieces: point.pieces.map { ($0, setting.jacobian(in: $0.cell)) })
    }
  }
}

extension BranchPoint {
  /// Number of real eigenvalues above 1: its parity is the sign of det(I - J).
  fileprivate var countBeyondOne: Int { eigenvalues.count { $0.imaginary == 0 && $0.real > 1 } }
}

extension ComplexNumber {
  fileprivate var distanceFromOne: Double { ComplexNumber(real - 1, imaginary).magnitude }
}
