internal import LinearAlgebra

/// A direction of the state space along which a phase portrait is drawn.
public enum PhaseAxis: Sendable, Equatable {
  /// The value of one unit.
  case unit(Int)
  /// The part along a vector of length 1, less an offset: a principal direction, counted from the middle.
  case direction([Double], offset: Double)

  /// Where a point stands along the axis; not a number where an entry that counts is not finite.
  public func coordinate(of point: [Double]) -> Double {
    switch self {
    case .unit(let unit): point[unit]
    case .direction(let vector, let offset): Vector.dot(vector, point) - offset
    }
  }

  /// Moves a point along the axis alone, to a coordinate.
  func move(_ point: inout [Double], to coordinate: Double) {
    switch self {
    case .unit(let unit): point[unit] = coordinate
    case .direction(let vector, _):
      let distance = coordinate - self.coordinate(of: point)
      Vector.add(distance, times: vector, to: &point)
    }
  }
}
