public import FixedPoint
public import Sessions

/// What the explorer needs of the world: functions, so that tests can give their own.
public struct Services: Sendable {
  /// The paths of the sessions on offer, in order.
  public var listSessions: @Sendable () -> Result<[String], Failure>
  /// The paths of sessions used lately that are not on offer, the last one first.
  public var listRecent: @Sendable () -> [String]
  public var preview: @Sendable (String) -> Gallery.Preview
  public var open: @Sendable (String) -> Result<Experiment, Failure>
  /// What the light theorems say of a network, or the others.
  public var certify: @Sendable (Analysis, _ light: Bool) -> [Certificate]
  /// Runs one method of a race; its times are by a clock of its own.
  public var race: @Sendable (Race<Network>, any FixedPointSolver) -> RaceResult
  /// The names of the data sets whose samples can be an input or a start.
  public var datasets: [String]
  /// How much is computed at a time where that is asked for.
  public var processors: Int
  public var training: TrainingServices
  /// Where unsaved work is kept safe from a crash; `nil` keeps none.
  public var journal: Journal?
  /// What is known of the files that were read and written.
  public var ledger: FileLedger
  /// A file that is not there yet, beside a session, for a recording that is to be kept.
  public var placeForRecording: @Sendable (String) -> String
  public var save: @Sendable (SessionDocument, String, Replacement) -> Result<Void, WriteFailure>
  /// Writes a file for other programs; says what it wrote.
  public var export: @Sendable (ExportRequest) -> Result<String, WriteFailure>
  /// Keeps a text where a person finds it whose terminal has no clipboard; gives the file, if there is a place for it.
  public var keepCopy: @Sendable (String) -> Result<String?, Failure>
  /// Keeps something for the next start.
  public var remember: @Sendable (Memory) -> Result<Void, Failure>
}
