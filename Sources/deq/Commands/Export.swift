import ArgumentParser
import Sessions

/// `deq export`: a recorded or fresh run as files for other programs.
struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write the run of a session as files for other programs.",
    discussion: """
      A session with a recording is replayed first, so that what is written is what was seen; any other is run.

        deq export FILE --csv trace.csv --state
        deq export FILE --svg plots.svg --plot residual contraction spectrum
        deq export FILE --cast replay.cast --speed 8
        deq export FILE --python check.py
        deq export FILE --npz weights.npz
      """)

  @Argument(help: ArgumentHelp("The session file (*.deq.json).", valueName: "file"))
  var file: String

  @OptionGroup var csv: CSVExport
  @OptionGroup var svg: SVGExport
  @OptionGroup var cast: CastExport
  @OptionGroup var python: PythonExport
  @OptionGroup(title: "Tensors") var tensors: TensorExport
  @OptionGroup var data: DataOptions

  private var formats: [any ExportFormat] { [csv, svg, cast, python, tensors] }

  func validate() throws {
    guard !formats.contains(where: \.isWanted) else { return }
    throw ValidationError("--csv, --svg, --cast, --python, --npz or --safetensors: a file to write is expected")
  }

  func run() throws {
    data.select()
    try Exit.reporting { () throws(SessionError) in
      let source = try ExportSource(file)
      var code = ExitCode.success
      for format in formats where format.isWanted {
        let result = try format.write(source)
        if result != .success { code = result }
      }
      return code
    }
  }
}
