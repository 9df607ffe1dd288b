/// The session files that were opened or saved last, newest first: a text file of one path a line.
///
/// It is only ever a convenience: what cannot be read counts as empty, what cannot be written is left as it is.
public struct RecentFiles: Sendable {
  /// Where the list is kept.
  public let path: String
  /// The most files that are remembered.
  public static let limit = 12

  public init(path: String) { self.path = path }

  /// The files that are still there, but for `others`.
  public func list(except others: [String] = []) -> [String] {
    let known = Set(others.compactMap(FileSystem.absolute))
    return remembered.filter { FileSystem.absolute($0) != nil && !known.contains($0) }
  }

  /// Puts a file first.
  public func note(_ file: String) {
    guard let own = FileSystem.absolute(file), !own.contains("\n") else { return }
    let files = [own] + remembered.filter { $0 != own }
    try? FileSystem.makeFolder(FileSystem.directory(of: path))
    try? FileSystem.replaceOwn(path, with: Array(files.prefix(Self.limit).map { $0 + "\n" }.joined().utf8))
  }

  private var remembered: [String] {
    let bytes = (try? FileSystem.read(path)) ?? []
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init).filter { $0.hasPrefix("/") }
  }
}
