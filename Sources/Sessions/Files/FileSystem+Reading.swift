import Glibc
import Synchronization

/// Files in, within bounds: what a file says of itself reserves no memory, and nothing but a file is waited for.
extension FileSystem {
  /// A file of more bytes is refused before any of it is read.
  package static let largestFile = 1 << 30
  /// The most bytes that are read from what does not say how long it is, such as a pipe.
  private static let largestStream = 256 << 20
  private static let chunkSize = 1 << 20

  /// The paths that a person named, as they were written.
  private static let named = Mutex<Set<String>>([])

  /// Says which paths a person named: only these may lead to a pipe or a device, which is waited for.
  package static func allowStreams(at paths: [String]) { named.withLock { $0.formUnion(paths) } }

  /// All bytes of a file.
  /// - Throws: `SessionError` of kind `unreadable` that names the file.
  package static func read(_ path: String) throws(SessionError) -> [UInt8] {
    let (descriptor, size) = try opened(path)
    defer { close(descriptor) }
    let limit = size == nil ? largestStream : largestFile
    if let size, size > limit { throw unreadable(path, "it has \(size) bytes, at most \(limit) are read") }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size ?? 0)
    while try append(from: descriptor, to: &bytes, path) > 0 {
      guard bytes.count <= limit else { throw unreadable(path, "it has more than the \(limit) bytes that are read") }
    }
    return bytes
  }

  /// The first line of a file, without its end; `nil` if there is none to be read, or it has more than `limit` bytes.
  static func firstLine(of path: String, limit: Int = 1 << 20) -> [UInt8]? {
    guard let (descriptor, _) = try? opened(path) else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    while bytes.count <= limit {
      guard let count = try? append(from: descriptor, to: &bytes, path, atMost: 1 << 16) else { return nil }
      if let end = bytes.firstIndex(where: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }) {
        return Array(bytes[..<end])
      }
      if count == 0 { return bytes }
    }
    return nil
  }

  /// An open file and its size, which is `nil` for a pipe or a device that a person named.
  private static func opened(_ path: String) throws(SessionError) -> (descriptor: CInt, size: Int?) {
    let isNamed = named.withLock { $0.contains(path) }
    // Without O_NONBLOCK, to open a pipe is to wait until somebody writes to it.
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | (isNamed ? 0 : O_NONBLOCK))
    guard descriptor >= 0 else { throw unreadable(path) }
    do throws(SessionError) {
      return (descriptor, try size(of: descriptor, path, isNamed: isNamed))
    } catch {
      close(descriptor)
      throw error
    }
  }

  private static func size(of descriptor: CInt, _ path: String, isNamed: Bool) throws(SessionError) -> Int? {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw unreadable(path) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return Int(status.st_size)
    case S_IFDIR: throw unreadable(path, "it is a directory")
    case S_IFIFO where isNamed, S_IFCHR where isNamed, S_IFSOCK where isNamed: return nil
    case S_IFIFO: throw unreadable(path, "it is a pipe")
    default: throw unreadable(path, "it is no file but a device or a socket")
    }
  }

  private static func append(
    from descriptor: CInt, to bytes: inout [UInt8], _ path: String, atMost size: Int = chunkSize
  ) throws(SessionError) -> Int {
    var count = 0
    let chunk = unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, filled in
      repeat { unsafe count = Glibc.read(descriptor, buffer.baseAddress, size) } while count < 0 && errno == EINTR
      filled = max(count, 0)
    }
    guard count >= 0 else { throw unreadable(path) }
    bytes += chunk
    return count
  }
}
