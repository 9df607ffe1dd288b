import FixedPoint
import Screen
import Sessions

/// Why the run did not converge, and what was tried and helps.
public struct DiagnosisPanel: Sendable, Equatable {
  /// Tells late answers to an earlier question apart.
  let generation: Int
  let sentences: [String]
  /// What the run came to, which says what follows from the suggestions.
  private let diagnosis: Diagnosis
  /// `nil` while methods are being tried.
  var suggestions: [Suggestion]?
  var selection = 0

  init(generation: Int, _ diagnosis: Diagnosis, sentences: [String]) {
    self.generation = generation
    self.diagnosis = diagnosis
    self.sentences = sentences
  }

  /// Above the suggestions.
  var heading: String {
    guard let suggestions else { return "trying what may help…" }
    return diagnosis.conclusion(suggestions) ?? "what may help"
  }
}

extension ExplorerModel {
  /// Opens the diagnosis, and asks for suggestions: these are sought off the main loop.
  mutating func diagnose() -> [Effect] {
    guard let current = watch, let failure = current.failure else { return [] }
    studyCount += 1
    overlay = .diagnosis(DiagnosisPanel(generation: studyCount, failure.diagnosis, sentences: failure.sentences))
    return [.diagnose(current.run, generation: studyCount)]
  }

  mutating func note(_ suggestions: [Suggestion], of generation: Int) -> [Effect] {
    guard case .diagnosis(var panel) = overlay, panel.generation == generation else { return [] }
    panel.suggestions = suggestions
    overlay = .diagnosis(panel)
    return []
  }

  mutating func answer(_ key: Key, to panel: DiagnosisPanel) -> [Effect] {
    var panel = panel
    let suggestions = panel.suggestions ?? []
    switch key.code {
    case .down, .character("j"): panel.selection = min(panel.selection + 1, max(0, suggestions.count - 1))
    case .up, .character("k"): panel.selection = max(panel.selection - 1, 0)
    case .enter where suggestions.indices.contains(panel.selection):
      overlay = nil
      return perform(.take(suggestions[panel.selection].remedy))
    default: return []
    }
    overlay = .diagnosis(panel)
    return []
  }

  /// Follows a suggestion: a method from the run's start, as it was tried; another rule from where the run stands. Then
  /// the run goes on to its end.
  mutating func take(_ remedy: Suggestion.Remedy) -> [Effect] {
    guard var rule = watch?.run.stopping else { return [] }
    switch remedy {
    case .method(let name, let options):
      _ = perform(.reset)
      return perform(.setSolver(SolverSource(name, options))) + perform(.jumpToEnd)
    case .tolerance(let tolerance): rule.tolerance = tolerance
    case .measure(let measure): rule.measure = measure
    case .maxSteps(let count): rule.maxSteps = count
    case .network(let change): return make(change)
    }
    _ = perform(.jumpToEnd)
    return perform(.setStopping(rule)) + perform(.jumpToEnd)
  }
}

extension ExplorerModel {
  /// Edits the network, which undo takes back, and runs the new one to its end.
  private mutating func make(_ change: NetworkChange) -> [Effect] {
    guard let document = watch?.experiment.document else { return [] }
    let edit = document.edit(making: change)
    return perform(.setField(path: edit.path, value: edit.value)) + perform(.jumpToEnd)
  }
}

extension SessionDocument {
  /// The edit of the session that makes a change of its network.
  func edit(making change: NetworkChange) -> (path: String, value: JSON) {
    switch change {
    case .field(let position, _, let name, _, let value):
      return ("network.operators[\(position)].\(name)", JSON(value))
    case .scale(let position, let factor):
      var operators = network.operators
      operators.insert(OperatorSource("scale", [FieldSource("by", .number(factor))]), at: position)
      return ("network.operators", JSON(operators.map(\.json)))
    }
  }
}

extension OverlayView {
  func draw(_ panel: DiagnosisPanel, on canvas: inout Canvas, _ look: Look) {
    let width = min(96, canvas.bounds.width - 4)
    let findings = TextBlock(panel.sentences.joined(separator: "\n")).lines(width: width - 4)
    let heading = TextBlock(panel.heading).lines(width: width - 4)
    let suggestions = panel.suggestions ?? []
    let reasonHeight = 3
    let height = findings.count + heading.count + max(1, suggestions.count) + reasonHeight + 6
    let inside = box(width, height, "why it did not converge", on: &canvas, look).inset(horizontally: 1)
    for (row, line) in findings.enumerated() { canvas.write(line, look[.warning], at: inside.x, inside.y + row) }
    let top = inside.y + findings.count + heading.count
    for (row, line) in heading.enumerated() {
      canvas.write(line, look[.dim], at: inside.x, top - heading.count + 1 + row)
    }
    for (index, suggestion) in suggestions.enumerated() {
      let isSelected = index == panel.selection
      let text = DisplayWidth.pad((isSelected ? "› " : "  ") + suggestion.title, to: 34) + suggestion.cost
      canvas.write(text, look[isSelected ? .selection : .text], at: inside.x, top + 1 + index, width: inside.width)
    }
    guard suggestions.indices.contains(panel.selection) else { return }
    let reason = Rect(x: inside.x, y: inside.maxY - 1 - reasonHeight, width: inside.width, height: reasonHeight)
    TextBlock(suggestions[panel.selection].sentence, role: .dim).draw(in: reason, on: &canvas, look)
    canvas.write("↑ ↓ choose, Enter takes it", look[.dim], at: inside.x, inside.maxY - 1)
  }
}

extension Suggestion {
  /// What it took where it was tried.
  fileprivate var cost: String { evaluations.map { "converges in \($0) evaluations" } ?? "" }
}
