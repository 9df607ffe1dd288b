/// A curve of fixed points, and what happens on it.
public struct Branch: Sendable, Equatable {
  /// In their order along the curve.
  public let points: [BranchPoint]
  /// In their order along the curve, each with the number of the point before it.
  public let events: [(after: Int, event: BifurcationEvent)]

  public static func == (left: Branch, right: Branch) -> Bool {
    left.points == right.points && left.events.map(\.after) == right.events.map(\.after)
      && left.events.map(\.event) == right.events.map(\.event)
  }
}

extension Branch {
  /// The state of the branch at a parameter that is nearest to `state`, between its points; `nil` if it does not pass.
  func state(near state: [Double], at parameter: Double) -> [Double]? {
    zip(points, points.dropFirst()).compactMap { first, last -> [Double]? in
      let span = last.parameter - first.parameter
      guard min(first.parameter, last.parameter) <= parameter, parameter <= max(first.parameter, last.parameter)
      else { return nil }
      let part = span == 0 ? 0 : (parameter - first.parameter) / span
      return zip(first.state, last.state).map { $0 + part * ($1 - $0) }
    }.min { $0.distance(to: state) < $1.distance(to: state) }
  }
}

extension [Double] {
  /// The largest difference of an entry.
  func distance(to other: [Double]) -> Double { zip(self, other).reduce(0) { Swift.max($0, abs($1.0 - $1.1)) } }
}
