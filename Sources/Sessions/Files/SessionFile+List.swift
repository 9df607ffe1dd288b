import Glibc

extension SessionFile {
  /// The ending of session files.
  public static let ending = ".deq.json"

  /// The paths of the session files in a directory, in the order of their names' bytes.
  /// - Throws: `SessionError` of kind `unreadable` that names the directory.
  public static func list(in directory: String) throws(SessionError) -> [String] {
    guard let names = FileSystem.names(in: directory) else {
      var error = SessionError(.unreadable, expected: "the folder", found: unsafe String(cString: strerror(errno)))
      error.file = directory
      throw error
    }
    return names.filter { $0.hasSuffix(ending) && !$0.hasPrefix(".") }.map { directory + "/" + $0 }
  }
}
