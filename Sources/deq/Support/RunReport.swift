import FixedPoint
import Screen
import Sessions

/// What `deq run` says of a run that has ended.
struct RunReport {
  let run: Run<Network>

  init(_ run: Run<Network>) { self.run = run }

  /// The document of the formats.
  var json: JSON {
    let outcome = run.outcome.map { RecordedOutcome($0) }
    var members = [
      JSON.Member("outcome", JSON(outcome?.name ?? "")),
      JSON.Member("steps", JSON(run.stepCount)),
      JSON.Member("evaluations", JSON(run.trace.last?.evaluations ?? 0)),
      JSON.Member("residual", residual),
      JSON.Member("fixedPoint", JSON(run.iterate)),
    ]
    if let period = outcome?.period { members.append(JSON.Member("period", JSON(period))) }
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
    lines.append((run.outcome == .converged ? "fixed point" : "last iterate").padded(to: 20) + vector)
    return lines.joined(separator: "\n")
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
