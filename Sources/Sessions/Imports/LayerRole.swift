/// What an array of a checkpoint is in f.
public enum LayerRole: String, Sendable, CaseIterable {
  /// The weights of z: a matrix, or a kernel.
  case weight = "W"
  /// The weights of the input x: a matrix, or a kernel.
  case inputWeight = "U"
  case bias = "b"
  /// monDEQ's parameters, instead of W.
  case monotoneFactor = "A"
  case monotoneTurn = "B"
}
