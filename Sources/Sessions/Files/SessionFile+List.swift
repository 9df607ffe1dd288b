import Glibc

extension SessionFile {
  /// The ending of session files.
  public static let ending = ".deq.json"

  /// The paths of the session files in a directory, in the order of their names' bytes.
  /// - Throws: `SessionError` of kind `unreadable` that names the directory.
  public static func list(in directory: String) throws(SessionError) -> [String] {
    guard let stream = unsafe opendir(directory) else {
      var error = SessionError(.unreadable, expected: "the folder", found: unsafe String(cString: strerror(errno)))
      error.file = directory
      throw error
    }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name.hasSuffix(ending), !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }.map { directory + "/" + $0 }
  }
}
