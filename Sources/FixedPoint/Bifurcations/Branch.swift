/// A curve of fixed points, and what happens on it.
public struct Branch: Sendable, Equatable {
  /// In their order along the curve.
  public internal(set) var points: [BranchPoint]
  /// In their order along the curve, each with the number of the point before it.
  public internal(set) var events: [(after: Int, event: BifurcationEvent)]
  /// Why it begins where it begins.
  public internal(set) var start: BranchEnd
  /// Why it ends where it ends.
  public internal(set) var end: BranchEnd

  public static func == (left: Branch, right: Branch) -> Bool {
    left.points == right.points && left.events.map(\.after) == right.events.map(\.after)
      && left.events.map(\.event) == right.events.map(\.event) && left.start == right.start && left.end == right.end
  }
}

extension Branch {
  /// The places on the chords between neighbours that are near a place, each with the direction of its chord.
  func chords(near place: [Double]) -> [(place: [Double], direction: [Double])] {
    zip(points, points.dropFirst()).compactMap { first, last in
      let chord = zip(last.place, first.place).map(-)
      let length = chord.norm
      guard length > 0, place.distance(to: first.place) <= 1.2 * length else { return nil }
      let direction = chord.map { $0 / length }
      let along = zip(zip(place, first.place).map(-), direction).reduce(0) { $0 + $1.0 * $1.1 }
      let foot = zip(first.place, direction).map { $0 + along * $1 }
      let isNear = along >= -0.05 * length && along <= 1.05 * length && place.distance(to: foot) <= 0.1 * length + 1e-9
      return isNear ? (foot, direction) : nil
    }
  }
}

extension [Double] {
  /// The largest difference of an entry.
  func distance(to other: [Double]) -> Double { zip(self, other).reduce(0) { Swift.max($0, abs($1.0 - $1.1)) } }

  /// The Euclidean length.
  var norm: Double { reduce(0) { $0 + $1 * $1 }.squareRoot() }

  /// self + factor · other
  func moved(_ factor: Double, along other: [Double]) -> [Double] { zip(self, other).map { $0 + factor * $1 } }
}
