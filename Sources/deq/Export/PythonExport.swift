import ArgumentParser
import Sessions

/// `deq export --python`: the map and its fixed point for NumPy.
struct PythonExport: ExportFormat {
  @Option(name: .long, help: ArgumentHelp("A NumPy script that computes f and the fixed point.", valueName: "out.py"))
  var python: String?

  var isWanted: Bool { python != nil }

  func write(_ source: ExportSource) throws(SessionError) -> ExitCode {
    guard let python else { return .success }
    try PythonScript.write(
      source.experiment.document, directory: source.experiment.directory, readout: try Readout.beside(source.file),
      to: python)
    return .success
  }
}
