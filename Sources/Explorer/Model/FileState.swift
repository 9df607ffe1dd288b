import Sessions

/// An experiment as its file has it: what was done since is what a save would add.
struct FileState: Sendable, Equatable {
  let document: SessionDocument
  let notes: [StepNote]
  let branches: Int
  let actions: Int
  let cursor: Int

  init(_ watch: Watch) {
    document = watch.experiment.document
    notes = watch.experiment.notes
    branches = watch.experiment.branches.count
    actions = watch.experiment.actions.count
    cursor = watch.cursor
  }

  /// Whether something is there that running the file again would not give: an edit, a branch, or a note.
  func isWorkLost(in now: FileState) -> Bool {
    document != now.document || notes != now.notes || branches != now.branches
  }
}

extension Watch {
  /// Looks whether there is work that a person would not want to lose. Steps alone are none: running gives them again.
  mutating func noteChange() {
    isModified = file.map { $0.isWorkLost(in: FileState(self)) } ?? true
  }

  /// Says that the work is in no file.
  mutating func markUnsaved() {
    file = nil
    isModified = true
  }

  /// Whether a save would write anything that the file does not have.
  var isAsInFile: Bool { file == FileState(self) }

  /// Whether there are actions that the file does not have, if only steps: what a crash must not lose.
  var hasUnsavedActions: Bool { file.map { $0.actions != experiment.actions.count } ?? true || isModified }

  /// The experiment with the step that is looked at: what a save writes.
  var lookedAtExperiment: Experiment {
    var experiment = experiment
    experiment.lookedAt = cursor
    return experiment
  }
}
