public import LinearAlgebra

/// A fixed point on a branch: z = f(z, λ).
public struct BranchPoint: Sendable, Equatable {
  public let parameter: Double
  public let state: [Double]
  /// Eigenvalues of J(z, λ), the largest magnitude first; a complex pair stands together.
  public let eigenvalues: [ComplexNumber]
  /// (z, part of the way through the parameter's range)
  let place: [Double]
  /// Unit direction of the branch at its place.
  let tangent: [Double]

  public var spectralRadius: Double { eigenvalues.first?.magnitude ?? 0 }
  /// True if Picard's iteration settles here from nearby, as computed.
  public var isStable: Bool { spectralRadius < 1 }
  /// Number of eigenvalues outside the unit circle.
  public var unstableCount: Int { eigenvalues.count { $0.magnitude > 1 } }

  /// The parameter's part of the direction.
  var parameterSpeed: Double { tangent[state.count] }
}
