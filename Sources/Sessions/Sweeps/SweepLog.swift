internal import Glibc
internal import Synchronization

/// The growing file of an unfinished sweep: whatever happens, the cells that were appended are there when it is continued.
///
/// It can be held by one process at a time.
public final class SweepLog: Sendable {
  public let path: String
  private let descriptor: CInt
  private let turn = Mutex(())

  /// What is done about a log that is there.
  public enum Policy: Sendable {
    /// Starts anew, and refuses to where a log is there.
    case fresh
    /// Goes on with a log of the same part, or starts anew where there is none.
    case resume
  }

  /// Opens the log of a part.
  /// - Returns: the log, and the part with the cells that it already has.
  /// - Throws: `SessionError`: `unwritable` where the log is there and not to be continued, or is held by another process;
  ///   `content` where it is of another sweep or shard.
  public static func open(
    _ path: String, of header: SweepPart.Header, _ policy: Policy
  ) throws(SessionError) -> (log: SweepLog, part: SweepPart) {
    let log = SweepLog(path: path, descriptor: unsafe Glibc.open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o666))
    guard log.descriptor >= 0 else { throw FileSystem.unwritable(path) }
    guard flock(log.descriptor, LOCK_EX | LOCK_NB) == 0 else {
      throw FileSystem.unwritable(path, "another process is writing it")
    }
    let bytes = try FileSystem.read(path)
    guard let end = bytes.lastIndex(of: UInt8(ascii: "\n")) else {
      guard header.line.utf8.starts(with: bytes) else {
        throw FileSystem.unwritable(path, "it is there, and no log of a sweep")
      }
      try log.begin(with: header.line)
      return (log, SweepPart(header))
    }
    guard policy == .resume else {
      throw FileSystem.unwritable(path, "it has the cells of an unfinished sweep, which --resume continues")
    }
    let part = try SweepPart(bytes, file: path)
    try part.check(against: header, file: path)
    try log.cut(to: end + 1)
    return (log, part)
  }

  private init(path: String, descriptor: CInt) {
    self.path = path
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  public func append(_ cells: [SweepCell]) throws(SessionError) { try append(cells.map(\.line).joined()) }

  /// Takes the log away, once its cells are in the result.
  public func remove() { unsafe unlink(path) }

  /// A log that cannot even be begun is taken away.
  private func begin(with line: String) throws(SessionError) {
    do throws(SessionError) {
      try cut(to: 0)
      try append(line)
    } catch {
      remove()
      throw error
    }
  }

  private func cut(to size: Int) throws(SessionError) {
    guard ftruncate(descriptor, size) == 0 else { throw FileSystem.unwritable(path) }
  }

  /// Nothing stays of lines that could not be written whole: what is appended next begins a line.
  private func append(_ text: String) throws(SessionError) {
    let failure = turn.withLock { _ -> SessionError? in
      let size = lseek(descriptor, 0, SEEK_END)
      guard !isWritten(Array(text.utf8)) else { return nil }
      let error = FileSystem.unwritable(path)
      _ = ftruncate(descriptor, size)
      return error
    }
    if let failure { throw failure }
  }

  private func isWritten(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }
}

extension SweepPart {
  fileprivate func check(against expected: Header, file: String) throws(SessionError) {
    guard header != expected else { return }
    var error =
      header.digest != expected.digest
      ? SessionError(path: "digest", expected: "\(expected.digest) of this sweep", found: header.digest)
      : SessionError(path: "shard", expected: expected.shard.text, found: header.shard.text)
    error.file = file
    throw error
  }
}
