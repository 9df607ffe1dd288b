import FixedPoint
import Screen
import Sessions

extension ExplorerModel {
  /// Saves, exports and leaves.
  mutating func performFile(_ command: Command) -> [Effect] {
    switch command {
    case .save: return save()
    case .saveKeepingRecording: return watch?.path.map { save(to: $0, replacing: .knownContents) } ?? []
    case .saveAs(let path, let replacing): return save(as: path, replacing: replacing)
    case .export(let path, let replacing): return export(to: path, replacing: replacing)
    case .suspend: return [.suspend]
    case .quit: quit()
    case .quitWithoutSaving: isFinished = true
    case .saveThen(let next):
      afterSaving = next
      return save()
    default: break
    }
    return []
  }

  private mutating func save() -> [Effect] {
    guard let current = watch else { return [] }
    guard let path = current.path else {
      openOverlay(.askSave)
      return []
    }
    if current.isAsInFile {
      say(.note, "nothing has changed since it was saved")
      let next = afterSaving
      afterSaving = nil
      return next.map { perform($0) } ?? []
    }
    return askAboutRecording(current) ? [] : save(to: path, replacing: .knownContents)
  }

  private mutating func save(as path: String, replacing: Replacement) -> [Effect] {
    guard let current = watch, let own = current.path, path == own, replacing == .nothing else {
      return save(to: path, replacing: replacing)
    }
    return askAboutRecording(current) ? [] : save(to: path, replacing: .knownContents)
  }

  /// Asks before a recording that does not give what it says is replaced by one that does.
  /// - Returns: whether there is such a recording.
  private mutating func askAboutRecording(_ current: Watch) -> Bool {
    guard let opening = current.experiment.opening, opening.aside != nil else { return false }
    overlay = .question(
      Question(
        text: (opening.report.warning ?? "the recording is of another run") + ". Saving replaces that recording.",
        answers: [
          .init(key: "k", label: "save, and keep that recording in a file beside it", command: .saveKeepingRecording),
          .init(key: "n", label: "another name", command: .askSave),
        ]))
    return true
  }

  private mutating func save(to path: String, replacing: Replacement) -> [Effect] {
    guard let current = watch else { return [] }
    watch?.saving = FileState(current)
    let isOwn = current.path.map { SessionFile.isSame($0, path) } ?? false
    return [
      .save(
        current.lookedAtExperiment.saved, directory: current.experiment.directory, path: path, replacing: replacing,
        aside: isOwn ? current.experiment.opening?.aside : nil)
    ]
  }

  private mutating func quit() {
    if let live = train.live, live.isUnkept {
      askAboutTraining(live, before: .training(.discardAndQuit), "quit")
      return
    }
    guard watch?.isModified == true else {
      isFinished = true
      return
    }
    askToSave(before: .quitWithoutSaving, "quit")
  }

  /// Asks what becomes of the changes of the open session before a command that would lose them.
  mutating func askToSave(before next: Command, _ words: String) {
    overlay = .question(
      Question(
        text: "\(watch?.title ?? "The session") has changes that are not saved.",
        answers: [
          .init(key: "s", label: "save and \(words)", command: .saveThen(next)),
          .init(key: "d", label: "discard and \(words)", command: next),
        ]))
  }

  mutating func noteSaved(
    _ document: SessionDocument, at path: String, _ result: Result<Void, WriteFailure>, aside: String?
  ) -> [Effect] {
    if case .failure(.wouldReplace(let obstacle)) = result {
      askToReplace(path, obstacle, by: .saveAs(path: path, replacing: .anything), orElse: .askSave)
      return []
    }
    let next = afterSaving
    afterSaving = nil
    switch result {
    case .success:
      note(document, savedAt: path)
      say(.note, "saved \(path)" + (aside.map { "; the one before is in \(SessionFile.name(of: $0))" } ?? ""))
      return next.map { perform($0) } ?? []
    case .failure(let failure):
      say(failure)
      return []
    }
  }

  /// Asks before a file takes the place of one that somebody may want to keep.
  mutating func askToReplace(
    _ path: String, _ obstacle: FileLedger.Obstacle, by command: Command, orElse another: Command
  ) {
    guard overlay == nil else { return say(.warning, "\(path) is there already; nothing was written") }
    let reason =
      switch obstacle {
      case .exists: "is there already."
      case .changed: "was changed by somebody else since it was opened."
      }
    overlay = .question(
      Question(
        text: "\(path) \(reason)",
        answers: [
          .init(key: "o", label: "overwrite it", command: command),
          .init(key: "n", label: "another name", command: another),
        ]))
  }

  private mutating func say(_ failure: WriteFailure) {
    if case .failed(let failure) = failure { say(.failure, failure.text) }
  }

  /// The open session, if it is still the one that was saved, is now the file's.
  private mutating func note(_ document: SessionDocument, savedAt path: String) {
    guard let current = watch else { return }
    let saving = current.saving ?? FileState(current)
    guard saving.document.plain == document.plain else { return }
    watch?.path = path
    watch?.file = saving
    watch?.saving = nil
    watch?.experiment.forgetOpening()
    watch?.noteChange()
  }

  private func export(to path: String, replacing: Replacement) -> [Effect] {
    exportSubject(path).map { [.export(ExportRequest(subject: $0, path: path, replacing: replacing))] } ?? []
  }

  /// What the screen has to write under a name.
  private func exportSubject(_ path: String) -> ExportRequest.Subject? {
    guard let watch else { return nil }
    guard place == .sweep else {
      return ExportRequest.Format(path: path).map { .run(watch, $0, settings.theme, size) }
    }
    guard let board = watch.sweep, let format = SweepExport.Format(path: path) else { return nil }
    return .sweep(
      SweepExport(
        title: watch.title, session: watch.path.map(absolute), board: board, theme: settings.theme, format: format))
  }

  mutating func noteExported(_ path: String, _ result: Result<String, WriteFailure>) -> [Effect] {
    switch result {
    case .success(let what): say(.note, "wrote \(what) to \(path)")
    case .failure(.wouldReplace(let obstacle)):
      askToReplace(path, obstacle, by: .export(path: path, replacing: .anything), orElse: .askExport)
    case .failure(let failure): say(failure)
    }
    return []
  }
}
