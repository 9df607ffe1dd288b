import FixedPoint
import Sessions

/// What the explorer does so that a crash loses nothing: which work the journal holds, and what it found there.
struct Unsaved: Sendable {
  /// Work that other explorers left, as far as the person has not said what becomes of it.
  var abandoned: [AbandonedWork] = []
  /// The work that the journal holds, or is about to.
  var kept: Mark?
  /// When changed work is to be kept; `nil` if nothing has changed.
  var due: UInt64?
  var isWriting = false
  /// The last write failed, and that was said.
  var hasFailed = false
  /// The session that this explorer has said it has open.
  var claimed: String?

  /// Changes are kept at most this many nanoseconds after they were made.
  static let delay: UInt64 = 150_000_000

  /// Tells the states of an experiment apart.
  struct Mark: Sendable, Equatable {
    let path: String?
    let actions: Int
    let steps: Int
    let notes: [StepNote]

    init(_ watch: Watch) {
      path = watch.path
      actions = watch.experiment.actions.count
      steps = watch.run.stepCount
      notes = watch.experiment.notes
    }
  }
}
