import Glibc
import Sessions

/// Messages for people.
enum StandardError {
  static func print(_ line: String) {
    var line = line + "\n"
    line.withUTF8 { bytes in
      _ = unsafe write(STDERR_FILENO, bytes.baseAddress, bytes.count)
    }
  }
}

/// The result, and nothing else.
enum StandardOutput {
  static func print(_ json: JSON) {
    Swift.print(json.text, terminator: "")
  }

  static func print(_ line: String) { Swift.print(line) }
}
