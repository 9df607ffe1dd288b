/// Extrapolation in cycles: a few plain steps, then one step to their extrapolated limit.
///
/// A cycle is as many plain steps as the window says, at most as many as there are dimensions. The limit is taken from
/// the images, Σ γ_j f(z_j), a plain step ahead of the textbook's Σ γ_j z_j; the methods differ in γ alone. One
/// evaluation a step under ``AcceleratedMethod``'s safeguard.
/// Source: Sidi, *Vector Extrapolation Methods with Applications*, SIAM 2017, chapter 2.
public protocol CyclicExtrapolation: AcceleratedMethod where Memory == VectorExtrapolation {
  /// How many plain steps a cycle has.
  var window: Int { get }

  init(window: Int)

  /// The extrapolated limit of a cycle; `nil` if it cannot be had.
  func limit(of cycle: VectorExtrapolation) -> [Double]?
}

extension CyclicExtrapolation {
  static var windowField: Field {
    Field("window", .integer(1...1000), default: .number(5), "how many plain steps a cycle has")
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
    return limit(of: memory)
  }

  public func record(_ memory: inout VectorExtrapolation, step: [Double], change: [Double]) {}
}
