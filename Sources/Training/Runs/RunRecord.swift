/// What one run came to, epoch by epoch.
public struct RunRecord: Sendable, Equatable {
  /// Counted from 1.
  public let number: Int
  /// One row an epoch.
  public let history: [EpochReport]
  /// Whether a number of the model stopped being finite.
  public let hasDiverged: Bool

  /// The scores at the epoch of the lowest validation loss, or at the last without validation.
  public var result: EpochReport? {
    let measured = history.filter { $0.validation.loss != nil }
    return measured.min { ($0.validation.loss ?? .infinity) < ($1.validation.loss ?? .infinity) } ?? history.last
  }
}

extension TrainingRun {
  public var record: RunRecord { RunRecord(number: number, history: history, hasDiverged: hasDiverged) }
}
