public import LinearAlgebra

/// How the solves of a batch ended, a ``Solution`` for every sample; the iterates of all lie in one matrix.
public struct BatchSolutions: Sendable, Equatable, RandomAccessCollection {
  /// What a solution is beside its iterate.
  private struct Ending: Sendable, Equatable {
    var outcome: Outcome
    var steps: Int
    var evaluations: Int
    var residual: Double?
  }

  /// The vectors that were measured last, one a row.
  public private(set) var iterates: Matrix
  private var endings: [Ending]

  /// Of samples from these starts that no step was made for.
  init(unsolved starts: Matrix, _ samples: Range<Int>, by judge: Judge) {
    let entries = samples.lowerBound * starts.columns..<samples.upperBound * starts.columns
    iterates = Matrix(rows: samples.count, columns: starts.columns, values: Array(starts.values[entries]))
    let ending = Ending(outcome: judge.outcome ?? .maxSteps, steps: 0, evaluations: 0, residual: nil)
    endings = Array(repeating: ending, count: samples.count)
  }

  /// One part after the other; all have vectors of `dimension` entries.
  init(joining parts: [BatchSolutions], dimension: Int) {
    endings = parts.flatMap(\.endings)
    iterates = Matrix(rows: endings.count, columns: dimension, values: parts.flatMap(\.iterates.values))
  }

  public var startIndex: Int { 0 }
  public var endIndex: Int { endings.count }

  public subscript(sample: Int) -> Solution {
    let ending = endings[sample]
    return Solution(
      outcome: ending.outcome, iterate: iterates.row(sample), steps: ending.steps, evaluations: ending.evaluations,
      residual: ending.residual)
  }

  /// Notes how a sample ended; allocates nothing.
  mutating func end(_ sample: Int, _ judge: borrowing Judge, at iterate: Span<Double>, evaluations: Int) {
    guard let outcome = judge.outcome else { preconditionFailure("a solve ends with an outcome") }
    endings[sample] = Ending(
      outcome: outcome, steps: judge.steps, evaluations: evaluations, residual: judge.residual)
    let size = iterates.columns
    for i in 0..<size { iterates.values[sample * size + i] = iterate[i] }
  }
}
