/// What one run came to, epoch by epoch.
public struct RunRecord: Sendable, Equatable {
  /// Counted from 1.
  public let number: Int
  /// One row an epoch.
  public let history: [EpochReport]
  /// Whether a number of the model stopped being finite.
  public let hasDiverged: Bool

  /// The epoch of the best validation: the fewest wrong, then the lowest loss; the last one without validation.
  public var result: EpochReport? {
    guard let first = history.first, first.validation.count > 0 else { return history.last }
    return history.dropFirst().reduce(first) { $1.validation.isBetter(than: $0.validation) ? $1 : $0 }
  }
}

extension TrainingRun {
  public var record: RunRecord { RunRecord(number: number, history: history, hasDiverged: hasDiverged) }
}
