public import Sessions

/// What can be asked of the sweep screen.
public enum SweepCommand: Sendable, Equatable {
  // Moving: on the map, or along the settings.
  case left, right, down, up
  case farLeft, farRight, farDown, farUp
  /// Opens the cell as a session; in the settings, types or chooses a value.
  case enter
  case toggleSettings
  case leave

  // What is shown.
  case chooseQuantity
  case show(SweepQuantity)
  case nextQuantity
  case previousQuantity
  case toggleRegions

  /// The fixed points along the parameter across, or the quantity again.
  case toggleDiagram
  case changeCoordinate
  case nextEvent
  case previousEvent

  // What is computed.
  case togglePause
  case refine
  case coarsen
  case chooseParameter
  /// Goes over to another specification.
  case take(SweepSpec)
  /// Asks for the name of a file to write.
  case askExport
  /// Types the value of a setting.
  case type(SweepRow)
}
