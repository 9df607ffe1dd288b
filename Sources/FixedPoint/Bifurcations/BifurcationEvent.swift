public import LinearAlgebra

/// Where a branch changes its direction or its stability.
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
    /// An eigenvalue jumps over the unit circle: f has a kink here.
    case kink
  }

  public let kind: Kind
  public let point: BranchPoint
  /// The eigenvalue that passes the unit circle, or touches 1.
  public let eigenvalue: ComplexNumber?
}
