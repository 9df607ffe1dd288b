/// What one batch came to.
public struct BatchReport: Sendable, Equatable {
  public enum Purpose: Sendable { case training, validation, test }

  /// Counted from 1.
  public let epoch: Int
  /// Counted from 1, and how many the epoch has: those of the training, then those of the evaluation.
  public let batch: Int
  public let count: Int
  public let purpose: Purpose
  public let score: EpochReport.Score
  /// Of the step; `nil` for an evaluation.
  public let learningRate: Double?
  public let forward: SolveStatistics
  /// Without batches for an evaluation.
  public let backward: SolveStatistics
  public let seconds: Double
}
