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
    /// The first unit of the iterate that differs; `nil` where the recording does not keep the iterate.
    public let unit: Unit?

    /// A unit with the value that was recorded and the one that was found.
    public struct Unit: Sendable, Equatable {
      public let index: Int
      public let recorded: Double
      public let found: Double
    }
  }

  public let verdict: Verdict
  /// Checks compared.
  public let checkCount: Int
  public let firstDifference: Difference?
  /// The session was edited after it was recorded.
  public let isEdited: Bool
  /// The files and data sets whose numbers are not those that were recorded, as the session names them.
  public let changedData: [TensorSource]
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
        verdict: .nothingRecorded, checkCount: 0, firstDifference: nil, isEdited: false, changedData: [],
        recordedOutcome: nil, foundOutcome: nil)
    }
    var replay = try Replay(document, directory: directory)
    try replay.finish()
    return replay.report
  }

  /// The comparison of what was recorded with what the replay has come to.
  public var report: ReplayReport {
    let found = recording.checks.map { check(at: $0.step) }
    let outcome = experiment.run.outcome.map { RecordedOutcome($0) }
    let first = zip(recording.checks, found).first { recorded, found in found.map(recorded.isSame) != true }
    let isSame = first == nil && outcome == recording.outcome && isSameLength && leadsToFile
    let isEdited = recording.session != Recording.fingerprint(of: experiment.original) || !leadsToFile
    let isClose =
      !isEdited && changedData.isEmpty && !recording.origin.computesLike(.current) && outcome == recording.outcome
      && isSameLength
      && zip(recording.checks, found).allSatisfy { Self.agree($0, $1) }
    return ReplayReport(
      verdict: isSame ? .identical : isClose ? .equivalent : .different, checkCount: recording.checks.count,
      firstDifference: difference(first), isEdited: isEdited, changedData: changedData,
      recordedOutcome: recording.outcome, foundOutcome: outcome)
  }

  private var changedData: [TensorSource] {
    recording.data.filter { !experiment.data.contains($0) }.map(\.source)
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
        reachedStep: found != nil, unit: Self.unit(recorded, found))
    }
  }

  private static func unit(_ recorded: Check, _ found: Check?) -> ReplayReport.Difference.Unit? {
    guard let old = recorded.state, let new = found?.state,
      let index = old.indices.first(where: { $0 < new.count && old[$0].bitPattern != new[$0].bitPattern })
    else { return nil }
    return ReplayReport.Difference.Unit(index: index, recorded: old[index], found: new[index])
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
