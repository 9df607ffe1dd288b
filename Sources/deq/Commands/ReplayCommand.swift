import ArgumentParser
import Explorer
import Sessions

/// `deq replay`: repeats a recorded session, in the explorer or as a check.
struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay", abstract: "Repeat a recorded session, and compare.",
    discussion: """
      With --verify the recorded actions are redone without a terminal and compared with what was recorded: the
      session, the data, the steps of the actions, every check, the last step of every run that was left, the number of
      steps and the outcome. Identical (every bit), equivalent (within 1e-9, states too, where the processor or its
      BLAS kernel is another), or different, with all that differs. Exits with 0 for identical and equivalent, with 1
      otherwise, also where there is nothing to compare.
      With --record the recorded actions are redone too, and the session is written with what comes out now, after
      a change of the program for example; the file itself may be written.
      Without either the explorer opens and plays the recording.
      """)

  @Argument(help: ArgumentHelp("The session file (*.deq.json).", valueName: "file"))
  var file: String

  @Flag(name: .long, help: "Compare without a terminal.")
  var verify = false

  @Option(name: .long, help: ArgumentHelp("Redo the actions and write the session.", valueName: "out.deq.json"))
  var record: String?

  @Option(name: .long, help: ArgumentHelp("Steps a second in the explorer.", valueName: "number"))
  var speed: Double?

  @OptionGroup var appearance: AppearanceOptions
  @OptionGroup var data: DataOptions

  func validate() throws {
    if verify, record != nil { throw ValidationError("--record: nothing is expected beside --verify") }
    try Self.check(speed: speed)
  }

  private static let speeds = 0.01...10_000

  /// Steps a second that can be shown at all.
  static func check(speed: Double?) throws {
    guard let speed, !speeds.contains(speed) else { return }
    throw ValidationError("--speed: a number from \(speeds.lowerBound) to \(speeds.upperBound) is expected")
  }

  func run() throws {
    data.select()
    try Exit.reporting { () throws(SessionError) in
      if let record { return try Self.redo(file, into: record) }
      guard verify else {
        return try ExplorerLaunch(file: file, appearance: appearance, replaySpeed: speed ?? 16).run()
      }
      let document = try SessionFile.read(file)
      do throws(SessionError) {
        if document.recording == nil { _ = try Problem(document, directory: SessionFile.directory(of: file)) }
        let report = try Replay.verify(document, directory: SessionFile.directory(of: file))
        try StandardOutput.print(report.text)
        return report.isSame ? .success : Exit.notReached
      } catch {
        throw error.inFile(file)
      }
    }
  }

  /// Repeats what was recorded and writes the session with what came out.
  private static func redo(_ file: String, into target: String) throws(SessionError) -> ExitCode {
    let directory = SessionFile.directory(of: file)
    let saved: SessionDocument
    do throws(SessionError) {
      saved = try Experiment.replayed(try SessionFile.read(file), directory: directory).saved
    } catch {
      throw error.inFile(file)
    }
    try SessionFile.write(saved, from: directory, to: target)
    return .success
  }
}
