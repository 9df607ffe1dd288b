internal import Sessions

/// An epoch under way: what the batches so far have left behind beside the parameters.
struct EpochPass: Sendable {
  /// The samples of the training batches, one batch after the other; of a graph, its nodes.
  let order: [Int]
  /// What the next batch draws from.
  var random: RandomGenerator
  /// Batches that were trained on, and then evaluated on.
  var done = 0
  var tally = Tally()
  var validation = HeadResult()
  var test = HeadResult()
  var validationForward = SolveStatistics()
  var testForward = SolveStatistics()
  /// The learning rate of the last step.
  var rate = 0.0
  var seconds = 0.0

  /// Sums over the batches that were trained on.
  struct Tally: Sendable {
    var result = HeadResult()
    var forward = SolveStatistics()
    var backward = SolveStatistics()
    /// Steps that were due, and those of them that were left out.
    var steps = 0
    var skipped = 0

    mutating func add(_ other: Self) {
      result.add(other.result)
      forward.add(other.forward)
      backward.add(other.backward)
      steps += other.steps
      skipped += other.skipped
    }
  }
}

/// How far the epoch under way is.
public struct EpochProgress: Sendable, Equatable {
  /// Counted from 1.
  public let epoch: Int
  /// Batches that were trained on or evaluated on, of all of the epoch.
  public let done: Int
  public let count: Int
  /// Of the training batches so far.
  public let training: EpochReport.Score
}
