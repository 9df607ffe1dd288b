import Glibc

/// Where the sessions of the gallery are.
enum SessionFolder {
  /// `$DEQ_SESSIONS`; else `sessions` here; else what was installed or built with the program.
  static var path: String {
    if let chosen = environment("DEQ_SESSIONS"), !chosen.isEmpty { return chosen }
    return candidates.first(where: isFolder) ?? "sessions"
  }

  private static var candidates: [String] {
    let binary = folder(of: executable)
    return ["sessions", binary + "/../share/deq/sessions", binary + "/../../../sessions", binary + "/../../sessions"]
  }

  private static func environment(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    return unsafe String(cString: value)
  }

  private static var executable: String { real("/proc/self/exe") ?? "" }

  /// Where relative paths start.
  static var workingDirectory: String? { real(".") }

  private static func real(_ name: String) -> String? {
    guard let path = unsafe realpath(name, nil) else { return nil }
    defer { unsafe free(path) }
    return unsafe String(cString: path)
  }

  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
