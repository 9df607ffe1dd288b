/// Douglas-Rachford splitting: u <- (1 - θ) u + θ C_F(C_G(u)), the damped form of ``PeacemanRachford`` with the same
/// steps, resolvents and costs; θ = 1/2 unless given.
///
/// Converges for every α > 0 and 0 < θ < 1 where I - (W + Wᵀ)/2 is positive semidefinite and there is a fixed point.
/// Source: Lions, Mercier, *Splitting algorithms for the sum of two nonlinear operators*, SINUM 16 (1979); Eckstein,
/// Bertsekas, *Mathematical Programming* 55 (1992).
public struct DouglasRachford: FixedPointSolver {
  public static let description = MethodDescription(
    "douglas-rachford", summary: "Peaceman-Rachford's reflections, averaged with the step before",
    options: [
      StepSize.field("the step α; \"auto\" takes 1/L"),
      Field(
        "factor", .number(Double.leastNormalMagnitude...1), default: .number(0.5),
        "the part θ of the reflection that is taken: above 0, at most 1"),
    ])

  public let step: StepSize
  /// θ
  public let factor: Double

  /// - Parameters:
  ///   - step: α.
  ///   - factor: θ in (0, 1].
  public init(step: StepSize = .automatic, factor: Double = 0.5) {
    if case .fixed(let step) = step { precondition(step > 0 && step.isFinite, "a step is a positive number") }
    precondition(factor > 0 && factor <= 1, "the part that is taken is above 0 and at most 1")
    self.step = step
    self.factor = factor
  }

  public init(_ options: FieldValues) throws(FieldError) {
    let checked = try options.validated(against: Self.description.options)
    self.init(step: StepSize(checked), factor: checked.number("factor") ?? 0.5)
  }

  public var options: FieldValues { FieldValues(["step": step.value, "factor": .number(factor)]) }

  public func start(_ map: some FixedPointMap, at iterate: [Double], image: [Double], evaluations: Int)
    throws(SolverError) -> ResolventState
  {
    let name = Self.description.name
    let form = try map.proximalForm(for: name)
    let step = try step.resolved(for: form, method: name, where: \.isMonotone, choice: \.resolventStep)
    let splitting = try ResolventSplitting(form, step: step, factor: factor, method: name)
    return ResolventState(splitting, at: iterate, image: image, evaluations: evaluations)
  }

  public func advance(_ state: inout ResolventState, on map: some FixedPointMap, using workspace: inout Workspace) {
    state.advance(on: map, using: &workspace)
  }
}
