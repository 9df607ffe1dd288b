/// What was done in a session, in order, and what came out, so that a replay can be checked.
public struct Recording: Sendable, Equatable {
  /// The program, the linear algebra kernel and the processor that made a recording.
  public struct Origin: Sendable, Equatable {
    public var program: String
    public var kernel: String
    public var processor: String

    public init(program: String, kernel: String, processor: String) {
      self.program = program
      self.kernel = kernel
      self.processor = processor
    }
  }

  /// The session before the first action.
  public indirect enum Beginning: Sendable, Equatable {
    /// What the file says, wherever the recorded changes lead.
    case file
    /// This one, from which the recorded changes led to what the file says.
    case other(SessionDocument)
  }

  public var origin: Origin
  public var beginning = Beginning.file
  /// Title and notes before the first action.
  public var before = EarlierTexts()
  /// Fingerprint of the session as it was before the first action, so that a later edit of the file shows.
  public var session: UInt64
  /// What the session and its actions read from files and data sets.
  public var data: [DataDigest]
  public var actions: [RecordedAction]
  /// Every k-th step of the last run, and its last.
  public var checks: [Check]
  /// How the last run ended; `nil` if it had not.
  public var outcome: RecordedOutcome?
  /// Notes at steps, in their order.
  public var annotations: [StepNote] = []
  /// The step that was looked at when it was saved; `nil` for the one that the actions lead to.
  public var cursor: Int?

  public init(
    origin: Origin, session: UInt64, data: [DataDigest] = [], actions: [RecordedAction], checks: [Check],
    outcome: RecordedOutcome?
  ) {
    self.origin = origin
    self.session = session
    self.data = data
    self.actions = actions
    self.checks = checks
    self.outcome = outcome
  }
}

extension Recording {
  init(_ json: JSON, path: String) throws(SessionError) {
    var reader = try ObjectReader(json, path: path)
    origin = Origin(
      program: reader.requireText("program"), kernel: reader.requireText("kernel"),
      processor: reader.requireText("processor"))
    session = reader.digest("session")
    if let start = reader.read("beginning", SessionDocument.init(problem:path:)) { beginning = .other(start) }
    before = reader.read("before", EarlierTexts.init(_:path:)) ?? before
    data = reader.optionalList("data", DataDigest.init(_:path:)) ?? []
    actions = reader.list("actions", RecordedAction.init(_:path:))
    checks = reader.list("checks", Check.init(_:path:))
    let isWhole = json["checks"].map { $0.content == JSON(checks.map(\.json)).content } ?? false
    for (position, pair) in zip(checks, checks.dropFirst()).enumerated() where isWhole && pair.0.step >= pair.1.step {
      reader.note(
        SessionError(
          json, "\(path).checks[\(position + 1)].step", expected: "steps in order",
          found: "\(pair.1.step) after \(pair.0.step)"))
    }
    outcome = try RecordedOutcome(&reader)
    annotations = reader.optionalList("annotations", StepNote.init(_:path:)) ?? []
    cursor = reader.integer("cursor", in: 0...Int(Int32.max))
    try reader.finish()
  }

  var json: JSON {
    var members = [
      JSON.Member("program", JSON(origin.program)), JSON.Member("kernel", JSON(origin.kernel)),
      JSON.Member("processor", JSON(origin.processor)), JSON.Member("session", JSON(hexadecimalDigits(session))),
    ]
    if case .other(let document) = beginning {
      members.append(JSON.Member("beginning", JSON(document.problemMembers)))
    }
    if let before = before.json { members.append(JSON.Member("before", before)) }
    if !data.isEmpty { members.append(JSON.Member("data", JSON(data.map(\.json)))) }
    members.append(JSON.Member("actions", JSON(actions.map(\.json))))
    members.append(JSON.Member("checks", JSON(checks.map(\.json))))
    if let outcome { members += outcome.members }
    if !annotations.isEmpty { members.append(JSON.Member("annotations", JSON(annotations.map(\.json)))) }
    if let cursor { members.append(JSON.Member("cursor", JSON(cursor))) }
    return JSON(members)
  }
}

extension SessionDocument {
  fileprivate init(problem json: JSON, path: String) throws(SessionError) {
    var reader = try ObjectReader(json, path: path)
    self.init(problem: &reader)
    try reader.finish()
  }
}
