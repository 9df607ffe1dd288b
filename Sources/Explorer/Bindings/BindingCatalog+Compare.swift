import FixedPoint
import Screen

extension BindingCatalog {
  static let compare: [Binding] = [
    bind("Choose what to compare with", .choose, [Key(.enter)], label: "compare with", .view),
    bind(
      "A step on, for both", .step, [.character(" "), .character("l"), Key(.right)], label: "step", .run,
      when: canStep),
    bind("A step back, for both", .back, [Key(.left), .character("h")], label: "back", .run, when: isPastStart),
    bind("Ten steps on, for both", .stepMany(10), [.character("L"), Key(.pageDown)], .run, when: canStep),
    bind("Ten steps back, for both", .stepMany(-10), [.character("H"), Key(.pageUp)], .run, when: isPastStart),
    bind("To the start of both", .toStart, [.character("^"), Key(.home)], label: "start", .run, when: isPastStart),
    bind(
      "To the end: run both until this one stops", .toEnd, [.character("$"), Key(.end), .character("G")], label: "end",
      .run, when: canStep),
    bind("Next measure of both residuals", .nextMeasure, [.character("y")], label: "measure", .view),
    bind(
      "Residuals against steps or against evaluations", .toggleAxis, [.character("t")], label: "evaluations", .view,
      when: hasOtherSide),
    bind("Back from the comparison to the run", .leave, [Key(.escape)], label: "leave", .file),
  ]

  private static func bind(
    _ title: String, _ command: CompareCommand, _ keys: [Key], label: String? = nil, _ category: Binding.Category,
    when availability: @escaping Availability = { _ in .enabled }
  ) -> Binding {
    Binding(title, .compare(command), keys: keys, label: label, in: .compare, category, when: availability)
  }

  private static let hasOtherSide = needs("choose what to compare with first") { $0.watch?.comparison.other != nil }
}
