public import FixedPoint

/// What a layer needs beside its arrays; the defaults are those of the authors' code.
public struct LayerOptions: Sendable {
  /// `nil` takes the kind that the names of the arrays say.
  public var kind: LayerKind?
  /// m of monDEQ.
  public var monotonicity: Double?
  /// c of tanh + c.
  public var shift: Double?
  /// q of the power.
  public var power: Double?
  /// p of the norm that f is divided by; infinity for the largest entry.
  public var norm: Double?
  /// σ of a plain layer.
  public var activation: ActivationKind?
  /// Height and width of the images that a convolution works on.
  public var imageSize: (height: Int, width: Int)?
  /// x; 0 if absent.
  public var input: TensorSource?

  public init() {}
}
