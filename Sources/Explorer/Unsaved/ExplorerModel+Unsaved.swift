import FixedPoint
import Screen
import Sessions

extension ExplorerModel {
  /// Keeps the journal in step with the open session: changes go there soon, what was saved or discarded leaves it.
  mutating func journalIfChanged() -> [Effect] {
    guard let watch, watch.hasUnsavedActions, !isFinished else { return forgetUnsaved() }
    let mark = Unsaved.Mark(watch)
    guard mark != unsaved.kept else { return [] }
    guard let due = unsaved.due else {
      unsaved.due = now + Unsaved.delay
      return []
    }
    return due <= now && !unsaved.isWriting ? keepUnsaved(watch, mark) : []
  }

  /// The terminal is gone: what is not saved is kept for the next start.
  mutating func keepForNextStart() -> [Effect] {
    guard let watch, watch.hasUnsavedActions else { return [] }
    let mark = Unsaved.Mark(watch)
    let effects = mark == unsaved.kept ? [] : keepUnsaved(watch, mark)
    unsaved.kept = nil
    return effects
  }

  private mutating func keepUnsaved(_ watch: Watch, _ mark: Unsaved.Mark) -> [Effect] {
    unsaved.kept = mark
    unsaved.due = nil
    unsaved.isWriting = true
    return [.keepUnsaved(watch.lookedAtExperiment, path: watch.path)]
  }

  private mutating func forgetUnsaved() -> [Effect] {
    unsaved.due = nil
    guard unsaved.kept != nil else { return [] }
    unsaved.kept = nil
    return [.forgetUnsaved]
  }

  mutating func noteKept(_ result: Result<Void, Failure>) -> [Effect] {
    unsaved.isWriting = false
    switch result {
    case .success: unsaved.hasFailed = false
    case .failure(let failure):
      if !unsaved.hasFailed { say(.warning, "unsaved work is not safe from a crash: " + failure.text) }
      unsaved.hasFailed = true
    }
    return []
  }
}

// MARK: - What was left behind

extension ExplorerModel {
  mutating func noteAbandoned(_ found: [AbandonedWork]) -> [Effect] {
    unsaved.abandoned = found
    askAboutAbandoned()
    return []
  }

  /// Offers back what was left, one after the other.
  mutating func askAboutAbandoned() {
    guard overlay == nil, let next = unsaved.abandoned.first else { return }
    overlay = .question(
      Question(
        text: "Unsaved work was left behind: \(next.title), \(next.extent), \(next.ageText).",
        answers: [
          .init(key: "r", label: "recover it", command: .recover(next)),
          .init(key: "d", label: "discard it", command: .discardAbandoned(next)),
        ]))
  }

  mutating func performUnsaved(_ command: Command) -> [Effect] {
    switch command {
    case .recover(let abandoned):
      unsaved.abandoned.removeAll { $0 == abandoned }
      // What is on the screen stays in the journal: it is offered again at the next start.
      return keepForNextStart() + [.recover(abandoned)]
    case .discardAbandoned(let abandoned):
      unsaved.abandoned.removeAll { $0 == abandoned }
      askAboutAbandoned()
      return [.discard(abandoned)]
    default: return []
    }
  }

  mutating func noteRecovered(_ abandoned: AbandonedWork, _ result: Result<Experiment, Failure>) -> [Effect] {
    switch result {
    case .success(let experiment):
      let other = watch.map { $0.hasUnsavedActions ? $0.title : nil } ?? nil
      open(experiment, at: abandoned.work.path)
      watch?.markUnsaved()
      unsaved.kept = watch.map { Unsaved.Mark($0) }
      say(
        .note,
        "recovered; s saves it" + (other.map { "; \($0), which was open, is offered again at the next start" } ?? ""))
    case .failure(let failure): say(.failure, failure.text)
    }
    askAboutAbandoned()
    return []
  }
}

// MARK: - One explorer a session

extension ExplorerModel {
  /// Says once for each session that it is open here.
  mutating func claimIfOpened() -> [Effect] {
    guard let path = watch?.path, path != unsaved.claimed else { return [] }
    unsaved.claimed = path
    return [.claim(path: path)]
  }

  mutating func noteClaimed(by process: String?) -> [Effect] {
    if let process {
      say(.warning, "this session is open in another deq too (process \(process)): the last to save wins")
    }
    return []
  }
}

extension AbandonedWork {
  var title: String {
    if let title = work.document.title, !title.isEmpty { return title }
    return work.path.map(SessionFile.name) ?? "untitled"
  }

  /// How much there is of it.
  var extent: String {
    let actions = work.document.recording?.actions.count ?? 0
    let steps = work.document.recording?.checks.last?.step ?? 0
    return "\(actions) \(actions == 1 ? "action" : "actions"), \(steps) \(steps == 1 ? "step" : "steps")"
  }

  var ageText: String {
    switch age {
    case ..<60: "\(age) s ago"
    case ..<3600: "\(age / 60) min ago"
    case ..<86400: "\(age / 3600) h ago"
    default: "\(age / 86400) days ago"
    }
  }
}
