/// How the fixed points of a batch, or the systems of the way back, came out.
public struct SolveStatistics: Sendable, Equatable {
  /// Evaluations of f, or products with Jᵀ, summed over the batches.
  public internal(set) var steps = 0
  public internal(set) var batches = 0
  /// Samples whose residual missed the tolerance.
  public internal(set) var failures = 0
  public internal(set) var samples = 0
  /// Samples whose g was worse than v itself, which took its place; none of a forward pass.
  public internal(set) var replaced = 0

  public var meanSteps: Double? { batches > 0 ? Double(steps) / Double(batches) : nil }

  mutating func add(_ other: SolveStatistics) {
    steps += other.steps
    batches += other.batches
    failures += other.failures
    samples += other.samples
    replaced += other.replaced
  }
}
