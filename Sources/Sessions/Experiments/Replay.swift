import FixedPoint

/// A recording being redone: one step or one action at a time, through the same ``Experiment`` that made it.
public struct Replay: Sendable {
  public private(set) var experiment: Experiment
  public let recording: Recording
  /// What the file says beside its recording.
  let file: SessionDocument
  /// The number of actions done.
  public private(set) var actionCount = 0
  /// Why the next action cannot be done, once that was tried.
  public private(set) var failure: SessionError?

  /// - Throws: `SessionError` if there is no recording, or if the session cannot be resolved.
  public init(_ document: SessionDocument, directory: String) throws(SessionError) {
    guard let recording = document.recording else {
      throw SessionError(path: "recording", expected: "a recording", found: "nothing")
    }
    try self.init(recording, from: recording.start(of: document), file: document, directory: directory)
  }

  private init(
    _ recording: Recording, from start: SessionDocument, file: SessionDocument, directory: String
  ) throws(SessionError) {
    self.recording = recording
    self.file = file.plain
    experiment = try Experiment(start, directory: directory)
  }

  /// Whether the recorded changes lead to what the file says; not so where either was edited by hand. A file that does
  /// not say from where they began says that itself, and not where they lead.
  public var leadsToFile: Bool { recording.beginning == .file || experiment.document.plain == file }

  /// One step on while the experiment runs and the next action is not due, else that action.
  /// - Returns: false once all is done.
  /// - Throws: `SessionError` if an action cannot be done.
  public mutating func advance() throws(SessionError) -> Bool {
    let next = actionCount < recording.actions.count ? recording.actions[actionCount] : nil
    if experiment.isRunning, experiment.cursor < next?.step ?? lastStep { return experiment.advance() || next != nil }
    guard let next else {
      if isBreakdownDue { experiment.tryNextStep() }
      experiment.lookedAt = recording.cursor
      return false
    }
    do throws(SessionError) {
      try experiment.perform(next.action)
    } catch {
      let error = error.under("recording.actions[\(actionCount)]")
      failure = error
      throw error
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

extension Replay {
  /// All of a recording redone, as far as its actions can be done: ``failure`` says why no further.
  /// - Throws: `SessionError` if there is no recording, or if the session cannot be resolved.
  static func finished(_ document: SessionDocument, directory: String) throws(SessionError) -> Replay {
    var replay = try Replay(document, directory: directory)
    replay.finishAsFarAsPossible()
    guard !replay.isWhole, let start = replay.recording.startWithUnknownTexts(of: document) else { return replay }
    var other = try Replay(replay.recording, from: start, file: document, directory: directory)
    other.finishAsFarAsPossible()
    return other.isWhole ? other : replay
  }

  private mutating func finishAsFarAsPossible() {
    while (try? advance()) == true {}
  }

  /// Whether everything was redone at its step and led to what the file says.
  private var isWhole: Bool { failure == nil && leadsToFile && misplacedAction == nil }

  /// The first action that was recorded at another step than the run was at when it was redone.
  var misplacedAction: Int? {
    zip(recording.actions, experiment.actions).enumerated().first { $1.0.step != $1.1.step }?.offset
  }
}

extension Experiment {
  /// A session with all that its recording says done again, or as ``opened(_:directory:)`` says; one that has none is run
  /// to its end.
  /// - Throws: `SessionError` whose path names the field at fault.
  public static func finished(_ document: SessionDocument, directory: String) throws(SessionError) -> Experiment {
    var experiment = try opened(document, directory: directory)
    let isFresh = experiment.actions.isEmpty && document.recording?.actions.isEmpty != true
    guard isFresh else { return experiment }
    try experiment.perform(.run)
    while experiment.advance() {}
    return experiment
  }

  /// A session with all that its recording says done again.
  /// - Throws: `SessionError` if there is no recording, or if it cannot be done.
  public static func replayed(_ document: SessionDocument, directory: String) throws(SessionError) -> Experiment {
    let replay = try Replay.finished(document, directory: directory)
    if let failure = replay.failure { throw failure }
    var experiment = replay.experiment
    experiment.opening = Opening(report: replay.report, isFollowed: true, aside: nil)
    return experiment
  }
}

extension Recording {
  /// The session before the first action, with the recording.
  func start(of document: SessionDocument) -> SessionDocument {
    guard case .other(var start) = beginning else { return before.applied(to: document) }
    start.title = before.title.value(in: document.title)
    start.notes = before.notes.value(in: document.notes)
    start.recording = document.recording
    return start
  }

  /// The same for a recording that edits a title or notes and does not say what they were: a text that no edit gives
  /// stands for them, so that the edits are the changes that they were. `nil` if there is no such edit.
  fileprivate func startWithUnknownTexts(of document: SessionDocument) -> SessionDocument? {
    let edited = actions.compactMap { recorded -> String? in
      if case .edit(let path, _) = recorded.action { path } else { nil }
    }
    var start = start(of: document)
    let editsTitle = edited.contains { ["title", ""].contains($0) }
    let editsNotes = edited.contains { ["notes", ""].contains($0) }
    guard before == EarlierTexts(), editsTitle || editsNotes else { return nil }
    if editsTitle { start.title = "" }
    if editsNotes { start.notes = "" }
    return start
  }
}
