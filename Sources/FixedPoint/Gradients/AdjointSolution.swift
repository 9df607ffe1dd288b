/// What a solve of (I - Jᵀ) g = v came to: always with the best g and its residual, and how it ended.
public struct AdjointSolution: Sendable, Equatable {
  public enum Outcome: Sendable, Equatable {
    case converged
    case maxSteps
    /// A value is not finite, or the residual grew past the bound of ``Run``.
    case diverged
    /// The residual falls no further and the tolerance is not met.
    case stalled
    /// I - Jᵀ, or a system of the method, is singular to working precision.
    case singular
  }

  /// One row of the trace.
  public struct Step: Sendable, Equatable {
    /// k, counted from 1: row 1 of an iteration is about its first g, which is v, and 0 for GMRES.
    public let step: Int
    /// Products Jᵀ·vector so far; a dense Jacobian is none.
    public let products: Int
    /// ‖v - (I - Jᵀ) g‖₂
    public let residual: Double
  }

  /// The best g of the solve; v where a dense system could not be factored.
  public let gradient: [Double]
  /// ‖v - (I - Jᵀ) g‖₂ of ``gradient``, evaluated and not estimated; infinite if it is not finite.
  public let residual: Double
  public let outcome: Outcome
  /// Never empty.
  public let trace: [Step]
}
