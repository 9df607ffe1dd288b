/// What may help a run that failed, and why.
public struct Suggestion: Sendable, Equatable {
  public enum Remedy: Sendable, Equatable {
    /// A method with its options, from the start of the run.
    case method(name: String, options: FieldValues)
    case tolerance(Double)
    case measure(Measure)
    case maxSteps(Int)
    /// Another network: where there is no fixed point, no method finds one.
    case network(NetworkChange)
  }

  public enum Reason: Sendable, Equatable {
    /// The eigenvalues of J, at a fixed point if `isFixedPoint`, else where the run came closest to one.
    case spectrum(DampingRange, isFixedPoint: Bool)
    /// Theorem 9: an averaged step of this factor contracts at this rate. Measured, not proved.
    case matrixMeasure(factor: Double, rate: Double)
    /// Theorem 6: I - (W + Wᵀ)/2 is positive definite, or for Douglas-Rachford semidefinite. Measured, not proved.
    case monotone(MonotoneConstants)
    /// The method does not need a contraction.
    case acceleration
    /// The residual that the run attained is that of rounding.
    case roundingFloor
    /// The measure is undefined off the open cone.
    case cone
    /// The run was still getting closer.
    case progress
    /// The fixed point is 0.
    case zero
    /// The run's own method converges from its start up to about this value of what changes; with a theorem's name, the
    /// value up to which it proves that there is one fixed point.
    case factor(limit: Double, theorem: String?)
  }

  public let remedy: Remedy
  public let reason: Reason
  /// Evaluations of f that it took to converge from the run's start by its own rule, tried out; `nil` for a remedy that
  /// is not tried out.
  public let evaluations: Int?

  /// The method to use, if the remedy is one.
  public var solver: (any FixedPointSolver)? {
    guard case .method(let name, let options) = remedy else { return nil }
    return try? MethodCatalog.named(name)?.init(options)
  }
}
