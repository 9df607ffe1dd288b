internal import LinearAlgebra

/// Newton's method for f(z) - z = 0, with a dense Jacobian: (I - J) d = f(z) - z by LU factorisation.
///
/// One Jacobian a step, and as many evaluations of f as ``NewtonMethod``'s line search tries. Where f has kinks, J is the
/// element of Clarke's Jacobian that the operators name, and the method is the semismooth one. Where I - J is singular
/// to working precision the step is z <- f(z), and ``NewtonState/singularSystems`` counts it.
/// Source: Kelley, *Iterative Methods for Linear and Nonlinear Equations*, SIAM 1995, chapters 5 and 8; Qi, Sun, *A
/// nonsmooth version of Newton's method*, Math. Programming 58 (1993).
public struct Newton: NewtonMethod {
  public static let description = MethodDescription(
    "newton", summary: "solves the linear model of f(z) - z at each step")

  public init() {}

  public init(_ options: FieldValues) throws(FieldError) {
    _ = try options.validated(against: Self.description.options)
  }

  public var options: FieldValues { FieldValues() }

  public func start(_ map: some FixedPointMap, at iterate: [Double], image: [Double], evaluations: Int)
    throws(SolverError) -> NewtonState
  {
    try NewtonSystem.requireRoom(for: map.dimension, method: Self.description.name)
    return try begin(at: iterate, image: image, evaluations: evaluations)
  }

  public func direction(_ state: inout NewtonState, residual: [Double], on map: some FixedPointMap) -> [Double]? {
    state.derivatives += 1
    return NewtonSystem.solve(map.jacobian(at: state.iterate), residual, &state)
  }
}
