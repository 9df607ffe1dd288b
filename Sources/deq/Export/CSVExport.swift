import ArgumentParser
import Sessions

/// `deq export --csv`: the trace.
struct CSVExport: ExportFormat {
  @Option(name: .long, help: ArgumentHelp("The trace, one row a step.", valueName: "out.csv"))
  var csv: String?

  @Flag(
    name: [.customLong("state"), .customLong("states")],
    help: "In the trace: the state of every step, z_0, z_1, …")
  var state = false

  @Flag(
    name: .long, help: "In the trace: the time of every step since the start, in seconds, measured now.")
  var seconds = false

  @Flag(name: .long, help: "In the trace: the method that made every step.")
  var method = false

  var isWanted: Bool { csv != nil }

  func validate() throws {
    guard !isWanted, let option = [(state, "--state"), (seconds, "--seconds"), (method, "--method")].first(where: \.0)
    else { return }
    throw ValidationError("\(option.1): --csv is expected beside it")
  }

  func write(_ source: ExportSource) throws(SessionError) -> ExitCode {
    guard let csv else { return .success }
    let times = seconds ? StepClock.seconds(of: source.run) : nil
    try TraceTable.write(source.run, states: state, methods: method, seconds: times, to: csv)
    return .success
  }
}
