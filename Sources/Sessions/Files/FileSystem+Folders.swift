import Glibc

extension FileSystem {
  /// The path from the root without links and dots; `nil` if nothing is there.
  static func absolute(_ path: String) -> String? {
    guard let real = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(real) }
    return unsafe String(cString: real)
  }

  /// Seconds since a file was last written; `nil` if it is not there.
  static func age(of path: String) -> Int? {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return nil }
    return max(0, time(nil) - status.st_mtim.tv_sec)
  }

  static func remove(_ path: String) { unsafe unlink(path) }
}
