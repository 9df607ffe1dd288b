import FixedPoint
import Sessions

extension ExplorerModel {
  /// Notes at steps: written, and gone through.
  mutating func performNote(_ command: Command) {
    switch command {
    case .askNote:
      openPrompt(.note, "Note at step \(watch?.cursor ?? 0) (empty takes it away)", watch?.note?.text ?? "")
    case .setNote(let text): setNote(text)
    case .nextNote: goToNote { notes, cursor in notes.first { $0 > cursor } }
    case .previousNote: goToNote { notes, cursor in notes.last { $0 < cursor } }
    default: break
    }
  }

  private mutating func setNote(_ text: String) {
    guard let step = watch?.cursor else { return }
    watch?.experiment.annotate(step, text)
    watch?.isModified = true
  }

  private mutating func goToNote(_ choose: ([Int], Int) -> Int?) {
    guard let current = watch else { return }
    let steps = current.experiment.notes.map(\.step).filter { $0 <= current.run.stepCount }
    guard let step = choose(steps, current.cursor) else { return say(.note, "no further note this way") }
    watch?.cursor = step
  }
}
