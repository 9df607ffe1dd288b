/// A place of a phase portrait, in the coordinates of its plane.
public struct PhasePoint: Sendable, Equatable {
  public var x: Double
  public var y: Double

  public init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }

  public var isFinite: Bool { x.isFinite && y.isFinite }
}

/// A plane in the state space, or a line: what a phase portrait is drawn on.
///
/// Every point of it has the parts off the plane of one base point. Two axes are orthogonal.
public struct PhasePlane: Sendable, Equatable {
  public let across: PhaseAxis
  /// `nil` for a line.
  public let up: PhaseAxis?
  /// The point of the plane whose coordinates are 0.
  private let origin: [Double]

  /// The plane through a point. Where the axes span the whole space, any point gives the same plane.
  public init(through base: [Double], across: PhaseAxis, up: PhaseAxis?) {
    self.across = across
    self.up = up
    let spansAll = base.count <= (up == nil ? 1 : 2)
    var origin = spansAll ? base.map { _ in 0 } : base
    across.move(&origin, to: 0)
    up?.move(&origin, to: 0)
    self.origin = origin
  }

  public var dimension: Int { origin.count }

  /// The state with these coordinates; on a line y does not count.
  public func state(at place: PhasePoint) -> [Double] {
    var state = origin
    across.move(&state, to: place.x)
    up?.move(&state, to: place.y)
    return state
  }

  /// The coordinates of a state, which need not lie in the plane; y is 0 on a line.
  public func place(of state: [Double]) -> PhasePoint {
    PhasePoint(across.coordinate(of: state), up?.coordinate(of: state) ?? 0)
  }
}
