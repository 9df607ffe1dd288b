import FixedPoint
import Sessions

extension ExplorerModel {
  /// Notes at steps: written, and gone through.
  mutating func performNote(_ command: Command) {
    switch command {
    case .askNote:
      let step = watch?.cursor ?? 0
      openPrompt(.note(step: step), "Note at step \(step) (empty takes it away)", watch?.note?.text ?? "")
    case .setNote(let text, let step): setNote(text, at: step)
    case .nextNote: goToNote { notes, cursor in notes.first { $0 > cursor } }
    case .previousNote: goToNote { notes, cursor in notes.last { $0 < cursor } }
    default: break
    }
  }

  private mutating func setNote(_ text: String, at step: Int) {
    watch?.experiment.annotate(step, text)
    watch?.noteChange()
  }

  private mutating func goToNote(_ choose: ([Int], Int) -> Int?) {
    guard let current = watch else { return }
    let steps = current.experiment.notes.map(\.step)
    guard let step = choose(steps, current.cursor) else { return say(.note, "no further note this way") }
    guard step <= current.run.stepCount else {
      return say(.note, "the next note is at step \(step), which this run does not have (yet)")
    }
    watch?.cursor = step
  }
}
