import ArgumentParser
import Screen
import Sessions

/// `deq replay`: repeats a recorded session, in the explorer or as a check.
struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay", abstract: "Repeat a recorded session, and compare.",
    discussion: """
      With --verify the recorded actions are redone without a terminal and every recorded check is compared:
      identical (every bit), equivalent (within 1e-9, where the processor or its BLAS kernel is another), or different,
      with the first step that differs. Exits with 0 for identical and equivalent, with 1 otherwise.
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
    let saved: SessionDocument
    do throws(SessionError) {
      var replay = try Replay(try SessionFile.read(file), directory: SessionFile.directory(of: file))
      try replay.finish()
      saved = replay.experiment.saved
    } catch {
      throw error.inFile(file)
    }
    try SessionFile.write(saved, to: target)
    return .success
  }
}

extension ReplayReport {
  var isSame: Bool { verdict == .identical || verdict == .equivalent }

  /// The verdict in one line; for a difference, where and which values.
  var text: String {
    switch verdict {
    case .identical: "identical: \(checkCount) checks, every bit"
    case .equivalent: "equivalent: \(checkCount) checks within 1e-9; another processor or kernel"
    case .nothingRecorded: "nothing recorded: this session has no recording to compare with"
    case .different:
      "different: " + reason + (isEdited ? "; the session was edited after it was recorded" : "")
        + changedData.map { "; \($0.json.lineText) has other numbers than were recorded" }.joined()
    }
  }

  private var reason: String {
    guard let difference = firstDifference else {
      return "recorded \(recordedOutcome?.name ?? "no outcome"), found \(foundOutcome?.name ?? "no outcome")"
    }
    let recorded = NumberText.shortest(difference.recorded)
    guard difference.reachedStep else {
      return "step \(difference.step) was not reached (recorded residual_relative \(recorded))"
    }
    let found = NumberText.shortest(difference.found)
    let what =
      recorded == found
      ? "other bits in the iterate, the same residual_relative \(recorded)"
      : "residual_relative \(recorded) recorded, \(found) found"
    let unit = difference.unit.map { unit in
      "; unit \(unit.index) is \(NumberText.shortest(unit.found)) and was \(NumberText.shortest(unit.recorded))"
    }
    return "first at step \(difference.step): \(what)" + (unit ?? "")
  }
}
