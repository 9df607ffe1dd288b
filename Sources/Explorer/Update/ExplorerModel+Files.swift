import FixedPoint
import Screen
import Sessions

extension ExplorerModel {
  /// Saves, exports and leaves.
  mutating func performFile(_ command: Command) -> [Effect] {
    switch command {
    case .save: return save()
    case .saveAs(let path): return save(to: path)
    case .export(let path, let existing): return export(to: path, existing: existing)
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
    return save(to: path)
  }

  private func save(to path: String) -> [Effect] {
    watch.map { [.save($0.experiment.saved, path: path)] } ?? []
  }

  private mutating func quit() {
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

  mutating func noteSaved(_ document: SessionDocument, at path: String, _ result: Result<Void, Failure>) -> [Effect] {
    let next = afterSaving
    afterSaving = nil
    switch result {
    case .success:
      note(document, savedAt: path)
      say(.note, "saved \(path)")
      return next.map { perform($0) } ?? []
    case .failure(let failure):
      say(.failure, failure.text)
      return []
    }
  }

  /// The open session, if it is still the one that was saved, is now the file's.
  private mutating func note(_ document: SessionDocument, savedAt path: String) {
    guard let saved = watch?.experiment.saved, saved.network == document.network else { return }
    watch?.path = path
    if saved == document { watch?.isModified = false }
  }

  private func export(to path: String, existing: ExportRequest.Existing) -> [Effect] {
    guard let watch, let format = ExportRequest.Format(path: path) else { return [] }
    return [
      .export(
        ExportRequest(
          watch: watch, theme: settings.theme, size: size, format: format, path: path, existing: existing))
    ]
  }

  mutating func noteExported(_ path: String, _ result: Result<ExportRequest.Outcome, Failure>) -> [Effect] {
    switch result {
    case .success(.written(let what)): say(.note, "wrote \(what) to \(path)")
    case .success(.exists): askToReplace(path)
    case .failure(let failure): say(.failure, failure.text)
    }
    return []
  }

  /// Asks before a file is replaced; whoever is busy with something else by then is only told.
  private mutating func askToReplace(_ path: String) {
    guard overlay == nil else { return say(.warning, "\(path) is there already; nothing was written") }
    let answer = Question.Answer(key: "r", label: "replace it", command: .export(path: path, existing: .replaced))
    overlay = .question(Question(text: "\(path) is there already.", answers: [answer]))
  }
}
