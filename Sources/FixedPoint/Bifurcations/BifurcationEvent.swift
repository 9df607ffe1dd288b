public import LinearAlgebra

/// Where a branch changes its direction or its stability, or has a corner.
public struct BifurcationEvent: Sendable, Equatable {
  public enum Kind: String, Sendable, CaseIterable {
    /// The branch turns back in the parameter.
    case fold
    /// An eigenvalue passes 1 and the branch goes on, or it turns back where another branch passes: a pitchfork or a
    /// transcritical crossing.
    case branchPoint = "branch-point"
    /// An eigenvalue passes -1: a cycle of two begins or ends.
    case periodDoubling = "period-doubling"
    /// A complex pair passes the unit circle: an invariant circle begins or ends.
    case neimarkSacker = "neimark-sacker"
    /// The branch passes from one piece of f to another, and its slope jumps.
    case kink
  }

  /// What changes where the branch passes from one piece of f to another: ρ(J) before and after, in the order of the branch.
  public struct BorderCollision: Sendable, Equatable {
    public let before: Double
    public let after: Double

    /// Whether Picard's iteration settles on one side alone.
    public var changesStability: Bool { (before < 1) != (after < 1) }
  }

  public let kind: Kind
  public internal(set) var point: BranchPoint
  /// The eigenvalue that passes the unit circle, or touches 1.
  public let eigenvalue: ComplexNumber?
  /// How far the parameter may be off, as estimated.
  public internal(set) var uncertainty: Double
  /// `nil` where f is smooth.
  public let collision: BorderCollision?
}
