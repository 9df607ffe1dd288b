/// Files of text that other rooms make.
public enum TextFile {
  /// Replaces a file by a text, in one step: whatever happens, the old contents or the new ones are there.
  /// - Throws: `SessionError` of kind `unwritable`; the old file, if any, is then as it was.
  public static func write(_ text: String, to path: String) throws(SessionError) {
    try FileSystem.replace(path, with: Array(text.utf8))
  }

  /// Whether something of this name is there that writing would replace.
  public static func exists(_ path: String) -> Bool { FileSystem.isFile(path) }
}
