public import Sessions

/// Why a file was not written.
public enum WriteFailure: Error, Sendable, Equatable {
  /// It would take the place of something that the person may want to keep.
  case wouldReplace(FileLedger.Obstacle)
  case failed(Failure)
}
