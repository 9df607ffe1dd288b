extension SessionSchema {
  static var recording: JSON {
    let origin = ["program", "kernel", "processor"].map { JSON.Member($0, text) }
    let rest = [
      JSON.Member("session", digest), JSON.Member("beginning", problem), JSON.Member("before", before),
      JSON.Member("data", list(of: datum)),
      JSON.Member("actions", list(of: reference("action"))),
      JSON.Member("checks", list(of: reference("check"))), JSON.Member("outcome", names(RecordedOutcome.names)),
      JSON.Member("period", JSON(JSON.integer(2...Int(Int32.max)))),
      JSON.Member("annotations", list(of: note)), JSON.Member("cursor", count),
    ]
    let required = ["program", "kernel", "processor", "session", "actions", "checks"]
    guard case .object(let members) = JSON.object(origin + rest, required: required).content else { return .null }
    return JSON(
      members + [
        JSON.Member("if", ["properties": ["outcome": ["const": "cycle"]], "required": ["outcome"]]),
        JSON.Member("then", ["required": ["period"]]), JSON.Member("else", ["properties": ["period": false]]),
      ])
  }

  static var action: JSON {
    let plain = ["run", "pause", "branch", "reset", "undo", "redo"].map { action($0, []) }
    let counted = [
      action("step", [JSON.Member("count", JSON(JSON.integer(1...Int(Int32.max))))]),
      action("rewind", [JSON.Member("to", count)]),
    ]
    let changes = [("solver", "solver"), ("stopping", "stopping"), ("start", "tensor"), ("input", "tensor")]
      .map { name, kind in action(name, [JSON.Member("to", reference(kind))]) }
    let edit = action("edit", [JSON.Member("path", text), JSON.Member("value", true)])
    return ["oneOf": JSON(plain + counted + changes + [edit])]
  }

  private static func action(_ name: String, _ members: [JSON.Member]) -> JSON {
    let common = [JSON.Member("step", count), JSON.Member("action", ["const": JSON(name)])]
    let left = JSON.Member("left", reference("left"))
    return JSON.object(common + members + [left], required: (common + members).map(\.name))
  }

  private static let floatPattern: JSON = "^-?0x[01](\\.[0-9a-f]+)?p[-+][0-9]+$"

  static var check: JSON {
    let finite: JSON = ["type": "string", "pattern": floatPattern]
    return JSON.object(
      lastStep + [JSON.Member("state", list(of: finite))], required: lastStep.map(\.name))
  }

  /// The last step of a run that an action left.
  static var left: JSON { JSON.object(lastStep, required: lastStep.map(\.name)) }

  private static var lastStep: [JSON.Member] {
    let float: JSON = ["type": ["string", "null"], "pattern": floatPattern]
    return [
      JSON.Member("step", JSON(JSON.integer(1...Int(Int32.max)))), JSON.Member("residual_relative", float),
      JSON.Member("digest", digest),
    ]
  }

  private static var before: JSON {
    let textOrNull: JSON = ["type": ["string", "null"]]
    return JSON.object([JSON.Member("title", textOrNull), JSON.Member("notes", textOrNull)], required: [])
  }

  private static var datum: JSON {
    .object(
      [JSON.Member("source", reference("tensor")), JSON.Member("digest", digest)], required: ["source", "digest"])
  }

  private static var note: JSON {
    .object(
      [JSON.Member("step", JSON(JSON.integer(0...Int(Int32.max)))), JSON.Member("text", text)],
      required: ["step", "text"])
  }

  private static var digest: JSON { ["type": "string", "pattern": "^[0-9a-f]{16}$"] }
}
