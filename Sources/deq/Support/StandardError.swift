import Glibc

/// Messages for people; results go to standard output.
enum StandardError {
  static func print(_ line: String) {
    var line = line + "\n"
    line.withUTF8 { bytes in
      _ = unsafe fwrite(bytes.baseAddress, 1, bytes.count, stderr)
    }
  }
}
