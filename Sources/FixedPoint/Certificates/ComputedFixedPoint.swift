/// A fixed point as it was computed: a measurement, not a proof.
public struct ComputedFixedPoint: Sendable, Equatable {
  public let point: [Double]
  /// ‖f(z) - z‖_inf
  public let residual: Double
  /// ρ(J(z)); `nil` where the Jacobian is not finite.
  public let spectralRadius: Double?

  /// True if Picard's iteration settles here from nearby.
  public var attracts: Bool { spectralRadius.map { $0 < 1 } ?? false }
}
