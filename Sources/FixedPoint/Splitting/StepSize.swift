/// The step α of a splitting method.
public enum StepSize: Sendable, Equatable {
  /// The one with the least proven factor, from the monotonicity of the map.
  case automatic
  case fixed(Double)

  static func field(_ summary: String) -> Field {
    Field(
      "step", .numberOrChoice(Double.leastNonzeroMagnitude...Double.greatestFiniteMagnitude, ["auto"]),
      default: .text("auto"), summary)
  }

  init(_ options: FieldValues) { self = options.number("step").map(StepSize.fixed) ?? .automatic }

  var value: FieldValue {
    switch self {
    case .automatic: .text("auto")
    case .fixed(let step): .number(step)
    }
  }

  /// The number α for `form`: if it is automatic, `choice` on the constants of a form that has what `condition` asks.
  func resolved(
    for form: ProximalForm, method: String, where condition: (MonotoneConstants) -> Bool,
    choice: (MonotoneConstants) -> Double
  ) throws(SolverError) -> Double {
    if case .fixed(let step) = self { return step }
    guard let constants = try? MonotoneConstants(weight: form.weight), condition(constants) else {
      throw .needs(method: method, requirement: "an explicit step, since the map is not monotone enough for its own")
    }
    let step = constants.lipschitz > 0 ? choice(constants) : 1
    guard step > 0, step.isFinite else {
      throw .needs(method: method, requirement: "an explicit step, since its own is too small for a double")
    }
    return step
  }
}

extension FixedPointMap {
  /// The form that a splitting method works on.
  func proximalForm(for method: String) throws(SolverError) -> ProximalForm {
    do throws(ProximalFormObstacle) {
      return try proximalForm()
    } catch {
      throw .needs(method: method, requirement: error.requirement)
    }
  }
}
