import ArgumentParser
import FixedPoint
import Glibc
import Screen
import Sessions

/// `deq run`: solves without a terminal.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Solve a session without a terminal.",
    discussion: """
      Prints how the run ended, its residuals and the fixed point; exits with 0 if it
      converged and with 1 if not, and then says why.

        deq run FILE
        deq run FILE --solver anderson --tolerance 1e-13 --json
        deq run FILE --diagnose
        deq run FILE --trace trace.csv --set start.fill=1
      """)

  @Argument(help: ArgumentHelp("The session file (*.deq.json).", valueName: "file"))
  var file: String

  @OptionGroup var options: SolveOptions

  @Option(name: .long, help: ArgumentHelp("Write the residual of every step as CSV.", valueName: "out.csv"))
  var trace: String?

  @Flag(name: .long, help: "Add the state of every step to the trace: z_0, z_1, …")
  var states = false

  @Flag(name: .long, help: "Add the time since the start of the run to the trace, in seconds.")
  var seconds = false

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Write the session, with these options and a recording of the run, for deq replay.", valueName: "out.deq.json"))
  var record: String?

  @Flag(name: .long, help: "If it does not converge, also try out what may help.")
  var diagnose = false

  @Flag(name: .long, help: "Print one JSON document.")
  var json = false

  func run() throws {
    try Exit.reporting { () throws(SessionError) in
      let document = try options.document(of: file)
      let problem = try options.problem(of: document, file: file)
      var clock = StepClock(isOn: seconds)
      let run = clock.run(problem)
      if let trace {
        try TraceTable.write(run, states: states, seconds: seconds ? clock.seconds : nil, to: trace)
      }
      if let record {
        let directory = SessionFile.directory(of: file)
        try SessionFile.write(document.recording(run, problem.data), from: directory, to: record)
      }
      let report = RunReport(run, suggesting: diagnose, readout: try Readout.beside(file))
      if json { try StandardOutput.print(report.json) } else { try StandardOutput.print(report.text) }
      return run.outcome == .converged ? .success : Exit.notReached
    }
  }
}

extension SessionDocument {
  /// The same session with the recording of a run of it.
  fileprivate func recording(_ run: Run<Network>, _ data: [DataDigest]) -> SessionDocument {
    var recorded = self
    recorded.recording = Recording(of: run, in: self, data: data)
    recorded.recording?.annotations = recording?.annotations ?? []
    return recorded
  }
}
