import Glibc

/// The session files that were opened or saved last, newest first: a text file of one path a line.
///
/// It is only ever a convenience: what cannot be read counts as empty, what cannot be written is left as it is.
public struct RecentFiles: Sendable {
  /// Where the list is kept.
  public let path: String
  /// The most files that are remembered.
  public static let limit = 12

  public init(path: String) { self.path = path }

  /// `$XDG_STATE_HOME/deq/recent`, or the same under `~/.local/state`; `nil` if there is no home.
  public static var standard: RecentFiles? {
    if let state = environment("XDG_STATE_HOME"), state.hasPrefix("/") {
      return RecentFiles(path: state + "/deq/recent")
    }
    return environment("HOME").map { RecentFiles(path: $0 + "/.local/state/deq/recent") }
  }

  /// The files that are still there, but for `others`.
  public func list(except others: [String] = []) -> [String] {
    let known = Set(others.compactMap(FileSystem.absolute))
    return remembered.filter { FileSystem.absolute($0) != nil && !known.contains($0) }
  }

  /// Puts a file first.
  public func note(_ file: String) {
    guard let own = FileSystem.absolute(file), !own.contains("\n") else { return }
    let files = [own] + remembered.filter { $0 != own }
    FileSystem.makeFolders(of: path)
    try? FileSystem.replace(path, with: Array(files.prefix(Self.limit).map { $0 + "\n" }.joined().utf8))
  }

  private var remembered: [String] {
    let bytes = (try? FileSystem.read(path)) ?? []
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init).filter { $0.hasPrefix("/") }
  }

  private static func environment(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    let text = unsafe String(cString: value)
    return text.isEmpty ? nil : text
  }
}

extension FileSystem {
  /// The path from the root without links; `nil` if nothing is there.
  fileprivate static func absolute(_ path: String) -> String? {
    guard let real = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(real) }
    return unsafe String(cString: real)
  }

  /// Makes the folders that lead to a file, as far as they are missing.
  fileprivate static func makeFolders(of path: String) {
    let folder = directory(of: path)
    guard folder != "/", folder != ".", absolute(folder) == nil else { return }
    makeFolders(of: folder)
    unsafe mkdir(folder, 0o700)
  }
}
