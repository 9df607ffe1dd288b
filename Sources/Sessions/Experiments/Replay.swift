import FixedPoint

/// A recording being redone: one step or one action at a time, through the same ``Experiment`` that made it.
public struct Replay: Sendable {
  public private(set) var experiment: Experiment
  public let recording: Recording
  /// What the file says beside its recording.
  private let file: SessionDocument
  /// The number of actions done.
  public private(set) var actionCount = 0

  /// - Throws: `SessionError` if there is no recording, or if the session cannot be resolved.
  public init(_ document: SessionDocument, directory: String) throws(SessionError) {
    guard let recording = document.recording else {
      throw SessionError(path: "recording", expected: "a recording", found: "nothing")
    }
    self.recording = recording
    file = document.plain
    experiment = try Experiment(recording.start(of: document), directory: directory)
  }

  /// Whether the recorded changes lead to what the file says; not so where either was edited by hand.
  public var leadsToFile: Bool { recording.beginning == .file || experiment.document.plain == file }

  /// One step on while the experiment runs and the next action is not due, else that action.
  /// - Returns: false once all is done.
  /// - Throws: `SessionError` if an action cannot be done.
  public mutating func advance() throws(SessionError) -> Bool {
    let next = actionCount < recording.actions.count ? recording.actions[actionCount] : nil
    if experiment.isRunning, experiment.cursor < next?.step ?? lastStep { return experiment.advance() || next != nil }
    guard let next else {
      if isBreakdownDue { experiment.tryNextStep() }
      return false
    }
    do throws(SessionError) {
      try experiment.perform(next.action)
    } catch {
      throw error.under("recording.actions[\(actionCount)]")
    }
    actionCount += 1
    return true
  }

  /// Redoes all of it.
  /// - Throws: `SessionError` if an action cannot be done.
  public mutating func finish() throws(SessionError) {
    while try advance() {}
  }

  private var lastStep: Int { recording.checks.last?.step ?? 0 }

  /// The recorded run ended in a step that could not be made: it has to be tried again, wherever was looked at last.
  private var isBreakdownDue: Bool {
    recording.outcome == .failed && experiment.run.outcome == nil && experiment.run.stepCount == lastStep
  }
}

extension Experiment {
  /// A session with all that its recording says done again; one that has none is run to its end.
  /// - Throws: `SessionError` whose path names the field at fault, or the action that cannot be done.
  public static func finished(_ document: SessionDocument, directory: String) throws(SessionError) -> Experiment {
    if document.recording != nil { return try replayed(document, directory: directory) }
    var experiment = try Experiment(document, directory: directory)
    try experiment.perform(.run)
    while experiment.advance() {}
    return experiment
  }

  /// A session with all that its recording says done again.
  /// - Throws: `SessionError` if there is no recording, or if it cannot be done.
  public static func replayed(_ document: SessionDocument, directory: String) throws(SessionError) -> Experiment {
    var replay = try Replay(document, directory: directory)
    try replay.finish()
    return replay.experiment
  }
}

extension Recording {
  /// The session before the first action.
  func start(of document: SessionDocument) -> SessionDocument {
    guard case .other(var start) = beginning else { return document }
    start.title = document.title
    start.notes = document.notes
    return start
  }
}
