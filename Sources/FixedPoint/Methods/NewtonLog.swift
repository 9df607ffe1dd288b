internal import LinearAlgebra

/// Newton's method for u -> log f(exp u) - u with u = log z: stays in the open cone.
///
/// Its derivative is L - I with the log-Jacobian L = diag(f)⁻¹ J diag(z). Needs an iterate and an image in the open cone
/// at every step, else it fails with ``SolverError/needs(method:requirement:)``; trials that leave it are refused. One
/// Jacobian a step, and as many evaluations of f as ``NewtonMethod``'s line search tries.
/// Source: Newton's method in the coordinates of Thompson's metric (Lemmens, Nussbaum, *Nonlinear Perron-Frobenius
/// Theory*, CUP 2012, section 2.1); theory, section 1.
public struct NewtonLog: NewtonMethod {
  public static let description = MethodDescription(
    "newton-log", summary: "newton in the logarithms of a positive state")

  public init() {}

  public init(_ options: FieldValues) throws(FieldError) {
    _ = try options.validated(against: Self.description.options)
  }

  public var options: FieldValues { FieldValues() }
  public var coordinates: Coordinates { .logarithms }

  public func start(_ map: some FixedPointMap, at iterate: [Double], image: [Double], evaluations: Int)
    throws(SolverError) -> NewtonState
  {
    try NewtonSystem.requireRoom(for: map.dimension, method: Self.description.name)
    return try begin(at: iterate, image: image, evaluations: evaluations)
  }

  public func direction(_ state: inout NewtonState, residual: [Double], on map: some FixedPointMap) -> [Double]? {
    state.derivatives += 1
    var matrix = map.jacobian(at: state.iterate)
    for i in 0..<matrix.rows {
      for j in 0..<matrix.columns { matrix[i, j] *= state.iterate[j] / state.image[i] }
    }
    return NewtonSystem.solve(matrix, residual, &state)
  }
}
