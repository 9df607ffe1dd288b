import FixedPoint
import Screen
import Sessions

extension ExplorerModel {
  /// Saves, exports and leaves.
  mutating func performFile(_ command: Command) -> [Effect] {
    switch command {
    case .save: return save()
    case .saveAs(let path, let replacing):
      return save(to: path, replacing: path == watch?.path && replacing == .nothing ? .knownContents : replacing)
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
    guard let path = watch?.path else {
      openOverlay(.askSave)
      return []
    }
    return save(to: path, replacing: .knownContents)
  }

  private func save(to path: String, replacing: Replacement) -> [Effect] {
    watch.map { watch in
      [.save(watch.experiment.saved, directory: watch.experiment.directory, path: path, replacing: replacing)]
    } ?? []
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
    _ document: SessionDocument, at path: String, _ result: Result<Void, WriteFailure>
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
      say(.note, "saved \(path)")
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
    guard let saved = watch?.experiment.saved, saved.network == document.network else { return }
    watch?.path = path
    if saved == document { watch?.isModified = false }
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
