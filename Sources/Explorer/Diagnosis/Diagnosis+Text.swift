public import FixedPoint
import Screen
import Sessions

extension Diagnosis {
  /// What went wrong in a run, a sentence for each finding.
  public func sentences(for run: Run<some FixedPointMap>) -> [String] {
    findings.map { $0.sentence(measure: run.stopping.measure) }
  }

  /// What follows where no method and no rule is among the suggestions; `nil` where one is, or nothing failed.
  public func conclusion(_ suggestions: [Suggestion]) -> String? {
    if findings.isEmpty { return nil }
    if suggestions.isEmpty {
      return "Nothing that was tried helps: no other method, and no smaller factor in the network."
    }
    let isAboutNetwork = suggestions.allSatisfy { if case .network = $0.remedy { true } else { false } }
    return isAboutNetwork
      ? "No fixed point was found. If there is none, no method can help: the network has to change." : nil
  }
}

extension Finding {
  fileprivate func sentence(measure: Measure) -> String {
    switch self {
    case .divergence(let divergence): divergence.sentence(measure: measure)
    case .nonFinite(let value):
      "Step \(value.step) is the first with a value that is not finite: unit \(value.unit) of \(value.place.text)."
    case .cycle(let cycle):
      "The iterates repeat every \(cycle.period) steps; unit \(cycle.unit) swings most, by "
        + "±\(number(cycle.amplitudes[cycle.unit]))."
    case .stall(let stall): stall.sentence(measure: measure)
    case .slow(let slowness): slowness.sentence
    case .leftCone(let exit):
      "Step \(exit.step) leaves the open positive cone: unit \(exit.unit) of \(exit.isIterate ? "z" : "f(z)") is "
        + "\(number(exit.value)); Thompson's and Hilbert's distances are undefined there."
    case .breakdown(.needs(let method, let requirement)): "The method \(method) needs \(requirement)."
    case .breakdown(.singular(let method, let step)):
      "The linear system of \(method) is singular at step \(step), to working precision."
    case .outgrown(let growth): growth.sentence(measure: measure)
    case .vanishing(let vanishing):
      "The fixed point is 0, where \(measure.rawValue) means nothing: residual_absolute came down to "
        + "\(NumberText.scientific(vanishing.residual))."
    case .circling(let circling):
      "It circles: \(measure.rawValue) swings between \(number(circling.least)) and \(number(circling.greatest)) and "
        + "does not fall."
    case .receding(let recession):
      "The residual falls, but the distance to a fixed point, estimated by a Newton step, does not: "
        + zip(recession.distances, recession.steps).map { "\(number($0)) at step \($1)" }.joined(separator: ", ")
        + ". There may be no fixed point."
    case .singularSystems(let count): Run<Network>.singularSystemsText(count)
    }
  }
}

extension Run {
  /// What is said of Newton's singular systems.
  public static func singularSystemsText(_ count: Int) -> String {
    "I - J was singular to working precision in \(count) linear \(count == 1 ? "system" : "systems"): Newton's method "
      + "stepped to f(z) there, as picard does."
  }
}

extension Finding.Divergence {
  fileprivate func sentence(measure: Measure) -> String {
    let growth =
      "residual_absolute grows since step \(onset), by a factor of \(number(growth)) a step, most in unit \(unit)"
    guard measure == .residualRelative, let relative else { return growth + "." }
    return growth + "; the iterates grow with it, and residual_relative is \(number(relative))."
  }
}

extension Finding.Outgrowth {
  fileprivate func sentence(measure: Measure) -> String {
    "\(measure.rawValue) is small only because z is large: the largest entry went from \(number(start)) to "
      + "\(number(size)), while residual_absolute went from \(number(first)) to \(number(residual))."
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
  fileprivate var sentence: String {
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
    case .network(let change): change.title
    }
  }

  /// What came of it where it was tried, and why it may help.
  var explanation: String {
    let tried = evaluations.map { "converges from the start in \($0) evaluations" }
    if case .factor(let limit, let theorem) = reason { return limitText(limit, theorem, tried: tried) }
    return [tried, reason.text].compactMap(\.self).joined(separator: "; ")
  }
}

extension Suggestion {
  /// How far the number may go.
  private func limitText(_ limit: Double, _ theorem: String?, tried: String?) -> String {
    let side = limit < 0 ? "above" : "below"
    let reach =
      theorem.map { "\(side) \(number(limit)) \($0) proves one fixed point" }
      ?? "seen to converge up to \(number(limit))"
    return [tried, reach].compactMap(\.self).joined(separator: "; ")
  }
}

extension NetworkChange {
  /// The change as `--set` of the commands takes it; `nil` for an operator that is put in.
  public var setting: String? {
    guard case .field(let position, _, let name, _, let value) = self else { return nil }
    return "network.operators[\(position)].\(name)=\(NumberText.shortest(value))"
  }

  /// What changes, in a few words: operators are counted from 1, as on the screens.
  var title: String {
    switch self {
    case .field(let position, let link, let name, let from, let to):
      "\(position + 1) \(link) \(name) from \(NumberText.shortest(from)) to \(NumberText.shortest(to))"
    case .scale(let position, let factor):
      "a scale by \(NumberText.shortest(factor)) \(position == 0 ? "first" : "behind operator \(position)")"
    }
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
    case .zero: "the fixed point is 0, and an absolute residual falls there"
    case .factor: nil
    }
  }
}

private func number(_ value: Double) -> String { NumberText.significant(value, digits: 4) }
