/// Reduced rank extrapolation: the limit of the plain steps with the least combined residual.
///
/// Source: Eddy 1979; Mešina 1977.
public struct ReducedRank: CyclicExtrapolation {
  public static let description = MethodDescription(
    "rre", summary: "cycles: plain steps, then their limit by least residual", options: [windowField])

  public let window: Int

  public init(window: Int = 5) {
    precondition(window >= 1, "a cycle has at least one plain step")
    self.window = window
  }

  public func limit(of cycle: VectorExtrapolation) -> [Double]? { cycle.reducedRank() }
}
