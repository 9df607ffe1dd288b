extension SessionFile {
  /// The ending of session files.
  public static let ending = ".deq.json"

  /// The paths of the session files in a directory, in the order of their names' bytes.
  /// - Throws: `SessionError` of kind `unreadable` that names the directory.
  public static func list(in directory: String) throws(SessionError) -> [String] {
    try FileSystem.names(in: directory).filter { $0.hasSuffix(ending) && !$0.hasPrefix(".") }
      .map { directory + "/" + $0 }
  }
}
