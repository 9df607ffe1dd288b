import Glibc

/// A lock on a file that the system lets go of when its process ends, however it ends.
final class FileLock: Sendable {
  private let descriptor: CInt

  /// Takes the lock, making the file where it is not there.
  /// - Returns: `nil` if another process holds it, or if the file cannot be opened.
  init?(_ path: String) {
    descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return nil }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      return nil
    }
  }

  /// Says in the file whose lock it is.
  func sign(_ name: String) {
    ftruncate(descriptor, 0)
    let bytes = Array(name.utf8)
    _ = unsafe bytes.withUnsafeBytes { unsafe pwrite(descriptor, $0.baseAddress, $0.count, 0) }
  }

  deinit { close(descriptor) }
}
