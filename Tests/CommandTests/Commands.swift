import Glibc
import TestSupport

/// Runs the program as a shell does.
enum Commands {
  struct Result {
    var status: Int32
    var output: String
    var errors: String

    var lines: [Substring] { output.split(separator: "\n") }
  }

  /// `$DEQ_BINARY`, else the program beside the tests.
  static let binary: String =
    unsafe getenv("DEQ_BINARY").map { unsafe String(cString: $0) } ?? PseudoTerminal.beside("deq")

  /// Runs a line of shell in which `deq` is the program, in a directory; at most 60 seconds.
  static func shell(_ line: String, in directory: TemporaryDirectory) -> Result {
    let script = "cd \(directory.path); deq() { timeout 60 \(binary) \"$@\"; }; { \(line) ; } > .out 2> .err < /dev/null"
    let status = unsafe system("bash -c '\(script.replacing("'", with: "'\\''"))'")
    let result = Result(
      status: status >> 8 & 0xFF, output: (try? SessionText.read(directory.file(".out"))) ?? "",
      errors: (try? SessionText.read(directory.file(".err"))) ?? "")
    return result
  }

  /// A directory with the specimens.
  static func directory() -> TemporaryDirectory {
    let directory = TemporaryDirectory()
    directory.write(SpecimenSessions.threeUnits, to: "three.deq.json")
    directory.write(SpecimenSessions.cycle, to: "cycle.deq.json")
    directory.write(SpecimenSessions.dense, to: "dense.deq.json")
    directory.write(SpecimenSessions.divergence, to: "overflow.deq.json")
    return directory
  }
}
