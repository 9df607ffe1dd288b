/// How a run ended. The numbers behind `diverged`, `cycle` and `stalled` are those of `Monitor.Limits`.
///
/// Source: theory, section 4.
public enum Outcome: Sendable, Equatable {
  case converged
  case maxSteps
  /// A value is not finite, or the residual grew past the bound, or the iterate did and the residual did not fall.
  case diverged
  /// The iterates repeat with this period, at least 2.
  case cycle(period: Int)
  /// The iterates no longer make progress and the tolerance is not met.
  case stalled
  /// The method broke down.
  case failed(SolverError)
}

/// When a run stops.
public struct StoppingRule: Sendable, Equatable {
  public var tolerance: Double
  public var measure: Measure
  public var maxSteps: Int

  public init(tolerance: Double = 1e-10, measure: Measure = .residualRelative, maxSteps: Int = 1000) {
    self.tolerance = tolerance
    self.measure = measure
    self.maxSteps = maxSteps
  }
}
