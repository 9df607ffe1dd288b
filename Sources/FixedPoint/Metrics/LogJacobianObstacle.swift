public import LinearAlgebra

/// Why the log-Jacobian L(z) = diag(f)⁻¹ J diag(z), or its spectrum, does not exist at a point.
public enum LogJacobianObstacle: Error, Sendable, Equatable {
  /// An entry of z is not positive and finite.
  case iterate(unit: Int, value: Double)
  /// An entry of f(z) is not positive and finite.
  case image(unit: Int, value: Double)
  /// An entry of L is not finite, or its eigenvalues could not be computed.
  case matrix(LinearAlgebraError)
}
