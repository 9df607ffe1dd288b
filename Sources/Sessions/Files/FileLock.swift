import Glibc

/// A lock on a file that the system lets go of when its process ends, however it ends.
final class FileLock: Sendable {
  private let descriptor: CInt

  /// Takes the lock, making the file where it is not there.
  /// - Returns: `nil` if another process holds it, or if the file cannot be opened, is a link or somebody else's.
  init?(_ path: String) {
    descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o600)
    guard descriptor >= 0 else { return nil }
    guard Self.isOwn(descriptor), flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      return nil
    }
  }

  /// Whether a file is this person's and has one name: to write to another could change what is somebody else's.
  private static func isOwn(_ descriptor: CInt) -> Bool {
    var status = stat()
    return unsafe fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && status.st_nlink <= 1
      && status.st_uid == geteuid()
  }

  /// Says in the file whose lock it is.
  func sign(_ name: String) {
    ftruncate(descriptor, 0)
    let bytes = Array(name.utf8)
    _ = unsafe bytes.withUnsafeBytes { unsafe pwrite(descriptor, $0.baseAddress, $0.count, 0) }
  }

  deinit { close(descriptor) }
}
