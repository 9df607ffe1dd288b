import Glibc
import Sessions

/// Messages for people.
enum StandardError {
  static func print(_ line: String) { write(line + "\n") }

  /// The text as it is, without an end of line.
  static func write(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      _ = unsafe Glibc.write(STDERR_FILENO, bytes.baseAddress, bytes.count)
    }
  }
}

/// The result, and nothing else.
enum StandardOutput {
  static func print(_ json: JSON) throws(SessionError) { try send(json.text) }

  static func print(_ line: String) throws(SessionError) { try send(line + "\n") }

  /// - Throws: `SessionError` of kind `unwritable`. A reader that has gone away, such as `head`, is no failure: it has
  ///   all that it wanted.
  private static func send(_ text: String) throws(SessionError) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { unsafe write(STDOUT_FILENO, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno == EPIPE {
        return
      } else if errno != EINTR {
        var error = SessionError(.unwritable, expected: "the result", found: unsafe String(cString: strerror(errno)))
        error.file = "standard output"
        throw error
      }
    }
  }
}
