import FixedPoint

/// What a replay showed.
///
/// * identical: all that the replay depends on is as it was recorded (the session before the first action, the data, the
///   actions and their steps), they lead to what the file says, and every check, the number of steps and the outcome are
///   those that were recorded, bit for bit.
/// * equivalent: the bits differ, but the program's version, the kernel or the processor is another, all else is the
///   same, and at every check the relative residuals agree within 1e-9 and so do the states that were kept, relative to
///   their largest entry; the last state must be among them.
/// * nothingToCompare: no step and no outcome were recorded, and none was made.
/// * different: anything else; ``disagreements`` says what.
public struct ReplayReport: Sendable, Equatable {
  public enum Verdict: Sendable, Equatable {
    case identical
    case equivalent
    case different
    case nothingToCompare
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
  /// Runs that an action left for another, whose last steps were compared.
  public let leftRunCount: Int
  /// Runs that an action left for another, of which the recording says nothing.
  public let unverifiedRunCount: Int
  /// What is not as it was recorded, the weightiest first: only beyond 1e-9 where another machine recorded it and there
  /// is such.
  public let disagreements: [Disagreement]
  public let recordedOutcome: RecordedOutcome?
  public let foundOutcome: RecordedOutcome?
}

extension ReplayReport {
  /// Something that is not as it was recorded.
  public enum Disagreement: Sendable, Equatable {
    /// The state of a check is not the one of its digest.
    case contradiction(step: Int)
    case check(Difference)
    /// A step that must have a check has none, or one has a check that must not.
    case schedule(step: Int)
    case length(recorded: Int, found: Int)
    case outcome
    /// An action cannot be done: why, with its path.
    case refusal(SessionError)
    /// The run was at another step when it came to an action, counted from 0.
    case place(action: Int, recorded: Int, found: Int)
    /// The run that an action left is not the one that was recorded.
    case left(action: Int, step: Int)
    /// The session before the first action is another.
    case session
    /// The actions lead to another session than the file says: the path of what differs.
    case file(path: String)
    /// A file or a data set with other numbers than were recorded, as the session names it.
    case data(TensorSource)
    /// A file or a data set of which no digest was recorded.
    case unknownData(TensorSource)
  }

  /// The first check that differs.
  public var firstDifference: Difference? {
    for case .check(let difference) in disagreements { return difference }
    return nil
  }

  /// The session was edited after it was recorded.
  public var isEdited: Bool {
    disagreements.contains { disagreement in
      switch disagreement {
      case .session, .file: true
      default: false
      }
    }
  }

  /// The files and data sets whose numbers are not those that were recorded, as the session names them.
  public var changedData: [TensorSource] {
    disagreements.compactMap { if case .data(let source) = $0 { source } else { nil } }
  }

  static let nothingRecorded = ReplayReport(
    verdict: .nothingRecorded, checkCount: 0, leftRunCount: 0, unverifiedRunCount: 0, disagreements: [],
    recordedOutcome: nil, foundOutcome: nil)
}

extension Replay {
  /// Relative difference up to which a replay elsewhere counts as equivalent.
  static let tolerance = 1e-9

  /// Redoes the recording of a session and compares.
  /// - Throws: `SessionError` if the session cannot be resolved; or if an action cannot be done, or not at its step,
  ///   although session, data and machine are those that were recorded: the recording is then no recording.
  public static func verify(_ document: SessionDocument, directory: String) throws(SessionError) -> ReplayReport {
    guard document.recording != nil else { return .nothingRecorded }
    let replay = try finished(document, directory: directory)
    if replay.hasRecordedConditions { try replay.requirePossible() }
    return replay.report
  }

  /// Whether everything that the steps depend on is as it was recorded.
  private var hasRecordedConditions: Bool {
    recording.origin.computesLike(.current) && isRecordedSession && dataDisagreements.isEmpty
  }

  var isRecordedSession: Bool { recording.session == Recording.fingerprint(of: experiment.original) }

  private func requirePossible() throws(SessionError) {
    if let failure { throw failure }
    guard let action = misplacedAction else { return }
    throw SessionError(
      path: "recording.actions[\(action)].step", expected: "\(experiment.actions[action].step), where the run then is",
      found: "\(recording.actions[action].step)")
  }

  /// The comparison of what was recorded with what the replay has come to.
  public var report: ReplayReport {
    let strict = ReplayComparison(self, .everyBit)
    let isElsewhere = !recording.origin.computesLike(.current)
    let loose = isElsewhere ? ReplayComparison(self, .within(Self.tolerance)) : strict
    let verdict: ReplayReport.Verdict =
      if strict.disagreements.isEmpty {
        recording.checks.isEmpty && recording.outcome == nil ? .nothingToCompare : .identical
      } else {
        loose.disagreements.isEmpty ? .equivalent : .different
      }
    let left = zip(recording.actions, experiment.actions)
    return ReplayReport(
      verdict: verdict, checkCount: recording.checks.count, leftRunCount: left.count { $0.0.left != nil },
      unverifiedRunCount: left.count { $0.0.left == nil && $0.1.left != nil },
      disagreements: loose.disagreements.isEmpty ? strict.disagreements : loose.disagreements,
      recordedOutcome: recording.outcome, foundOutcome: experiment.run.outcome.map { RecordedOutcome($0) })
  }

  /// The data that are not those that were recorded.
  var dataDisagreements: [ReplayReport.Disagreement] {
    let changed = recording.data.filter { !experiment.data.contains($0) }.map(\.source)
    let sources = recording.data.map(\.source)
    let unknown = experiment.data.map(\.source).filter { !sources.contains($0) }
    return changed.map(ReplayReport.Disagreement.data) + unknown.map(ReplayReport.Disagreement.unknownData)
  }
}
