import FixedPoint

@testable import Sessions

/// What must hold of a text that is read as a session.
///
/// Its canonical text says the same and is its own canonical text; a small one that can be resolved runs, what it then
/// saves can be read, and replays identical; its own recording replays without a trap.
enum FuzzedSession {
  /// The largest tensor, and the longest list, that is still run here.
  private static let largest = 1024
  /// The largest state: what is generated for it has its square.
  private static let largestState = 64
  private static let folder = "/nonexistent"

  static func check(_ bytes: [UInt8]) throws(SessionError) {
    let document = try SessionFile.parse(bytes, file: "it")
    let text = SessionFile.text(of: document)
    let again = try SessionFile.parse(text, file: "the canonical text")
    require(again == document, "the canonical text says something else")
    require(SessionFile.text(of: again) == text, "the canonical text is not its own")
    guard isSmall(document.json) else { return }
    do throws(SessionError) {
      try run(document)
      if let recording = document.recording, isShort(recording) {
        _ = try Replay.verify(document, directory: folder)
      }
    } catch {
      require(!error.path.isEmpty, "an error without a path: \(error.message)")
      throw error.inFile("it")
    }
  }

  /// Three steps, saved and replayed.
  private static func run(_ document: SessionDocument) throws(SessionError) {
    var experiment = try Experiment(document, directory: folder)
    try experiment.perform(.step(3))
    let saved = experiment.saved
    let text = SessionFile.text(of: saved)
    let read = try SessionFile.parse(text, file: "what was saved")
    require(SessionFile.text(of: read) == text, "what was saved is read as something else")
    let report = try Replay.verify(read, directory: folder)
    require(report.verdict == .identical, "the replay is \(report.verdict)")
  }

  /// No number beyond the largest, and no array of more entries, so that all that is generated is small.
  private static func isSmall(_ json: JSON) -> Bool {
    switch json.content {
    case .array(let items): items.count <= largest && items.allSatisfy { isSmall($0) }
    case .object(let members):
      members.allSatisfy { member in
        switch member.name {
        case "shape": volume(member.value) <= Double(largest)
        case "state", "input": isSmall(member.value) && volume(member.value["shape"]) <= Double(largestState)
        case "recording", "stopping", "seed", "values", "index": true
        default: isSmall(member.value)
        }
      }
    default: true
    }
  }

  private static func volume(_ shape: JSON?) -> Double {
    guard case .array(let sizes) = shape?.content else { return 0 }
    return sizes.reduce(1) { count, size in
      guard case .number(let number) = size.content else { return count }
      return count * number
    }
  }

  private static func isShort(_ recording: Recording) -> Bool {
    let steps = recording.actions.reduce(recording.checks.last?.step ?? 0) { steps, action in
      switch action.action {
      case .step(let count): steps + count
      case .edit(_, let value): isSmall(value) && !isSize(value) ? steps : .max >> 16
      case .start(let source): isSmall(source.json) ? steps : .max >> 16
      case .input(let source): isSmall(source.json) ? steps : .max >> 16
      default: max(steps, action.step)
      }
    }
    return steps <= 200 && isSmall(SessionFile.beginning(recording))
  }

  /// A bare number or list may be a size that an edit puts in its place.
  private static func isSize(_ value: JSON) -> Bool {
    switch value.content {
    case .number(let number): abs(number) > Double(largestState)
    case .array: volume(value) > Double(largestState)
    default: false
    }
  }
}

extension SessionFile {
  fileprivate static func beginning(_ recording: Recording) -> JSON {
    if case .other(let document) = recording.beginning { document.json } else { JSON([JSON.Member]()) }
  }
}
