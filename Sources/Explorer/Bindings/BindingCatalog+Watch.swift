import FixedPoint
import Screen

extension BindingCatalog {
  static let watch: [Binding] = [
    Binding(
      "One step", .step, keys: [Key(.character(" ")), .character("l"), Key(.right)], label: "step", in: .watch, .run,
      when: canStep),
    Binding("Run or pause", .togglePlay, keys: [.character("r")], label: "run", in: .watch, .run, when: canStep),
    Binding(
      "Back one step", .back, keys: [Key(.left), .character("h")], label: "back", in: .watch, .run, when: isPastStart),
    Binding("Ten steps", .stepMany(10), keys: [.character("L"), Key(.pageDown)], in: .watch, .run, when: canStep),
    Binding(
      "Back ten steps", .stepMany(-10), keys: [.character("H"), Key(.pageUp)], in: .watch, .run, when: isPastStart),
    Binding(
      "To the start", .jumpToStart, keys: [.character("0"), Key(.home)], label: "start", in: .watch, .run,
      when: isPastStart),
    Binding(
      "To the end: run until it stops", .jumpToEnd, keys: [.character("$"), Key(.end), .character("G")], label: "end",
      in: .watch, .run, when: canStep),
    Binding(
      "Diagnosis: why it did not converge, and what may help", .diagnose, keys: [.character("d")], label: "diagnosis",
      in: .watch, .view, when: hasFailed),
    Binding("Faster", .faster, keys: [.character("+"), .character("]")], label: "faster", in: .watch, .run),
    Binding("Slower", .slower, keys: [.character("-"), .character("[")], in: .watch, .run),
    Binding(
      "Branch: leave the later steps aside", .branch, keys: [.character("b")],
      label: "branch", in: .watch, .change, when: hasLaterSteps),
    Binding(
      "Change the method", .chooseSolver, keys: [.character("m")], label: "method", in: .watch, .change,
      when: isNotPlaying),
    Binding(
      "Change the start", .chooseStart, keys: [.character("i")], label: "start from", in: .watch, .change,
      when: isNotPlaying),
    Binding(
      "Change the tolerance", .askTolerance, keys: [.character("t")], label: "tolerance", in: .watch, .change,
      when: isNotPlaying),
    Binding(
      "Change what the tolerance measures", .chooseStoppingMeasure, keys: [.character("T")], in: .watch, .change,
      when: isNotPlaying),
    Binding(
      "Change the limit of steps", .askMaxSteps, keys: [.character("M")], in: .watch, .change, when: isNotPlaying),
    Binding(
      "Reset: back to the start, nothing run", .reset, keys: [.character("R")], in: .watch, .change, when: hasSteps),
    Binding(
      "Backward: the adjoint solve at the fixed point", .backward, keys: [.character("B")], label: "backward",
      in: .watch, .view, when: hasConverged),
    Binding(
      "Next measure in the residual plot", .nextMeasure, keys: [.character("y")], label: "measure", in: .watch, .view),
    Binding(
      "Freeze the residual curve to compare with; again lets it go", .freezeRun, keys: [.character("f")],
      label: "freeze", in: .watch, .view, when: hasSteps),
    Binding("Choose the measure of the residual plot", .chooseMeasure, keys: [.character("Y")], in: .watch, .view),
    Binding("Next pane", .nextPane, keys: [Key(.tab)], label: "pane", in: .watch, .view),
    Binding("Zoom the pane", .zoom, keys: [.character("z")], label: "zoom", in: .watch, .view),
    Binding("Scroll the units down", .scrollDown, keys: [Key(.down), .character("j")], in: .watch, .view),
    Binding("Scroll the units up", .scrollUp, keys: [Key(.up), .character("k")], in: .watch, .view),
    Binding(
      "Export the trace as CSV", .askExport, keys: [.character("e")], label: "export", in: .watch, .file, when: hasSteps
    ),
  ]
}
