/// Forward-backward splitting: z' <- prox_αg(z' - α F(z')), with F(z') = (I - W) z' - (p + W q) and z = z' + q.
///
/// For maps of the form σ(W z + p) + q with a proximal σ. Converges for 0 < α < 2m/L² where I - (W + Wᵀ)/2 ⪰ m I with
/// m > 0 and L = ‖I - W‖₂, whether or not f is a contraction; with α = 1 it is plain iteration. A step multiplies by W
/// once and evaluates f once, for the image alone; it allocates nothing where no one else holds the state's vectors.
/// Source: Winston, Kolter 2020, equation (9) and theorem 1.
public struct ForwardBackward: FixedPointSolver {
  public static let description = MethodDescription(
    "forward-backward", summary: "a small step of the monotone operator, then the activation's proximal map",
    options: [StepSize.field("the step α; \"auto\" takes m/L², which always converges")])

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
    throws(SolverError) -> ForwardBackwardState
  {
    let name = Self.description.name
    let form = try map.proximalForm(for: name)
    let step = try step.resolved(
      for: form, method: name, where: \.isStronglyMonotone, choice: \.forwardBackwardStep)
    return ForwardBackwardState(
      form: form, step: step, plain: PlainState(iterate: iterate, image: image, evaluations: evaluations))
  }

  public func advance(
    _ state: inout ForwardBackwardState, on map: some FixedPointMap, using workspace: inout Workspace
  ) {
    workspace.reserve(map.dimension)
    var whole = workspace.value.mutableSpan
    var moved = whole._mutatingExtracting(first: map.dimension)
    state.form.forward(state.plain.iterate, step: state.step, into: &moved)
    state.form.backward(moved.span, step: state.step, into: &state.plain.iterate)
    state.plain.evaluate(map, using: &workspace)
  }
}

/// The state of ``ForwardBackward``: what changes is the iterate and its image.
public struct ForwardBackwardState: SolverState {
  let form: ProximalForm
  /// α
  public let step: Double
  var plain: PlainState

  public var iterate: [Double] { plain.iterate }
  public var image: [Double] { plain.image }
  public var evaluations: Int { plain.evaluations }
}
