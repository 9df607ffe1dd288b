import FixedPoint

/// What a replay showed.
///
/// * identical: every check has the digest and the residual that were recorded.
/// * equivalent: the bits differ, but the session is the one that was recorded, the program's version, the kernel or the
///   processor is another, the outcome is the same at the same step, and at every check the relative residuals agree
///   within 1e-9. That is what iterates within about 1e-9 of each other imply: residual_relative is measured against
///   ‖f(z)‖ already.
/// * different: anything else.
public struct ReplayReport: Sendable, Equatable {
  public enum Verdict: Sendable, Equatable {
    case identical
    case equivalent
    case different
    case nothingRecorded
  }

  /// The first check that differs.
  public struct Difference: Sendable, Equatable {
    public let step: Int
    public let recorded: Double?
    /// `nil` also where the replay did not get to this step.
    public let found: Double?
    public let reachedStep: Bool
  }

  public let verdict: Verdict
  /// Checks compared.
  public let checkCount: Int
  public let firstDifference: Difference?
  /// The session was edited after it was recorded.
  public let isEdited: Bool
  public let recordedOutcome: RecordedOutcome?
  public let foundOutcome: RecordedOutcome?
}

extension Replay {
  /// Relative difference up to which a replay elsewhere counts as equivalent.
  static let tolerance = 1e-9

  /// Redoes the recording of a session and compares.
  /// - Throws: `SessionError` if the session cannot be resolved, or an action cannot be done.
  public static func verify(_ document: SessionDocument, directory: String) throws(SessionError) -> ReplayReport {
    guard document.recording != nil else {
      return ReplayReport(
        verdict: .nothingRecorded, checkCount: 0, firstDifference: nil, isEdited: false, recordedOutcome: nil,
        foundOutcome: nil)
    }
    var replay = try Replay(document, directory: directory)
    try replay.finish()
    return replay.report
  }

  /// The comparison of what was recorded with what the replay has come to.
  public var report: ReplayReport {
    let found = recording.checks.map { check(at: $0.step) }
    let outcome = experiment.run.outcome.map { RecordedOutcome($0) }
    let first = zip(recording.checks, found).first { $0 != $1 }
    let isSame = first == nil && outcome == recording.outcome && isSameLength && leadsToFile
    let isEdited = recording.session != Recording.fingerprint(of: experiment.original) || !leadsToFile
    let isClose =
      !isEdited && !recording.origin.computesLike(.current) && outcome == recording.outcome && isSameLength
      && zip(recording.checks, found).allSatisfy { Self.agree($0, $1) }
    return ReplayReport(
      verdict: isSame ? .identical : isClose ? .equivalent : .different, checkCount: recording.checks.count,
      firstDifference: difference(first), isEdited: isEdited, recordedOutcome: recording.outcome, foundOutcome: outcome)
  }

  /// The last check of a recording is its last step.
  private var isSameLength: Bool { (recording.checks.last?.step ?? 0) == experiment.run.stepCount }

  private func check(at step: Int) -> Check? {
    step <= experiment.run.stepCount ? Recording.check(of: experiment.run, at: step) : nil
  }

  private func difference(_ pair: (Check, Check?)?) -> ReplayReport.Difference? {
    pair.map { recorded, found in
      ReplayReport.Difference(
        step: recorded.step, recorded: recorded.residualRelative, found: found?.residualRelative,
        reachedStep: found != nil)
    }
  }

  private static func agree(_ recorded: Check, _ found: Check?) -> Bool {
    guard let found else { return false }
    switch (recorded.residualRelative, found.residualRelative) {
    case (nil, nil): return true
    case (let left?, let right?): return abs(left - right) <= tolerance
    default: return false
    }
  }
}
