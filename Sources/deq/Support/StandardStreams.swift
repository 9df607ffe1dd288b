import Glibc
import Sessions

/// Messages for people.
enum StandardError {
  static func print(_ line: String) {
    var line = line + "\n"
    line.withUTF8 { bytes in
      _ = unsafe fwrite(bytes.baseAddress, 1, bytes.count, stderr)
    }
  }
}

/// The result, and nothing else.
enum StandardOutput {
  static func print(_ json: JSON) {
    Swift.print(String(decoding: json.text, as: UTF8.self), terminator: "")
  }

  static func print(_ line: String) { Swift.print(line) }
}
