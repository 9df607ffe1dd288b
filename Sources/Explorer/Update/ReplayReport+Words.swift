import FixedPoint
import Screen
public import Sessions

extension ReplayReport {
  /// Whether the replay is as good as what was recorded.
  public var isSame: Bool { verdict == .identical || verdict == .equivalent }

  /// The verdict in one line; for a difference, where and which values.
  public var text: String {
    switch verdict {
    case .identical where checkCount == 0: "identical: no step was made, then and now" + leftRuns
    case .identical: "identical: \(checkCount) checks, every bit" + leftRuns
    case .equivalent: "equivalent: \(checkCount) checks within 1e-9; another processor or kernel" + leftRuns
    case .nothingToCompare: "nothing to compare: no step was recorded, and none is made again"
    case .nothingRecorded: "nothing recorded: this session has no recording to compare with"
    case .different: "different: " + reasons
    }
  }

  /// All that is not as it was recorded.
  public var reasons: String { disagreements.map(words).joined(separator: "; ") }

  /// What a person is told who opens the session; `nil` where the replay is as good as what was recorded.
  var warning: String? {
    guard verdict == .different, let first = disagreements.first else { return nil }
    if firstDifference == nil, let edit = disagreements.first(where: \.isEdit) { return words(edit) }
    return "replays differently: " + words(first)
  }

  private var leftRuns: String {
    let verified = leftRunCount > 0 ? "; \(Self.runs(leftRunCount)) left before, compared at the last step" : ""
    let others = unverifiedRunCount > 0 ? "; the last run only: \(Self.runs(unverifiedRunCount)) left before" : ""
    return verified + others
  }

  private static func runs(_ count: Int) -> String { count == 1 ? "1 run" : "\(count) runs" }

  private func words(_ disagreement: Disagreement) -> String {
    switch disagreement {
    case .contradiction(let step): "the check of step \(step) has a state that is not the one of its digest"
    case .check(let difference): difference.words
    case .schedule(let step): "the checks are not those of a run of this length: step \(step)"
    case .length(let recorded, let found): "\(found) steps, recorded \(recorded)"
    case .outcome:
      "recorded \(recordedOutcome?.name ?? "no outcome"), found \(foundOutcome?.name ?? "no outcome")"
    case .refusal(let error): error.message
    case .place(let action, let recorded, let found):
      "action \(action) was recorded at step \(recorded), the run was at step \(found)"
    case .left(let action, let step): "the run that action \(action) left at step \(step) is another"
    case .session: "the session was edited after it was recorded (recording.session is the digest of another)"
    case .file(let path): "\(path.isEmpty ? "the session" : path) was edited after it was recorded"
    case .data(let source): "\(source.json.lineText) has other numbers than were recorded"
    case .unknownData(let source): "\(source.json.lineText) is not among the recorded data"
    }
  }
}

extension ReplayReport.Disagreement {
  fileprivate var isEdit: Bool {
    switch self {
    case .session, .file: true
    case .contradiction, .check, .schedule, .length, .outcome, .refusal, .place, .left, .data, .unknownData: false
    }
  }
}

extension ReplayReport.Difference {
  fileprivate var words: String {
    let recorded = NumberText.shortest(recorded)
    guard reachedStep else { return "step \(step) was not reached (recorded residual_relative \(recorded))" }
    let found = NumberText.shortest(found)
    let what =
      recorded == found
      ? "other bits in the iterate, the same residual_relative \(recorded)"
      : "residual_relative \(recorded) recorded, \(found) found"
    let unit = unit.map { unit in
      "; unit \(unit.index) is \(NumberText.shortest(unit.found)) and was \(NumberText.shortest(unit.recorded))"
    }
    return "first at step \(step): \(what)" + (unit ?? "")
  }
}
