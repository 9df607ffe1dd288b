/// What the theorems share about one network: its form, an invariant box, bounds of the Jacobian over it, and the
/// computed fixed points. Each part is computed once, in a fixed order.
public struct Analysis: Sendable {
  public let network: Network

  public init(network: Network) {
    self.network = network
  }
}
