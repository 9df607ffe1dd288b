import Glibc

extension FileSystem {
  /// The path from the root without links and dots; `nil`, with `errno`, if nothing is there.
  static func absolute(_ path: String) -> String? {
    guard let real = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(real) }
    return unsafe String(cString: real)
  }

  /// ``absolute(_:)`` of what is there or will be.
  static func destination(_ path: String) -> String {
    absolute(path) ?? (absolute(directory(of: path)) ?? directory(of: path)) + "/" + SessionFile.name(of: path)
  }

  /// Seconds since a file was last written; `nil` if it is not there.
  static func age(of path: String) -> Int? {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return nil }
    return max(0, time(nil) - status.st_mtim.tv_sec)
  }

  static func remove(_ path: String) { unsafe unlink(path) }
}
