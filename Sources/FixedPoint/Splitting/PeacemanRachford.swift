/// Peaceman-Rachford splitting: u <- C_F(C_G(u)) with the reflected resolvents of the affine part F and of g, z' =
/// prox_αg(u), z = z' + q.
///
/// For maps of the form σ(W z + p) + q with a proximal σ. Converges for every α > 0 where I - (W + Wᵀ)/2 ⪰ m I with
/// m > 0. The start factors an n x n matrix; a step is two triangular solves and one evaluation of f, for the image
/// alone, and allocates nothing where no one else holds the state's vectors.
/// Source: Winston, Kolter 2020, algorithm 2; theory, section 3 (6).
public struct PeacemanRachford: FixedPointSolver {
  public static let description = MethodDescription(
    "peaceman-rachford", summary: "reflections through the resolvents of the linear part and of the activation",
    options: [StepSize.field("the step α; \"auto\" takes 1/L, with the least proven factor")])

  public let step: StepSize

  public init(step: StepSize = .automatic) {
    if case .fixed(let step) = step { precondition(step > 0 && step.isFinite, "a step is a positive number") }
    self.step = step
  }

  public init(_ options: FieldValues) throws(FieldError) {
    self.init(step: StepSize(try options.validated(against: Self.description.options)))
  }

  public var options: FieldValues { FieldValues(["step": step.value]) }

  public func start(_ map: some FixedPointMap, at iterate: [Double], image: [Double], evaluations: Int)
    throws(SolverError) -> ResolventState
  {
    let name = Self.description.name
    let form = try map.proximalForm(for: name)
    let step = try step.resolved(
      for: form, method: name, where: \.isStronglyMonotone, choice: \.resolventStep)
    let splitting = try ResolventSplitting(form, step: step, factor: 1, method: name)
    return ResolventState(splitting, at: iterate, image: image, evaluations: evaluations)
  }

  public func advance(_ state: inout ResolventState, on map: some FixedPointMap, using workspace: inout Workspace) {
    state.advance(on: map, using: &workspace)
  }
}
