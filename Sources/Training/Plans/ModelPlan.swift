public import FixedPoint

/// What a model is made of: the equilibrium layer z = N((σ(L z) + shift)^power + p), p = ρ(U x + b), and a head.
///
/// Source: Sittoni, Tudisco, *Subhomogeneous deep equilibrium models*, ICML 2024; Winston, Kolter, *Monotone operator
/// equilibrium networks*, NeurIPS 2020.
public struct ModelPlan: Sendable, Equatable {
  /// The linear map L of the state.
  public enum Layer: String, Sendable, CaseIterable {
    /// W, any square matrix.
    case dense
    /// |W|, entrywise.
    case nonnegative
    /// (1 - m) I - AᵀA + B - Bᵀ.
    case monotone
    /// A kernel of `kernel` x `kernel`, with 0 outside the image.
    case convolution
    /// (1 - teleport) · D^-1/2 (A + I) D^-1/2 over the nodes of a graph; it has no parameters.
    case graph
  }

  /// Where p is added.
  public enum Placement: String, Sendable, CaseIterable {
    case beforeActivation = "before"
    case afterActivation = "after"
  }

  /// N: nothing, or the division by the largest magnitude, of all of a sample or of each node.
  public enum Normalization: String, Sendable, CaseIterable {
    case none
    case sup = "inf"
  }

  /// What is between the state and the classes.
  public enum Head: String, Sendable, CaseIterable {
    /// Nothing: as many units as classes, and the entries of the state are the scores.
    case none
    case linear
    /// Batch normalisation, then linear.
    case normalized = "batch-normalized"
  }

  /// The session file whose pipeline takes the place of the equilibrium layer and of the injection; `nil` for none.
  public var session: String?
  public var layer = Layer.dense
  /// Entries of the state; channels of a convolution; features of a node.
  public var units = 87
  public var activation = ActivationKind.tanh
  public var shift = 1.2
  public var power = 1.0
  public var injection = Placement.afterActivation
  /// Units of a relu layer that x passes through before U; 0 for none.
  public var hidden = 0
  /// ρ
  public var injectionActivation = ActivationKind.relu
  public var normalization = Normalization.none
  /// m of the monotone layer.
  public var monotonicity = 1.0
  /// Side of the kernel, odd.
  public var kernel = 3
  /// Side of the squares of the image whose mean the head sees; 1 for all pixels.
  public var pooling = 1
  /// Share of a graph's injected features: p is scaled by it, and the propagation by the rest.
  public var teleport = 0.1
  /// Share of the entries of x, of the hidden layer, and of what the head's linear map sees, that are dropped at each
  /// step of training.
  public var dropout = 0.0
  public var head = Head.normalized

  public init() {}
}
