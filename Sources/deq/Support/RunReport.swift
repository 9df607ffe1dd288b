import Explorer
import FixedPoint
import Screen
import Sessions

/// What `deq run` says of a run that has ended.
struct RunReport {
  let run: Run<Network>
  private let diagnosis: Diagnosis
  /// What was tried and helps; `nil` if that was not asked for.
  private let suggestions: [Suggestion]?
  /// Of a run that converged, or of one that stopped somewhere, how far that may be from a fixed point.
  private let estimate: DistanceEstimate?
  /// What the head beside the session says of each row of the fixed point; `nil` if there is none of either.
  private let predictions: [Readout.Prediction]?

  /// With `suggesting`, tries out what may help a run that did not converge.
  init(_ run: Run<Network>, suggesting: Bool = false, readout: Readout? = nil) {
    self.run = run
    predictions = run.outcome == .converged ? readout?.predictions(of: run.iterate) : nil
    diagnosis = Diagnosis(run)
    estimate = run.distanceEstimate
    suggestions = suggesting && run.outcome != .converged ? diagnosis.suggestions(for: run) : nil
  }

  /// The document of the formats; where suggestions were asked for, with the diagnosis and them.
  var json: JSON {
    let outcome = run.outcome.map { RecordedOutcome($0) }
    var members = [
      JSON.Member("outcome", JSON(outcome?.name ?? "")),
      JSON.Member("steps", JSON(run.stepCount)),
      JSON.Member("evaluations", JSON(run.trace.last?.evaluations ?? 0)),
      JSON.Member("residual", residual),
      JSON.Member("fixedPoint", JSON(run.iterate)),
      JSON.Member("distanceEstimate", JSON(estimate?.distance)),
    ]
    if run.singularSystems > 0 { members.append(JSON.Member("singularSystems", JSON(run.singularSystems))) }
    if let period = outcome?.period { members.append(JSON.Member("period", JSON(period))) }
    if let predictions { members.append(JSON.Member("predictions", JSON(predictions.map(\.json)))) }
    if let suggestions {
      let sentences = diagnosis.sentences(for: run) + [diagnosis.conclusion(suggestions)].compactMap(\.self)
      members.append(JSON.Member("diagnosis", JSON(sentences.map { JSON($0) })))
      members.append(JSON.Member("suggestions", JSON(suggestions.map { JSON(advice($0)) })))
    }
    return JSON(members)
  }

  private var residual: JSON {
    JSON(Measure.allCases.map { JSON.Member($0.rawValue, JSON(run.trace.last?[$0])) })
  }

  /// The same for people, in a few lines.
  var text: String {
    var lines = ["\(verdict) after \(run.stepCount) steps, \(run.trace.last?.evaluations ?? 0) evaluations of f"]
    for measure in Measure.allCases {
      lines.append(measure.rawValue.padded(to: 20) + NumberText.shortest(run.trace.last?[measure]))
    }
    if let distance { lines.append("distance".padded(to: 20) + distance) }
    lines.append((run.outcome == .converged ? "fixed point" : "last iterate").padded(to: 20) + vector)
    if let predictions { lines.append("prediction".padded(to: 20) + Self.text(predictions)) }
    if run.outcome != .converged { lines += diagnosis.sentences(for: run).map { "why".padded(to: 20) + $0 } }
    if run.outcome == .converged, run.singularSystems > 0 {
      lines.append("note".padded(to: 20) + Run<Network>.singularSystemsText(run.singularSystems))
    }
    if let suggestions {
      if let conclusion = diagnosis.conclusion(suggestions) { lines.append("why".padded(to: 20) + conclusion) }
      lines += suggestions.map { "try".padded(to: 20) + advice($0) }
    }
    return lines.joined(separator: "\n")
  }

  /// A suggestion, with the option that follows it where one does.
  private func advice(_ suggestion: Suggestion) -> String {
    guard case .network(let change) = suggestion.remedy, let setting = change.setting else {
      return suggestion.sentence
    }
    return suggestion.sentence + " (--set \(setting))"
  }

  /// How far the last iterate is from a fixed point, as far as the derivative tells.
  private var distance: String? {
    guard let estimate else { return nil }
    guard estimate.isOpen else {
      guard run.outcome == .converged, let distance = estimate.distance, distance > 0 else { return nil }
      return "about \(NumberText.scientific(distance)), by a Newton step"
    }
    let radius = estimate.spectralRadius.map { "ρ(J) = \(NumberText.significant($0, digits: 12))" } ?? "ρ(J) is unknown"
    let step = estimate.distance.map { "a Newton step is \(NumberText.significant($0)) long" } ?? "I - J is singular"
    return "the residual says nothing about the distance: \(radius), \(step)"
  }

  /// The classes, of a single row with its share.
  private static func text(_ predictions: [Readout.Prediction]) -> String {
    let names = predictions.prefix(8).map { $0.name.printable(atMost: 40) }.joined(separator: ", ")
    if predictions.count > 8 { return names + " … (\(predictions.count) rows, all with --json)" }
    guard predictions.count == 1, let share = predictions[0].shares.max() else { return names }
    return names + " (\(NumberText.significant(100 * share, digits: 3)) %)"
  }

  private var verdict: String {
    switch run.outcome {
    case .converged: "converged"
    case .maxSteps, nil: "not converged at the limit of steps"
    case .diverged: "diverged"
    case .cycle(let period): "in a cycle of period \(period)"
    case .stalled: "stalled"
    case .failed(.needs(let method, let requirement)): "failed: \(method) needs \(requirement)"
    case .failed(.singular(let method, let step)): "failed: singular system of \(method) at step \(step)"
    }
  }

  private var vector: String {
    let iterate = run.iterate
    let shown = iterate.prefix(8).map { NumberText.significant($0, digits: 6) }.joined(separator: " ")
    return iterate.count > 8 ? shown + " … (\(iterate.count) entries, all with --json)" : shown
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(1, width - count)) }
}

extension Readout.Prediction {
  fileprivate var json: JSON { ["class": JSON(name), "scores": JSON(scores), "shares": JSON(shares)] }
}
