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
    /// What the file says.
    case file
    /// Another, from which the recorded changes led to what the file says.
    case other(SessionDocument)
  }

  public var origin: Origin
  public var beginning = Beginning.file
  /// Fingerprint of the session as it was before the first action, so that a later edit of the file shows.
  public var session: UInt64
  public var actions: [RecordedAction]
  /// Every k-th step of the last run, and its last.
  public var checks: [Check]
  /// How the last run ended; `nil` if it had not.
  public var outcome: RecordedOutcome?

  public init(
    origin: Origin, session: UInt64, actions: [RecordedAction], checks: [Check], outcome: RecordedOutcome?
  ) {
    self.origin = origin
    self.session = session
    self.actions = actions
    self.checks = checks
    self.outcome = outcome
  }
}

extension Recording {
  init(_ json: JSON, path: String) throws(SessionError) {
    var reader = try ObjectReader(json, path: path)
    origin = Origin(
      program: try reader.requireText("program"), kernel: try reader.requireText("kernel"),
      processor: try reader.requireText("processor"))
    session = try reader.digest("session")
    if let json = reader.take("beginning") {
      beginning = .other(try SessionDocument(problem: json, path: reader.path(of: "beginning")))
    }
    actions = try reader.list("actions") { json, path throws(SessionError) in try RecordedAction(json, path: path) }
    checks = try reader.list("checks") { json, path throws(SessionError) in try Check(json, path: path) }
    for (position, pair) in zip(checks, checks.dropFirst()).enumerated() where pair.0.step >= pair.1.step {
      throw SessionError(
        json, "\(path).checks[\(position + 1)].step", expected: "steps in order",
        found: "\(pair.1.step) after \(pair.0.step)")
    }
    outcome = try RecordedOutcome(&reader)
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
    members += [
      JSON.Member("actions", JSON(actions.map(\.json))), JSON.Member("checks", JSON(checks.map(\.json))),
    ]
    if let outcome { members += outcome.members }
    return JSON(members)
  }
}

extension SessionDocument {
  fileprivate init(problem json: JSON, path: String) throws(SessionError) {
    var reader = try ObjectReader(json, path: path)
    try self.init(problem: &reader)
    try reader.finish()
  }
}

extension ObjectReader {
  fileprivate mutating func list<Part>(
    _ name: String, _ read: (JSON, String) throws(SessionError) -> Part
  ) throws(SessionError) -> [Part] {
    _ = try require(name, expected: "an array")
    var parts: [Part] = []
    for (position, item) in (try items(name) ?? []).enumerated() {
      parts.append(try read(item, "\(path(of: name))[\(position)]"))
    }
    return parts
  }
}
