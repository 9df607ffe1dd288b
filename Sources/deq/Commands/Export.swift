import ArgumentParser
import Sessions

/// `deq export`: a recorded or fresh run as files for other programs.
struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write the run of a session as files for other programs.",
    discussion: """
      A session with a recording is replayed first, so that what is written is what was seen; any other is run.

        deq export FILE --csv trace.csv --state
      """)

  @Argument(help: ArgumentHelp("The session file (*.deq.json).", valueName: "file"))
  var file: String

  @OptionGroup var csv: CSVExport
  @OptionGroup var python: PythonExport

  private var formats: [any ExportFormat] { [csv, python] }

  func validate() throws {
    if !formats.contains(where: \.isWanted) { throw ValidationError("--csv or --python: a file to write is expected") }
  }

  func run() throws {
    try Exit.reporting { () throws(SessionError) in
      let source = try ExportSource(file)
      for format in formats where format.isWanted { try format.write(source) }
      return .success
    }
  }
}
