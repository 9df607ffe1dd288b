/// What one run came to, epoch by epoch.
public struct RunRecord: Sendable, Equatable {
  /// Counted from 1.
  public let number: Int
  /// One row an epoch.
  public let history: [EpochReport]
  /// Whether a number of the model stopped being finite.
  public let hasDiverged: Bool

  /// Steps of the optimiser that were due.
  public var steps: Int { history.reduce(0) { $0 + $1.steps } }
  /// Those of them that were left out, since their gradient was not finite.
  public var skippedSteps: Int { history.reduce(0) { $0 + $1.skippedSteps } }
  /// Whether the model is nearly what it began as: nine steps in ten, or more, were left out.
  public var hasStoodStill: Bool { skippedSteps > 0 && 10 * skippedSteps >= 9 * steps }

  /// Whether the loss of the last epoch is not finite: nothing is learned from there.
  public var hasNoLoss: Bool { history.last.map { $0.training.count > 0 && $0.training.loss == nil } ?? false }
  /// Whether the run came to nothing: it diverged, stood still, or its loss is not finite.
  public var hasFailed: Bool { hasDiverged || hasStoodStill || hasNoLoss }

  /// The epoch of the best validation: the fewest wrong, then the lowest loss; the last one without validation.
  public var result: EpochReport? {
    guard let first = history.first, first.validation.count > 0 else { return history.last }
    return history.dropFirst().reduce(first) { $1.validation.isBetter(than: $0.validation) ? $1 : $0 }
  }
}

extension TrainingRun {
  public var record: RunRecord { RunRecord(number: number, history: history, hasDiverged: hasDiverged) }
}
