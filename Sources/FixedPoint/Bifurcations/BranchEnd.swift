/// Why a branch ends where it ends.
public enum BranchEnd: Sendable, Equatable {
  /// The parameter's range ends.
  case range
  /// The branch is a closed curve: it comes back to its start.
  case closed
  /// The state grows beyond all bounds as the parameter comes to this value.
  case infinity(Double)
  /// The state leaves the box that was asked for, or that is watched.
  case box
  /// It runs into a line of fixed points at one parameter.
  case line(Double)
  /// It runs into another branch, or into one of its own points, where f has a kink.
  case meeting
  /// No next point was found: f is not defined beyond, or its pieces do not fit together.
  case lost
  /// It has more points than are kept.
  case limit
}

/// Fixed points at one parameter that fill a line, or a part of it: f is affine along it.
public struct FixedLine: Sendable, Equatable {
  public enum Extent: String, Sendable {
    case line
    /// All points on one side of ``point``.
    case halfLine = "half-line"
    case segment
  }

  public let parameter: Double
  /// A point of it; the end of a half-line.
  public let point: [Double]
  /// A unit vector.
  public let direction: [Double]
  public let extent: Extent
}
