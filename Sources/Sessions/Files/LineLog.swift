internal import Glibc

/// A file of lines that grows: what is in it is not written again.
package enum LineLog {
  /// The last whole line, without its end; `nil` if there is none.
  package static func last(of path: String) -> String? {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    return lastLine(descriptor).map { String(decoding: $0.line, as: UTF8.self) }
  }

  /// Appends whole lines behind the last whole one, making the file where it is not there.
  /// - Throws: ``SessionError`` of kind `unwritable`; nothing stays of lines that could not be written whole.
  package static func append(_ text: String, to path: String) throws(SessionError) {
    let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw FileSystem.unwritable(path) }
    defer { close(descriptor) }
    let end = lastLine(descriptor)?.end ?? 0
    guard ftruncate(descriptor, end) == 0, write(Array(text.utf8), descriptor, at: end), fsync(descriptor) == 0 else {
      let error = FileSystem.unwritable(path)
      _ = ftruncate(descriptor, end)
      throw error
    }
  }

  /// The last whole line of a file, and where it ends, its end included.
  private static func lastLine(_ descriptor: CInt) -> (line: [UInt8], end: Int)? {
    let size = Int(lseek(descriptor, 0, SEEK_END))
    var length = 1 << 12
    while size > 0 {
      let start = max(size - length, 0)
      guard let bytes = read(descriptor, start..<size) else { return nil }
      if let last = bytes.lastIndex(of: newline) {
        let before = bytes[..<last].lastIndex(of: newline)
        if let before { return (Array(bytes[(before + 1)..<last]), start + last + 1) }
        if start == 0 { return (Array(bytes[..<last]), last + 1) }
      }
      guard start > 0 else { return nil }
      length *= 4
    }
    return nil
  }

  private static let newline = UInt8(ascii: "\n")

  private static func read(_ descriptor: CInt, _ range: Range<Int>) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: range.count)
    var done = 0
    while done < bytes.count {
      let count = unsafe bytes.withUnsafeMutableBytes { buffer in
        unsafe pread(
          descriptor, buffer.baseAddress?.advanced(by: done), buffer.count - done, range.lowerBound + done)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return nil }
      done += count
    }
    return bytes
  }

  private static func write(_ bytes: [UInt8], _ descriptor: CInt, at place: Int) -> Bool {
    var done = 0
    while done < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe pwrite(descriptor, buffer.baseAddress?.advanced(by: done), buffer.count - done, place + done)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      done += count
    }
    return true
  }
}
