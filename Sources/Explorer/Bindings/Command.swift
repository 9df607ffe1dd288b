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
  /// Follows a suggestion of the diagnosis, and runs on.
  case take(Suggestion.Remedy)
  case setField(path: String, value: JSON)
  case undo
  case redo
  case build(BuildCommand)

  // Notes.
  case askNote
  case setNote(String, at: Int)
  case nextNote
  case previousNote

  // What is shown.
  case showMeasure(Measure)
  case nextMeasure
  case freezeRun
  case nextPane
  case zoom
  case watch(WatchCommand)
  case nextTheorem
  case previousTheorem
  case scrollEvidence(Int)
  case leaveCertificates
  case chooseMargin
  case findMargin(Parameter)
  case nextEntrant
  case previousEntrant
  case toggleEntrant
  case toggleOtherEntrants
  case toggleRaceAxis
  case freezeEntrant
  /// Goes on by the selected method of the race.
  case takeEntrant
  case leaveRace
  case nextTheme
  case setTheme(ThemeName)
  case toggleMouse
  case toggleGlyphs

  case spectrum(SpectrumCommand)

  // Menus, prompts and help.
  case chooseSolver
  case chooseStart
  case chooseMeasure
  case chooseStoppingMeasure
  case askTolerance
  case askMaxSteps
  case askEdit
  case help
  case openPalette
  /// Why the run did not converge, and what may help.
  case diagnose
  /// The adjoint solve at the fixed point.
  case backward

  /// Every fixed point, proved.
  case showFixedPoints
  case phase(PhaseCommand)
  case compare(CompareCommand)
  case sweep(SweepCommand)
  case training(TrainingCommand)

  // Files and screens.
  case show(ExplorerModel.Place)
  case gallery(GalleryCommand)
  case openSelected
  case open(path: String)
  case selectNext
  case selectPrevious
  case selectFirst
  case selectLast
  case search
  case save
  case askSave
  /// Saves in the place of a file whose recording does not give what it says; that recording is kept in another file.
  case saveKeepingRecording
  case saveAs(path: String, replacing: Replacement = .nothing)
  case askExport
  /// Writes a file for other programs.
  case export(path: String, replacing: Replacement = .nothing)
  case chooseClip
  case copy(Clip)
  case recover(AbandonedWork)
  case discardAbandoned(AbandonedWork)
  case suspend
  case quit
  case quitWithoutSaving
  /// Saves; where that succeeds, goes on with another command.
  indirect case saveThen(Command)
}
