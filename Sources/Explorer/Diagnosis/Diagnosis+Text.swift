public import FixedPoint
import Screen
import Sessions

extension Diagnosis {
  /// What went wrong in a run, a sentence for each finding.
  public func sentences(for run: Run<some FixedPointMap>) -> [String] {
    findings.map { $0.sentence(measure: run.stopping.measure) }
  }
}

extension Finding {
  fileprivate func sentence(measure: Measure) -> String {
    switch self {
    case .divergence(let divergence):
      "The residual grows since step \(divergence.onset), by a factor of \(number(divergence.growth)) a step, "
        + "most in unit \(divergence.unit)."
    case .nonFinite(let value):
      "Step \(value.step) is the first with a value that is not finite: unit \(value.unit) of \(value.place.text)."
    case .cycle(let cycle):
      "The iterates repeat every \(cycle.period) steps; unit \(cycle.unit) swings most, by "
        + "±\(number(cycle.amplitudes[cycle.unit]))."
    case .stall(let stall): stall.sentence(measure: measure)
    case .slow(let slowness): slowness.sentence(measure: measure)
    case .leftCone(let exit):
      "Step \(exit.step) leaves the open positive cone: unit \(exit.unit) of \(exit.isIterate ? "z" : "f(z)") is "
        + "\(number(exit.value)); Thompson's and Hilbert's distances are undefined there."
    case .breakdown(.needs(let method, let requirement)): "The method \(method) needs \(requirement)."
    case .breakdown(.singular(let method, let step)):
      "The linear system of \(method) is singular at step \(step), to working precision."
    }
  }
}

extension Finding.NonFinite.Place {
  fileprivate var text: String {
    switch self {
    case .iterate: "the iterate z"
    case .operator(let position, let name): "operator \(position) (\(name))"
    case .image: "f(z)"
    }
  }
}

extension Finding.Stall {
  fileprivate func sentence(measure: Measure) -> String {
    switch self {
    case .roundingFloor(let attained):
      "The residual is at the rounding error of its own computation; \(measure.rawValue) came down to "
        + "\(NumberText.scientific(attained))."
    case .frozen: "The iterate no longer moves, although f(z) is another point: the method is stuck."
    case .drifting(let unit): "The iterates drift away steadily, most in unit \(unit), and the residual does not fall."
    case .wandering: "The iterates wander about without getting closer."
    }
  }
}

extension Finding.Slowness {
  fileprivate func sentence(measure: Measure) -> String {
    let speed = "Each step multiplies \(measure.rawValue) by \(number(ratio)): "
    return speed
      + (remainingSteps.map { "at this pace, about \($0) more steps to the tolerance." }
        ?? "at this pace it does not get to the tolerance.")
  }
}

extension Suggestion {
  /// What to do, what came of it where it was tried, and why it may help.
  public var sentence: String { "\(title): \(explanation)" }

  /// What to do, in a few words.
  var title: String {
    switch remedy {
    case .method(let name, let options): SolverSource(name, options).label
    case .tolerance(let tolerance): "tolerance \(NumberText.scientific(tolerance))"
    case .measure(let measure): "measure \(measure.rawValue)"
    case .maxSteps(let count): "at most \(count) steps"
    }
  }

  /// What came of it where it was tried, and why it may help.
  var explanation: String {
    let tried = evaluations.map { "converges from the start in \($0) evaluations" }
    return [tried, reason.text].compactMap(\.self).joined(separator: "; ")
  }
}

extension Suggestion.Reason {
  /// `nil` where the method's name says it all.
  fileprivate var text: String? {
    switch self {
    case .spectrum(let range, let isFixedPoint):
      "by the spectrum of J \(isFixedPoint ? "at the fixed point" : "nearby"), "
        + (range.limit < 1 ? "factors below \(number(range.limit)) attract" : "every factor below 1 attracts")
        + ", at best by \(number(range.rate)) a step"
    case .matrixMeasure(_, let rate): "its step contracts by \(number(rate)), by the measured matrix measure"
    case .monotone(let constants): "I - W is monotone, measured m = \(number(constants.strength))"
    case .acceleration: "it needs no contraction"
    case .roundingFloor: "twice the least residual that rounding allows here"
    case .cone: "it is defined off the cone too"
    case .progress: "the run was still getting closer"
    }
  }
}

private func number(_ value: Double) -> String { NumberText.significant(value, digits: 4) }
