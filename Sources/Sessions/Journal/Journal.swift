import Glibc
import Synchronization

/// Keeps the unsaved work of one explorer in a folder of the person's, so that no crash loses it.
///
/// Work is replaced in one step, so that the latest whole state is there at any moment. A lock that the system lets go
/// of when the process ends tells work that is being done from work that was abandoned.
public final class Journal: Sendable {
  private struct Own {
    let file: String
    let lock: FileLock
  }

  private static let ending = ".deq-unsaved.json"
  private static let lockEnding = ".lock"

  private let folder: String
  private let own = Mutex<Own?>(nil)
  /// The lock on the session that is open.
  private let claim = Mutex<FileLock?>(nil)

  /// - Parameter folder: is made when it is first needed.
  public init(folder: String) { self.folder = folder }

  /// Keeps the work, in the place of what was kept before, without waiting for the disk: it survives the end of the
  /// program.
  /// - Throws: `SessionError` of kind `unwritable`; what was kept before stays.
  public func keep(_ work: UnsavedWork) throws(SessionError) {
    try FileSystem.replaceOwn(try ownFile(), with: JSONWriter.write(work.json), surviving: .crash)
  }

  /// Forgets what was kept: it is saved, or no longer wanted.
  public func forget() {
    own.withLock { own in
      guard let file = own?.file else { return }
      FileSystem.remove(file)
      FileSystem.remove(file + Self.lockEnding)
      own = nil
    }
  }

  private func ownFile() throws(SessionError) -> String {
    if let file = own.withLock({ $0?.file }) { return file }
    try FileSystem.makeFolder(folder)
    for attempt in 0..<1000 {
      let file = "\(folder)/\(getpid()).\(attempt)\(Self.ending)"
      guard FileSystem.age(of: file) == nil, let lock = FileLock(file + Self.lockEnding) else { continue }
      own.withLock { $0 = Own(file: file, lock: lock) }
      return file
    }
    throw FileSystem.unwritable(folder)
  }
}

// MARK: - Work that was left

extension Journal {
  /// The work that other explorers left behind, the latest first; what cannot be read is left where it is.
  public func abandoned() -> [AbandonedWork] {
    let files = ((try? FileSystem.names(in: folder)) ?? []).filter { $0.hasSuffix(Self.ending) }.map {
      folder + "/" + $0
    }
    return files.compactMap { file -> AbandonedWork? in
      guard file != own.withLock({ $0?.file }), FileLock(file + Self.lockEnding) != nil,
        let age = FileSystem.age(of: file), let json = try? JSON(reading: file), let work = try? UnsavedWork(json)
      else { return nil }
      return AbandonedWork(file: file, work: work, age: age)
    }.sorted { $0.age < $1.age }
  }

  /// Takes over what was left: from now on it is this explorer's own. What it kept before stays, for the next start.
  /// - Throws: `SessionError` of kind `unwritable`.
  public func adopt(_ abandoned: AbandonedWork) throws(SessionError) {
    own.withLock { own in
      if let file = own?.file, FileSystem.age(of: file) != nil { own = nil }
    }
    let file = try ownFile()
    guard unsafe rename(abandoned.file, file) == 0 else { throw FileSystem.unwritable(file) }
    FileSystem.remove(abandoned.file + Self.lockEnding)
  }

  public func discard(_ abandoned: AbandonedWork) {
    FileSystem.remove(abandoned.file)
    FileSystem.remove(abandoned.file + Self.lockEnding)
  }
}

// MARK: - One explorer a session

extension Journal {
  /// Says that this explorer has a session open, and lets go of the one before.
  /// - Returns: the process that has it open already, if there is another.
  public func claim(_ path: String) -> String? {
    let place = folder + "/open"
    guard (try? FileSystem.makeFolder(place)) != nil else { return nil }
    let digest = Fingerprint.of(Array(Self.absolute(path).utf8))
    let file = "\(place)/\(hexadecimalDigits(digest))\(Self.lockEnding)"
    return claim.withLock { held in
      held = nil
      if let lock = FileLock(file) {
        lock.sign("\(getpid())")
        held = lock
        return nil
      }
      return (try? FileSystem.read(file)).map { String(decoding: $0, as: UTF8.self) }
    }
  }

  /// The path by which work on a session is kept: without links and dots where the file is there.
  public static func absolute(_ path: String) -> String { FileSystem.absolute(path) ?? path }
}
