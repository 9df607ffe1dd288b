public import FixedPoint
public import Screen
public import Sessions

/// What the explorer is told: by the terminal, by the clock, or by an effect that has finished.
public enum Message: Sendable {
  case event(Event)
  case tick
  /// The paths of the sessions on offer, or why there are none, and of those used lately.
  case listed(paths: [String], recent: [String] = [], problem: String?)
  case previewed(path: String, Gallery.Preview)
  case opened(path: String, Result<Experiment, Failure>)
  /// What some theorems say of the network of this generation.
  case certified(generation: Int, light: Bool, [Certificate])
  case margin(generation: Int, MarginResult)
  /// How an entrant of the race of this generation fared.
  case raced(generation: Int, index: Int, RaceResult)
  /// A part of the phase portrait.
  case phase(ticket: Int, PhaseResult)
  /// A part of a sweep.
  case sweep(ticket: Int, SweepResult)
  /// A part of the search for every fixed point.
  case fixedPoints(ticket: Int, FixedPointsResult)
  case diagnosed(generation: Int, [Suggestion])
  case solvedBackward(generation: Int, BackwardMethod, AdjointSolution)
  case build(BuildMessage)
  case spectrum(SpectrumResult)
  case training(TrainingMessage)
  /// `aside`: the file in which the recording was kept that the file had.
  case saved(path: String, SessionDocument, Result<Void, WriteFailure>, aside: String? = nil)
  case exported(path: String, Result<String, WriteFailure>)
  /// Whether the terminal may have taken a text to its clipboard, and the file that has it too.
  case copied(Clip, reached: Bool, Result<String?, Failure>)
  case remembered(Result<Void, Failure>)
  case keptUnsaved(Result<Void, Failure>)
  case foundAbandoned([AbandonedWork])
  case recovered(AbandonedWork, Result<Experiment, Failure>)
  /// The open session is also open in this process, if it is.
  case claimed(by: String?)
}

/// Something that could not be done, as the one line that is shown to people.
public struct Failure: Error, Sendable, Equatable {
  public var text: String
  public init(_ text: String) { self.text = text }
}

/// What the explorer asks of the world.
public enum Effect: Sendable {
  case listSessions
  case preview(path: String)
  case open(path: String)
  /// Checks theorems, the light ones or the others.
  case certify(Analysis, generation: Int, light: Bool)
  /// Looks for the value of a parameter at which a theorem's proof is lost or won.
  case margin(Analysis, generation: Int, String, Parameter)
  /// Runs one method of a race.
  case race(Race<Network>, any FixedPointSolver, index: Int, generation: Int)
  /// Computes a part of the phase portrait.
  case phase(PhaseWork, ticket: Int)
  /// Computes a part of a sweep.
  case sweep(SweepWork, ticket: Int)
  /// Does a part of the search for every fixed point.
  case fixedPoints(FixedPointsWork, ticket: Int)
  /// Tries out what may help a run that failed.
  case diagnose(Run<Network>, generation: Int)
  /// Solves the adjoint system at a fixed point.
  case solveBackward(AdjointMap<Network>, BackwardMethod, generation: Int)
  case build(BuildEffect)
  /// Computes something of the map's derivative.
  case spectrum(SpectrumTask)
  case training(TrainingEffect)
  /// Writes a session whose relative paths start from the directory; another one, `aside`, first to a file beside it.
  case save(SessionDocument, directory: String, path: String, replacing: Replacement, aside: SessionDocument? = nil)
  case export(ExportRequest)
  case copy(String, Clip)
  /// Keeps something for the next start.
  case remember(Memory)
  /// Looks for work that other explorers left behind; with a session open, only for what was left of that one.
  case findAbandoned(of: String?)
  case recover(AbandonedWork)
  case discard(AbandonedWork)
  /// Keeps unsaved work safe from a crash, and forgets it when it is saved or not wanted.
  case keepUnsaved(Experiment, path: String?)
  case forgetUnsaved
  /// Says that a session is open here.
  case claim(path: String)
  case suspend
}
