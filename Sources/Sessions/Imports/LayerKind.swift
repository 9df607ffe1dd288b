/// The layers that can be imported, by what f is. A checkpoint has the arrays and not the function.
public enum LayerKind: String, Sendable, CaseIterable {
  /// z = σ(W z + U x + b).
  case plain
  /// monDEQ: z = relu(W z + U x + b), W = (1-m) I - AᵀA + B - Bᵀ.
  case monotone = "mon"
  /// z = tanh(W z) + relu(U x + b) + shift, divided by its norm if one is asked for.
  case subhomogeneous = "subdeq"
  /// z = (tanh(W z) + 1.01)^q + relu(U x + b); with a norm, |W| and divided by it.
  case power = "subdeq-power"
  /// z = tanh(|W| z + relu(U x + b)) + 1.2, divided by its largest entry.
  case absolute = "subdeq-abs"
}
