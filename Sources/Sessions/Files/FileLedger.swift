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
    let digest = Self.digest(of: path)
    known.withLock { $0[path] = digest }
  }

  /// Why a file may not be replaced; a file that cannot be read is left to the save, which says what is wrong.
  public func obstacle(to replacement: Replacement, at path: String) -> Obstacle? {
    guard replacement != .anything, let digest = Self.digest(of: path) else { return nil }
    if replacement == .nothing { return .exists }
    return known.withLock { $0[path] } == digest ? nil : .changed
  }

  private static func digest(of path: String) -> UInt64? {
    guard let bytes = try? FileSystem.read(path) else { return nil }
    return Fingerprint.of(bytes)
  }
}
