/// Minimal polynomial extrapolation: the limit of the plain steps by the polynomial that ends them.
///
/// Source: Cabay, Jackson 1976.
public struct MinimalPolynomial: CyclicExtrapolation {
  public static let description = MethodDescription(
    "mpe", summary: "cycles: plain steps, then their limit by polynomial", options: [windowField])

  public let window: Int

  public init(window: Int = 5) {
    precondition(window >= 1, "a cycle has at least one plain step")
    self.window = window
  }

  public func limit(of cycle: VectorExtrapolation) -> [Double]? { cycle.minimalPolynomial() }
}
