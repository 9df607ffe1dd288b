public import FixedPoint
import Screen

extension Certificate {
  /// What the proved rate says of a run by the iteration that it is for: bounds of the distance to the fixed point in the
  /// certificate's metric, and when they are below `tolerance`. Empty where nothing follows.
  public func boundLines<Map: FixedPointMap>(of run: Run<Map>, tolerance: Double) -> [String] {
    guard iteration == .picard, run.stepCount >= 2, let bounds = ErrorBounds(self),
      let first = (1..<run.stepCount).first(where: { rateHolds(at: run.iterate(at: $0), step: $0) }),
      (first...run.stepCount).allSatisfy({ run.solver(at: $0) is Picard }),
      let begin = bounds.metric.distance(run.iterate(at: first + 1), run.iterate(at: first)),
      let last = bounds.metric.distance(run.iterate(at: run.stepCount), run.iterate(at: run.stepCount - 1))
    else { return [] }
    let steps = run.stepCount - first
    func text(_ bound: Double) -> String { NumberText.scientific(bound) }
    let predicted = begin > 0 ? bounds.predictedSteps(to: tolerance, firstStep: begin) : 0
    return [
      "distance of the last iterate to the fixed point, \(bounds.metric.text):",
      "  at most \(text(bounds.aPosteriori(lastStep: last))) by its last step (a posteriori)",
      "  at most \(text(bounds.aPriori(afterSteps: steps, firstStep: begin))) by the first step (a priori)",
      "  at most \(NumberText.shortest(tolerance)) "
        + (predicted.map { "after \(first + $0) steps, as predicted from the first" }
          ?? "after more than a billion steps"),
    ]
  }
}

extension Margin {
  /// In words: "holds up to gain 1.31 times the weights": a gain is a factor, shift and power are the fields themselves.
  public func text(_ parameter: Parameter) -> String {
    func amount(_ value: Double) -> String {
      "\(parameter.rawValue) \(NumberText.significant(value, digits: 8))\(parameter.unit)"
    }
    return switch self {
    case .holdsUpTo(let value): "holds up to \(amount(value))"
    case .holdsFrom(let value): "holds from \(amount(value)) on"
    case .always: "holds at every \(parameter.rawValue) that was tried"
    case .never: "holds at no \(parameter.rawValue) that was tried"
    }
  }
}

extension Parameter {
  /// What a value is counted in, after the number.
  fileprivate var unit: String {
    switch self {
    case .gain: " times the weights"
    case .shift, .power: ""
    }
  }
}
