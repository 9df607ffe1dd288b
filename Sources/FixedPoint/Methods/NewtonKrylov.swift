internal import LinearAlgebra

/// Newton's method with (I - J) d = f(z) - z solved by GMRES from products with J alone, as exactly as the step deserves.
///
/// The linear residual is brought below η ‖f(z) - z‖₂ with η by Eisenstat and Walker's second choice. Products with J
/// are counted in ``NewtonState/derivatives``; evaluations of f are those of ``NewtonMethod``'s line search. A system
/// that GMRES does not solve within twice as many products as dimensions gives the direction that it has come to,
/// if that is any.
/// Source: Eisenstat, Walker, *Choosing the forcing terms in an inexact Newton method*, SISC 17 (1996), with γ = 0.9 and
/// α = 2; Knoll, Keyes, *Jacobian-free Newton-Krylov methods*, JCP 193 (2004).
public struct NewtonKrylov: NewtonMethod {
  public static let description = MethodDescription(
    "newton-krylov", summary: "newton by GMRES, without forming a Jacobian",
    options: [
      Field(
        "restart", .integer(1...1000), default: .number(50), "dimension at which GMRES starts a new Krylov space")
    ])

  /// Dimension at which GMRES starts a new Krylov space.
  public let restart: Int

  public init(restart: Int = 50) {
    precondition(restart >= 1, "a Krylov space has at least one dimension")
    self.restart = restart
  }

  public init(_ options: FieldValues) throws(FieldError) {
    let checked = try options.validated(against: Self.description.options)
    self.init(restart: checked.integer("restart") ?? 50)
  }

  public var options: FieldValues { FieldValues(["restart": .number(Double(restart))]) }

  public func direction(_ state: inout NewtonState, residual: [Double], on map: some FixedPointMap) -> [Double]? {
    let forcing = Forcing(residual: Vector.norm2(residual), after: state.forcing)
    state.forcing = forcing
    var system = GMRES(right: residual, restart: restart)
    let iterate = state.iterate
    system.solve(tolerance: forcing.factor * forcing.residual, maxProducts: 2 * residual.count) { tangent, result in
      let vector = (0..<tangent.count).map { tangent[$0] }
      let image = map.pushForward(vector, at: iterate)
      for i in 0..<tangent.count { result[i] = tangent[i] - image[i] }
    }
    state.derivatives += system.products
    if system.residualNorm < forcing.residual { return system.solution }
    // GMRES breaks down on products that are not finite as well.
    let isFinite = map.pushForward(residual, at: iterate).allSatisfy(\.isFinite)
    if system.hasBrokenDown, isFinite { state.singularSystems += 1 }
    return nil
  }
}

/// Eisenstat and Walker's forcing term: how exactly a step's linear system is solved.
struct Forcing: Sendable, Equatable {
  static let first = 0.1
  static let largest = 0.9
  static let least = 1e-6

  /// ‖f(z) - z‖₂
  let residual: Double
  /// η
  let factor: Double

  init(residual: Double, after previous: Forcing?) {
    self.residual = residual
    guard let previous else {
      factor = Self.first
      return
    }
    let ratio = residual / previous.residual
    let kept = Self.largest * previous.factor * previous.factor
    let wanted = Self.largest * ratio * ratio
    factor = min(max(kept > 0.1 ? max(wanted, kept) : wanted, Self.least), Self.largest)
  }
}
