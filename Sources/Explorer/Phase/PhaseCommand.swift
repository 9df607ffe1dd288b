/// What can be asked of the phase screen.
public enum PhaseCommand: Sendable, Equatable {
  // Where one looks.
  /// By cells, to the right and upwards.
  case moveCursor(Int, Int)
  /// By quarters of the window, to the right and upwards.
  case pan(Int, Int)
  case zoomIn
  case zoomOut
  case fit

  // What is drawn.
  case changeAxes
  /// To another unit across, by so many.
  case shiftAcross(Int)
  /// To another unit upwards, by so many.
  case shiftUp(Int)
  case toggleSection
  case toggleLogarithms
  case toggle(PhaseLayer)
  case moreStarts
  case fewerStarts
  case otherStarts
  case addTrajectory
  case forgetTrajectories

  // The session.
  /// Makes the point under the cursor the session's start.
  case startHere
  case step
  case back
  case toEnd
  case leave
}

/// What is drawn beside axes, fixed points and the session's own run.
public enum PhaseLayer: Sendable, Hashable, CaseIterable {
  case basins, field, trajectories
}
