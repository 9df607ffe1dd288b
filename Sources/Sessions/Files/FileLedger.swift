import Synchronization

/// What a save may put its file in the place of.
public enum Replacement: Sendable, Equatable {
  /// Nothing: the file must be new.
  case nothing
  /// The file as this program last read or wrote it.
  case knownContents
  case anything
}

/// The contents of files as this program last read or wrote them: what is different now was changed by somebody else.
public final class FileLedger: Sendable {
  /// What stands in the way of a save.
  public enum Obstacle: Error, Sendable, Equatable {
    /// There is a file already.
    case exists
    /// The file is not any more what this program knows.
    case changed
  }

  private let known = Mutex<[String: UInt64]>([:])

  public init() {}

  /// Notes a file as it now is.
  public func note(_ path: String) {
    note(path, knownAs: Self.digest(of: path))
  }

  /// Notes what was known of a file when work on it began; `nil` if nothing was.
  public func note(_ path: String, knownAs digest: UInt64?) {
    let place = FileSystem.destination(path)
    known.withLock { $0[place] = digest }
  }

  /// The fingerprint of a file as this program last read or wrote it.
  public func digest(knownOf path: String) -> UInt64? {
    let place = FileSystem.destination(path)
    return known.withLock { $0[place] }
  }

  /// Why a file may not be replaced; a file that cannot be read is left to the save, which says what is wrong.
  public func obstacle(to replacement: Replacement, at path: String) -> Obstacle? {
    guard replacement != .anything, let digest = Self.digest(of: path) else { return nil }
    if replacement == .nothing { return .exists }
    return self.digest(knownOf: path) == digest ? nil : .changed
  }

  private static func digest(of path: String) -> UInt64? {
    guard let bytes = try? FileSystem.read(path) else { return nil }
    return Fingerprint.of(bytes)
  }
}
