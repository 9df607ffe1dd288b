public import FixedPoint
public import Screen
public import Sessions

/// What the explorer is told: by the terminal, by the clock, or by an effect that has finished.
public enum Message: Sendable {
  case event(Event)
  case tick
  /// The paths of the sessions on offer, or why there are none.
  case listed(paths: [String], problem: String?)
  case previewed(path: String, Gallery.Preview)
  case opened(path: String, Result<Experiment, Failure>)
  /// What some theorems say of the network of this generation.
  case certified(generation: Int, [Certificate])
  case margin(generation: Int, MarginResult)
  /// How an entrant of the race of this generation fared.
  case raced(generation: Int, index: Int, RaceResult)
  /// A part of the phase portrait.
  case phase(ticket: Int, PhaseResult)
  case diagnosed(generation: Int, [Suggestion])
  case solvedBackward(generation: Int, BackwardMethod, AdjointSolution)
  case saved(path: String, SessionDocument, Result<Void, Failure>)
  case exported(path: String, Result<Int, Failure>)
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
  /// Tries out what may help a run that failed.
  case diagnose(Run<Network>, generation: Int)
  /// Solves the adjoint system at a fixed point.
  case solveBackward(AdjointMap<Network>, BackwardMethod, generation: Int)
  case save(SessionDocument, path: String)
  case export(Run<Network>, path: String)
  case suspend
}
