internal import LinearAlgebra

/// A curve of fixed points followed one way by pseudo-arclength: a step along the tangent, then Newton's iteration in the
/// hyperplane across it; folds are passed as any other point. Where it comes to a border between pieces of f, the border
/// point is solved for, and the way on is the one that fits the piece beyond.
///
/// Steps are halved until the tangent turns little.
/// Source: Keller 1977; di Bernardo, Budd, Champneys, Kowalczyk, *Piecewise-smooth Dynamical Systems*, 2008, chapter 5.
struct BranchTrace {
  /// One for each piece that the curve runs through; neighbours share a place.
  private(set) var arcs: [[BranchPoint]]
  /// How far the parameter may be off where two arcs meet.
  private(set) var joints: [Double] = []
  /// `nil` while it goes on.
  private(set) var end: BranchEnd?
  /// Beginnings of other branches that leave at a border.
  private(set) var seeds: [BranchPoint] = []

  private let continuation: Continuation
  private let limits: TracingLimits
  private var step = Self.largestStep / 10
  private var knownInARow = 0

  static let largestStep = 0.02
  private static let smallestStep = 1e-8
  /// Cosine of the largest turn of the tangent in one step.
  private static let straightness = 0.98

  /// The points from `start` on in the direction of its tangent, until the branch ends, or comes to others that are `known`.
  init(
    from start: BranchPoint, _ continuation: Continuation, _ limits: TracingLimits, known: (BranchPoint) -> Bool
  ) {
    (self.continuation, self.limits) = (continuation, limits)
    arcs = [[start]]
    while end == nil {
      advance()
      if end == nil || end == .range { stopIfKnown(known) }
    }
  }

  private var last: BranchPoint { arcs[arcs.count - 1][arcs[arcs.count - 1].count - 1] }
  private var start: BranchPoint { arcs[0][0] }
  private var count: Int { arcs.reduce(0) { $0 + $1.count } }

  private mutating func advance() {
    let last = last
    let scale = 1 + Vector.normSup(last.state)
    let speed = abs(last.parameterSpeed)
    let length = min(step * scale, speed > 0 ? Self.largestStep / speed : .infinity)
    switch next(after: last, by: length) {
    case .point(let next):
      take(next, after: last)
      step = min(1.5 * step, Self.largestStep)
    case .border(let border): pass(border, after: last)
    case nil:
      if step <= Self.smallestStep {
        end = .lost
        return
      }
      step = max(step / 2, Self.smallestStep)
    }
    if end == nil, count >= limits.mostPoints || !limits.isWanted() { end = .limit }
  }

  /// Adds a point, and ends where it says so.
  private mutating func take(_ next: BranchPoint, after last: BranchPoint) {
    if count > 4, closes(last, next) {
      arcs[arcs.count - 1].append(start.passing(along: next))
      end = .closed
      return
    }
    if let box = limits.box, !next.state.allSatisfy(box.contains) {
      end = .box
      return
    }
    arcs[arcs.count - 1].append(next)
    let part = next.place[next.state.count]
    if part == 0 || part == 1 {
      end = .range
      return
    }
    stopAtInfinity(next)
    stopOnLine(next)
  }

  private mutating func stopIfKnown(_ known: (BranchPoint) -> Bool) {
    knownInARow = count > 1 && known(last) ? knownInARow + 1 : 0
    guard knownInARow >= 2 || (knownInARow == 1 && end == .range) else { return }
    drop(knownInARow)
    end = .meeting
  }

  private mutating func drop(_ number: Int) {
    for _ in 0..<number where count > 1 {
      arcs[arcs.count - 1].removeLast()
      if arcs[arcs.count - 1].isEmpty {
        arcs.removeLast()
        joints.removeLast()
      }
    }
  }

  /// Whether the curve's beginning lies between two neighbours.
  private func closes(_ last: BranchPoint, _ next: BranchPoint) -> Bool {
    let chord = zip(next.place, last.place).map(-)
    let length = chord.norm
    let offset = zip(start.place, last.place).map(-)
    guard start.cell == last.cell, length > 0, offset.norm <= 1.1 * length else { return false }
    let direction = chord.map { $0 / length }
    let along = Vector.dot(offset, direction)
    guard along > 0, along <= length, Vector.dot(start.tangent, last.tangent) > 0,
      let place = continuation.corrected(last.place.moved(along, along: direction), across: direction, in: last.cell)
    else { return false }
    return place.distance(to: start.place) <= 1e-7 * (1 + Vector.normSup(start.place))
  }
}

// Steps.
extension BranchTrace {
  private enum Step {
    case point(BranchPoint)
    case border(BorderPoint)
  }

  private func next(after last: BranchPoint, by length: Double) -> Step? {
    let (guess, across) = prediction(after: last, by: length)
    guard let distances = continuation.family.distances(at: guess) else { return nil }
    if let border = firstCrossed(last, distances) { return crossing(border, last, guess, length) }
    guard let place = continuation.corrected(guess, across: across, in: last.cell), 0...1 ~= place[last.state.count],
      let corrected = continuation.family.distances(at: place)
    else { return nil }
    if let border = firstCrossed(last, corrected) { return crossing(border, last, place, length) }
    guard last.cell.admits(corrected), place.distance(to: guess) <= length / 2,
      let next = continuation.point(at: place, along: last.tangent, in: last.cell),
      Vector.dot(next.tangent, last.tangent) > Self.straightness
    else { return nil }
    return .point(next)
  }

  /// A place along the tangent, and the direction across which it is corrected; beyond the range its border, where the
  /// parameter is kept.
  private func prediction(after last: BranchPoint, by length: Double) -> (place: [Double], across: [Double]) {
    let count = last.state.count
    let free = last.place.moved(length, along: last.tangent)
    let border = min(max(free[count], 0), 1)
    guard border != free[count] else { return (free, last.tangent) }
    let part = (border - last.place[count]) / (free[count] - last.place[count])
    let state = zip(last.state, last.tangent).map { $0 + part * length * $1 }
    return (state + [border], Continuation.parameterDirection(count))
  }

  /// The border that is passed first on the way to a place with these distances, and after which part of the way.
  private func firstCrossed(_ last: BranchPoint, _ distances: BorderDistances) -> (index: Int, part: Double)? {
    let crossed = last.cell.sides.indices.filter {
      Double(last.cell.sides[$0]) * distances.values[$0] < -distances.tolerances[$0]
    }
    guard !crossed.isEmpty, let before = continuation.family.distances(at: last.place) else { return nil }
    return crossed.map { index in
      let (old, new) = (before.values[index], distances.values[index])
      return (index, old == new ? 0 : max(0, min(1, old / (old - new))))
    }.min { $0.1 < $1.1 }
  }

  private func crossing(
    _ border: (index: Int, part: Double), _ last: BranchPoint, _ beyond: [Double], _ length: Double
  ) -> Step? {
    let guess = last.place.moved(border.part, along: zip(beyond, last.place).map(-))
    guard let point = BorderPoint(near: guess, at: border.index, of: last.cell, continuation) else { return nil }
    let way = zip(point.place, last.place).map(-)
    let along = Vector.dot(way, last.tangent)
    guard along > 0, along <= 1.5 * length, way.norm <= 1.2 * along, -1e-12...1 + 1e-12 ~= point.place[last.state.count]
    else { return nil }
    return .border(point)
  }

  /// Goes through a border point into the piece beyond.
  private mutating func pass(_ border: BorderPoint, after last: BranchPoint) {
    guard let arrival = continuation.point(at: border.place, along: last.tangent, in: last.cell) else {
      end = .lost
      return
    }
    arcs[arcs.count - 1].append(arrival)
    let part = border.place[last.state.count]
    if count > 4, border.place.distance(to: start.place) <= 1e-9 * (1 + Vector.normSup(start.place)) {
      end = .closed
    } else if part <= 1e-14 || part >= 1 - 1e-14 {
      end = .range
    } else {
      leave(border, arrival)
    }
  }

  /// Takes the way on that does not go back.
  private mutating func leave(_ border: BorderPoint, _ arrival: BranchPoint) {
    let exits = border.exits.filter {
      $0.cell != arrival.cell || Vector.dot($0.tangent, arrival.tangent) > -1 + 1e-4
    }.compactMap { border.point(along: $0) }
    guard let way = exits.first else {
      end = .lost
      return
    }
    seeds += exits.dropFirst()
    arcs.append([way])
    joints.append(border.uncertainty * continuation.family.width)
    step = Self.largestStep / 10
  }
}

// Ends.
extension BranchTrace {
  /// Where the state is large and the rest of the parameter's way small, the branch leaves to infinity.
  private mutating func stopAtInfinity(_ next: BranchPoint) {
    let size = Vector.normSup(next.state)
    guard size > limits.size else { return }
    let growth = Vector.normSup(next.tangent.dropLast().map(\.self))
    let rest = growth > 0 ? size * abs(next.parameterSpeed) / growth : .infinity
    if rest < 0.02 {
      end = .infinity(parameterAtInfinity)
    } else if size > 1e4 * limits.size {
      end = .box
    }
  }

  /// The limit of the parameter as 1/|z| goes to 0: Neville's extrapolation through four points.
  private var parameterAtInfinity: Double {
    let points = arcs[arcs.count - 1]
    var nodes: [(x: Double, y: Double)] = []
    for point in points.reversed() {
      let x = 1 / Vector.normSup(point.state)
      if nodes.last.map({ x >= 1.9 * $0.x }) ?? true { nodes.append((x, point.parameter)) }
      if nodes.count == 4 { break }
    }
    var values = nodes.map(\.y)
    for level in 1..<max(nodes.count, 2) where level < nodes.count {
      for i in 0..<nodes.count - level {
        let (a, b) = (nodes[i].x, nodes[i + level].x)
        values[i] = (a * values[i + 1] - b * values[i]) / (a - b)
      }
    }
    let limit = values.first ?? last.parameter
    let width = continuation.family.width
    return abs(limit - last.parameter) < 0.1 * width ? limit : last.parameter
  }

  /// Where the parameter has stood still to rounding for a while, the branch runs along a line of fixed points, or the rest
  /// of its way to infinity is below rounding.
  private mutating func stopOnLine(_ next: BranchPoint) {
    let points = arcs.flatMap(\.self)
    let part = next.place[next.state.count]
    func isStill(_ point: BranchPoint) -> Bool { abs(point.place[next.state.count] - part) <= 4e-14 }
    let still = points.reversed().prefix(while: isStill).count
    guard still >= 6 else { return }
    let first = points[points.count - still]
    guard first.place.distance(to: next.place) >= 0.1 * (1 + Vector.normSup(first.state)) else { return }
    let reach = 0.05 * (1 + Vector.normSup(first.state))
    let before = points.dropLast(still).last { $0.place.distance(to: first.place) >= reach }
    let isFlat = before.map { abs($0.place[next.state.count] - part) < 1e-6 } ?? false
    drop(still - 1)
    end = isFlat ? .infinity(next.parameter) : .line(next.parameter)
  }
}

/// When a trace is given up.
struct TracingLimits {
  let mostPoints: Int
  /// Entries beyond which a branch may be on its way to infinity.
  let size: Double
  let box: ClosedRange<Double>?
  /// `false` once the result is no longer asked for.
  let isWanted: () -> Bool
}

extension BranchPoint {
  /// The point as the end of a closed curve that comes along another.
  fileprivate func passing(along other: BranchPoint) -> BranchPoint {
    Vector.dot(tangent, other.tangent) < 0 ? reversed : self
  }
}
