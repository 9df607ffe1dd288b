/// Reduced rank extrapolation in cycles: the limit of a few plain steps with the least combined residual.
///
/// A cycle is as many plain steps as the window says, at most as many as there are dimensions, then one step to the
/// extrapolated limit. It is taken from the images, Σ γ_j f(z_j), a plain step ahead of the textbook's Σ γ_j z_j. One
/// evaluation a step under ``AcceleratedMethod``'s safeguard.
/// Source: Eddy 1979; Mešina 1977; Sidi, *Vector Extrapolation Methods with Applications*, SIAM 2017, chapter 2.
public struct ReducedRank: AcceleratedMethod {
  public static let description = MethodDescription(
    "rre", summary: "cycles: plain steps, then their limit by least residual",
    options: [Field("window", .integer(1...1000), default: .number(5), "how many plain steps a cycle has")])

  /// How many plain steps a cycle has.
  public let window: Int

  public init(window: Int = 5) {
    precondition(window >= 1, "a cycle has at least one plain step")
    self.window = window
  }

  public init(_ options: FieldValues) throws(FieldError) {
    let checked = try options.validated(against: Self.description.options)
    self.init(window: checked.integer("window") ?? 5)
  }

  public var options: FieldValues { FieldValues(["window": .number(Double(window))]) }

  public var patience: Int { 2 * (window + 1) }

  public func emptyMemory(dimension: Int) -> VectorExtrapolation { VectorExtrapolation() }

  public func proposal(_ memory: inout VectorExtrapolation, iterate: [Double], residual: [Double]) -> [Double]? {
    memory.append(iterate, residual: residual)
    guard memory.count > min(window, iterate.count) else { return nil }
    defer { memory.removeAll() }
    return memory.reducedRank()
  }

  public func record(_ memory: inout VectorExtrapolation, step: [Double], change: [Double]) {}
}
