/// Files of text that other rooms make.
public enum TextFile {
  /// Replaces a file by a text, in one step: whatever happens, the old contents or the new ones are there.
  /// - Throws: `SessionError` of kind `unwritable`; the old file, if any, is then as it was.
  public static func write(_ text: String, to path: String) throws(SessionError) {
    try FileSystem.replace(path, with: Array(text.utf8))
  }

  /// - Throws: `SessionError` of kind `unreadable`, or if the file is no text.
  public static func read(_ path: String) throws(SessionError) -> String {
    guard let text = String(validating: try FileSystem.read(path), as: UTF8.self) else {
      throw SessionError(expected: "a text in UTF-8", found: "other bytes").inFile(path)
    }
    return text
  }

  /// Whether something of this name is there that writing would replace.
  public static func exists(_ path: String) -> Bool { FileSystem.isFile(path) }
}
