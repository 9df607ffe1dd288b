extension Experiment {
  /// What redoing a file's recording showed when it was opened.
  public struct Opening: Sendable, Equatable {
    public let report: ReplayReport
    /// Whether the experiment is what the recorded actions lead to; else it is the session as the file says it.
    public let isFollowed: Bool
    /// The session with the recording that the file had, for a file of its own, where saving would lose it: the
    /// recording does not give what it says, or does not lead to what the file says. `nil` where nothing would be lost.
    public let aside: SessionDocument?
  }

  /// A session as it was left: its recorded actions are redone, and the step is shown that was looked at.
  ///
  /// Where they do not lead to what the file says, or cannot be redone, the session begins anew as the file says, and
  /// ``opening`` has what was recorded.
  /// - Throws: `SessionError` whose path names the field at fault, if the session cannot be resolved.
  public static func opened(_ document: SessionDocument, directory: String) throws(SessionError) -> Experiment {
    guard document.recording != nil else { return try Experiment(document, directory: directory) }
    let replay = try Replay.finished(document, directory: directory)
    let report = replay.report
    let isFollowed = replay.failure == nil && replay.leadsToFile
    var experiment = isFollowed ? replay.experiment : try Experiment(document, directory: directory)
    let isLost = !isFollowed || report.verdict == .different
    experiment.opening = Opening(
      report: report, isFollowed: isFollowed, aside: isLost ? replay.recordedSession(of: document) : nil)
    return experiment
  }

  /// The file's recording is kept elsewhere, or is the one of this experiment: nothing is to be said any more.
  public mutating func forgetOpening() { opening = nil }
}

extension Replay {
  /// The session that the recording leads to, with the recording; the file itself where it leads nowhere else.
  fileprivate func recordedSession(of document: SessionDocument) -> SessionDocument {
    guard failure == nil, !leadsToFile else { return document }
    var session = experiment.document
    session.recording = recording
    return session
  }
}
