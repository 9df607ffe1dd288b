/// What can be asked of the panes of the watch screen.
public enum WatchCommand: Sendable, Equatable {
  case nextUnit
  case previousUnit
  /// Goes to the unit with the largest residual and marks it.
  case pickWorstUnit
  case toggleMark
  case unmarkAll
  case toggleMarkedOnly
  case nextOrder
  case toggleScale
  case zoomIn
  case zoomOut
  case showWholeRun
  case letGoOfFrozen
}
