public import FixedPoint
public import Sessions

/// What a person can ask of the explorer: by key, by mouse, from a menu or from the help.
///
/// Commands are values, so that menus can hold them and tests can name them.
public enum Command: Sendable, Equatable {
  // The run.
  case step
  case back
  case stepMany(Int)
  case moveCursor(to: Int)
  case jumpToStart
  case jumpToEnd
  case togglePlay
  case faster
  case slower

  // Changes of the mathematics.
  case reset
  case branch
  case setSolver(SolverSource)
  case setStart(TensorSource)
  case setStopping(StoppingRule)

  // What is shown.
  case showMeasure(Measure)
  case nextMeasure
  case nextPane
  case zoom
  case scrollUp
  case scrollDown
  case nextTheme
  case toggleMouse
  case toggleGlyphs

  // Menus, prompts and help.
  case chooseSolver
  case chooseStart
  case chooseMeasure
  case chooseStoppingMeasure
  case askTolerance
  case askMaxSteps
  case help

  // Files and screens.
  case gallery
  case watch
  case openSelected
  case open(path: String)
  case selectNext
  case selectPrevious
  case selectFirst
  case selectLast
  case search
  case save
  case askSave
  case saveAs(path: String)
  case askExport
  case export(path: String)
  case suspend
  case quit
  case quitWithoutSaving
  /// Saves; where that succeeds, goes on with another command.
  indirect case saveThen(Command)
}
