/// Title and notes of a session before the first action, where the file says others.
///
/// Without them an edit of the title would change nothing when it is redone, and undoing would take back another change.
public struct EarlierTexts: Sendable, Equatable {
  /// A text as it was.
  public enum Text: Sendable, Equatable {
    case asInFile
    case none
    case text(String)

    init(_ before: String?, in file: String?) {
      self = before == file ? .asInFile : before.map(Text.text) ?? .none
    }

    func value(in file: String?) -> String? {
      switch self {
      case .asInFile: file
      case .none: nil
      case .text(let text): text
      }
    }
  }

  public var title = Text.asInFile
  public var notes = Text.asInFile

  public init() {}

  init(of before: SessionDocument, in file: SessionDocument) {
    title = Text(before.title, in: file.title)
    notes = Text(before.notes, in: file.notes)
  }

  init(_ json: JSON, path: String) throws(SessionError) {
    var reader = try ObjectReader(json, path: path)
    title = reader.read("title", Self.text(_:path:)) ?? .asInFile
    notes = reader.read("notes", Self.text(_:path:)) ?? .asInFile
    try reader.finish()
  }

  private static func text(_ json: JSON, path: String) throws(SessionError) -> Text {
    switch json.content {
    case .null: .none
    case .text(let text): .text(text)
    case .flag, .number, .array, .object: throw SessionError(json, path, expected: "a text or null")
    }
  }

  /// `nil` where both are as in the file.
  var json: JSON? {
    let members = [("title", title), ("notes", notes)].compactMap { name, text -> JSON.Member? in
      switch text {
      case .asInFile: nil
      case .none: JSON.Member(name, .null)
      case .text(let text): JSON.Member(name, JSON(text))
      }
    }
    return members.isEmpty ? nil : JSON(members)
  }

  func applied(to file: SessionDocument) -> SessionDocument {
    var before = file
    before.title = title.value(in: file.title)
    before.notes = notes.value(in: file.notes)
    return before
  }
}
