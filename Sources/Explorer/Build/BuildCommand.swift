public import Sessions

/// What a person can ask of the build screen.
public enum BuildCommand: Sendable, Equatable {
  /// How far a value is changed at a time.
  public enum Step: Sendable, Equatable, CaseIterable {
    case less, more, muchLess, muchMore, slightlyLess, slightlyMore
  }

  // Moving.
  case nextRow
  case previousRow
  case firstRow
  case lastRow
  case nextSection
  case previousSection
  /// Into the weights, cell by cell, and back to the rows.
  case toggleCells
  /// Out of the weights, away from a change that does not fit, or back to the run.
  case leave

  // Values.
  case change(Step)
  /// Types a number, chooses from a menu, or turns a switch.
  case enter
  case restoreDefault
  case nextSeed
  case edit(path: String, value: JSON)
  /// Types the file of a tensor.
  case typeFile(path: String)

  // Operators.
  case chooseOperator
  case insert(OperatorSource)
  case remove
  case duplicate
  case moveDown
  case moveUp
}
