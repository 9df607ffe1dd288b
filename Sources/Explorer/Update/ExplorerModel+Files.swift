import FixedPoint
import Screen
import Sessions

extension ExplorerModel {
  /// Saves, exports and leaves.
  mutating func performFile(_ command: Command) -> [Effect] {
    switch command {
    case .save: return save()
    case .saveAs(let path): return save(to: path)
    case .export(let path): return watch.map { [.export($0.run, path: path)] } ?? []
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
    watch.map { [.save($0.experiment.saved, directory: $0.experiment.directory, path: path)] } ?? []
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

  mutating func noteExported(_ path: String, _ result: Result<Int, Failure>) -> [Effect] {
    switch result {
    case .success(let rows): say(.note, "wrote \(rows) steps to \(path)")
    case .failure(let failure): say(.failure, failure.text)
    }
    return []
  }
}
