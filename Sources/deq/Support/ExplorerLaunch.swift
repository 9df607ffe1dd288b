import ArgumentParser
import Explorer
import Sessions
import Terminal

/// Opens the explorer on the terminal.
struct ExplorerLaunch {
  var file: String?
  var appearance: AppearanceOptions
  /// Steps a second at which the recording of the file is played; `nil` opens the session at its start.
  var replaySpeed: Double?

  /// - Throws: `SessionError` if the file named on the command line cannot be used: there is a shell to go back to.
  func run() throws(SessionError) -> ExitCode {
    let ledger = FileLedger()
    if let file { ledger.note(file) }
    let experiment = try experiment()
    let terminal: CursesTerminal
    do throws(TerminalError) {
      terminal = try CursesTerminal()
    } catch {
      StandardError.print("deq: \(error.text)")
      return Exit.usage
    }
    defer { terminal.close() }
    let folders = PersonalFolders()
    var (settings, complaint) = folders.knownSettings
    appearance.apply(to: &settings)
    var model = ExplorerModel(size: terminal.size, profile: terminal.profile, settings: settings)
    model.now = terminal.now
    model.directory = SessionFolder.workingDirectory
    model.greets = folders.isFirstTime
    if let complaint { model.warn(complaint) }
    if let experiment, let file { model.open(experiment, at: file, playing: replaySpeed) }
    if let file { folders.recent?.note(file) }
    Program(
      model: model, backend: terminal, services: .files(gallery: SessionFolder.path, personal: folders, ledger: ledger)
    )
    .run()
    return terminal.endingSignal.map(Exit.ended(by:)) ?? .success
  }

  private func experiment() throws(SessionError) -> Experiment? {
    guard let file else { return nil }
    guard replaySpeed != nil else { return try Experiment.opening(file) }
    let document = try SessionFile.read(file)
    do throws(SessionError) {
      return try Experiment.replayed(document, directory: SessionFile.directory(of: file))
    } catch {
      throw error.inFile(file)
    }
  }
}

extension TerminalError {
  /// Why the explorer cannot start, and what to do instead.
  fileprivate var text: String {
    let instead = "; 'deq run' works without a terminal"
    return switch self {
    case .inputIsNotATerminal: "standard input is not a terminal" + instead
    case .outputIsNotATerminal: "standard output is not a terminal" + instead
    case .unknownType(let name): "the terminal type TERM=\(name) is not known on this machine" + instead
    case .unsuitableType(let name): "the terminal TERM=\(name) cannot move its cursor" + instead
    case .alreadyOpen: "the terminal is in use"
    case .systemRefused: "the system refused the terminal" + instead
    }
  }
}
