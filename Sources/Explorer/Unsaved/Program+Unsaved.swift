import Sessions

extension Program {
  private static let noJournal = Failure("set XDG_STATE_HOME or HOME")

  /// What keeps unsaved work safe happens in the order in which it was asked for.
  func performUnsaved(_ effect: Effect) {
    let services = services
    guard let journal = services.journal else {
      if case .keepUnsaved = effect { inbox.begin { .keptUnsaved(.failure(Self.noJournal)) } }
      return
    }
    switch effect {
    case .keepUnsaved(let experiment, let path):
      inbox.begin(on: keeper) {
        let work = UnsavedWork(
          path: path.map(Journal.absolute), directory: Journal.absolute(experiment.directory),
          document: experiment.saved, known: path.flatMap(services.ledger.digest(knownOf:)))
        return .keptUnsaved(Services.result { () throws(SessionError) in try journal.keep(work) })
      }
    case .forgetUnsaved:
      inbox.begin(on: keeper) {
        journal.forget()
        return nil
      }
    case .findAbandoned(let path):
      inbox.begin(on: keeper) {
        let place = path.map(Journal.absolute)
        return .foundAbandoned(journal.abandoned().filter { place == nil || $0.work.path == place })
      }
    case .recover(let abandoned):
      inbox.begin(on: keeper) {
        .recovered(
          abandoned,
          Services.result { () throws(SessionError) in
            let experiment = try journal.recover(abandoned)
            if let path = abandoned.work.path { services.ledger.note(path, knownAs: abandoned.work.known) }
            return experiment
          })
      }
    case .discard(let abandoned):
      inbox.begin(on: keeper) {
        journal.discard(abandoned)
        return nil
      }
    case .claim(let path): inbox.begin(on: keeper) { .claimed(by: journal.claim(path)) }
    default: break
    }
  }
}

extension Journal {
  /// The experiment that was left, done again; from now on it is kept as this explorer's own.
  /// - Throws: `SessionError` if it cannot be done again; it then stays where it is.
  fileprivate func recover(_ abandoned: AbandonedWork) throws(SessionError) -> Experiment {
    let work = abandoned.work
    let experiment = try Experiment.replayed(work.document, directory: work.directory)
    try adopt(abandoned)
    return experiment
  }
}
