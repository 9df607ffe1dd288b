import ArgumentParser
import FixedPoint
import Sessions

/// `deq export`: a recorded or fresh run as files for other programs.
struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write the residual trace of a session as CSV, or its tensors.",
    discussion: """
      A session with a recording is replayed first, so that the trace is the one that was seen; any other is run.

        deq export sessions/01-dense-tanh.deq.json --csv trace.csv
        deq export sessions/01-dense-tanh.deq.json --npz weights.npz
      """)

  @Argument(help: ArgumentHelp("The session file (*.deq.json).", valueName: "file"))
  var file: String

  @Option(name: .long, help: ArgumentHelp("The CSV file to write, one row a step.", valueName: "out.csv"))
  var csv: String?

  @Flag(name: .long, help: "Add the state of every step: z_0, z_1, …")
  var states = false

  @OptionGroup(title: "Tensors") var tensors: TensorExport

  func validate() throws {
    guard csv != nil || tensors.isWanted else {
      throw ValidationError("--csv, --npz or --safetensors: a file to write is expected")
    }
  }

  func run() throws {
    try Exit.reporting { () throws(SessionError) in
      let document = try SessionFile.read(file)
      do throws(SessionError) {
        let directory = SessionFile.directory(of: file)
        if tensors.isWanted { try tensors.write(document, directory: directory) }
        if let csv { try TraceTable.write(try Self.run(of: document, directory: directory), states: states, to: csv) }
      } catch {
        throw error.inFile(file)
      }
      return .success
    }
  }

  private static func run(of document: SessionDocument, directory: String) throws(SessionError) -> Run<Network> {
    guard document.recording == nil else {
      var replay = try Replay(document, directory: directory)
      try replay.finish()
      return replay.experiment.run
    }
    let problem = try Problem(document, directory: directory)
    var run = Run(map: problem.network, start: problem.start, solver: problem.solver, stopping: problem.stopping)
    run.runToEnd()
    return run
  }
}
