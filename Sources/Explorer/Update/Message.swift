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
  case save(SessionDocument, path: String)
  case export(Run<Network>, path: String)
  case suspend
}
