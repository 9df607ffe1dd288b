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
    case .saveAndQuit:
      quitsAfterSaving = true
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
    guard let watch, watch.isModified else {
      isFinished = true
      return
    }
    overlay = .question(
      Question(
        text: "\(watch.title) has changes that are not saved.",
        answers: [
          .init(key: "s", label: "save and quit", command: .saveAndQuit),
          .init(key: "d", label: "discard and quit", command: .quitWithoutSaving),
        ]))
  }

  mutating func noteSaved(_ document: SessionDocument, at path: String, _ result: Result<Void, Failure>) -> [Effect] {
    switch result {
    case .success:
      watch?.path = path
      if watch?.experiment.saved == document { watch?.isModified = false }
      say(.note, "saved \(path)")
      if quitsAfterSaving { isFinished = true }
    case .failure(let failure):
      quitsAfterSaving = false
      say(.failure, failure.text)
    }
    return []
  }

  mutating func noteExported(_ path: String, _ result: Result<Int, Failure>) -> [Effect] {
    switch result {
    case .success(let rows): say(.note, "wrote \(rows) steps to \(path)")
    case .failure(let failure): say(.failure, failure.text)
    }
    return []
  }
}
