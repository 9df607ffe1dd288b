import Glibc

/// What is asked of an output before the work that fills it is done.
extension FileSystem {
  /// Tries whether a file could be written, and leaves everything as it was.
  /// - Throws: `SessionError` of kind `unwritable` with the reason.
  package static func requireWritable(_ path: String) throws(SessionError) {
    var status = stat()
    if unsafe stat(path, &status) == 0 {
      guard status.st_mode & S_IFMT != S_IFDIR else { throw unwritable(path, "it is a directory") }
      guard status.st_mode & S_IFMT == S_IFREG else { return }
    } else if errno != ENOENT {
      throw unwritable(path)
    }
    let trial = destination(path) + ".\(getpid()).trial.tmp"
    let descriptor = unsafe open(trial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw unwritable(path) }
    close(descriptor)
    unsafe unlink(trial)
  }

  /// Whether something that can be lost is there: no terminal, no pipe.
  package static func holdsFile(_ path: String) -> Bool { isFile(path) }

  /// Whether two paths lead to one file, also by links of either kind; what is not there yet has its place.
  package static func isOne(_ path: String, _ other: String) -> Bool {
    if destination(path) == destination(other) { return true }
    var (first, second) = (stat(), stat())
    guard unsafe stat(path, &first) == 0, unsafe stat(other, &second) == 0 else { return false }
    return first.st_dev == second.st_dev && first.st_ino == second.st_ino && first.st_mode & S_IFMT == S_IFREG
  }

  /// An error about a file that may not be replaced.
  package static func kept(_ path: String, _ reason: String) -> SessionError { unwritable(path, reason) }

  /// The path as it leads there from a directory; as it is where one of them is not there.
  package static func relative(_ path: String, to directory: String) -> String {
    guard let target = absolute(path), let base = absolute(directory) else { return path }
    let (whole, from) = (target.split(separator: "/"), base.split(separator: "/"))
    let common = zip(whole.dropLast(), from).prefix { $0 == $1 }.count
    let up = Array(repeating: ".."[...], count: from.count - common)
    return (up + whole[common...]).joined(separator: "/")
  }
}

/// The right to write a file, which one process has at a time, however it ends.
package final class WriteLock: Sendable {
  private let lock: FileLock
  private let path: String

  /// Takes the lock that lies beside a file.
  /// - Throws: `SessionError` of kind `unwritable` where another process has it, or the folder takes no file.
  package init(of file: String) throws(SessionError) {
    path = Self.place(of: file)
    var lock = FileLock(path)
    // The file of a lock that was let go of in this moment is nobody's.
    if lock != nil, !FileSystem.isFile(path) { lock = FileLock(path) }
    guard let lock else {
      throw FileSystem.unwritable(
        file, FileSystem.isFile(path) ? "another process is writing it" : "no lock can be made beside it")
    }
    self.lock = lock
  }

  package static func place(of file: String) -> String { file + ".lock" }

  deinit { FileSystem.remove(path) }
}
