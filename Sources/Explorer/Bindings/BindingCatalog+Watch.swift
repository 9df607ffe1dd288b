import FixedPoint
import Screen

extension BindingCatalog {
  static let watch: [Binding] = [
    Binding(
      "Diagnosis: why it did not converge, and what may help", .diagnose, keys: [.character("d")], label: "diagnosis",
      in: .watch, .view, when: hasFailed),
    Binding(
      "Branch: leave the later steps aside", .branch, keys: [.character("b")],
      label: "branch", in: .watch, .change, when: canBranch),
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
      "Reset: back to the start, nothing run", .reset, keys: [.character("R")], in: .watch, .change, when: canReset),
    Binding(
      "Backward: the adjoint solve at the fixed point", .backward, keys: [.character("B")], label: "backward",
      in: .watch, .view, when: hasConverged),
    Binding(
      "Next measure in the residual plot", .nextMeasure, keys: [.character("y")], label: "measure", in: .watch, .view),
    Binding(
      "Freeze the residual curve (up to four); again lets it go", .freezeRun,
      keys: [.character("f")],
      label: "freeze", in: .watch, .view, when: canFreeze),
    Binding("Choose the measure of the residual plot", .chooseMeasure, keys: [.character("Y")], in: .watch, .view),
    Binding(
      "Write a note at this step, shown on the plots", .askNote, keys: [.character("N")], label: "note",
      in: .watch, .change),
    Binding("Next note", .nextNote, keys: [.character("}")], in: .watch, .move, when: hasNotes),
    Binding("Previous note", .previousNote, keys: [.character("{")], in: .watch, .move, when: hasNotes),
    Binding("Next pane", .nextPane, keys: [Key(.tab)], label: "pane", in: .watch, .view),
    Binding("Zoom the pane", .zoom, keys: [.character("z")], label: "zoom", in: .watch, .view),
    Binding(
      "Linear or logarithmic axis of the pane in focus", .watch(.toggleScale), keys: [.character("a")], label: "axis",
      in: .watch, .view, when: hasScale),
    Binding(
      "The unit with the largest residual: go to it and mark it", .watch(.pickWorstUnit), keys: [.character("D")],
      label: "worst unit", in: .watch, .view, when: isPastStart),
    Binding(
      "Order of the units: by index, residual or value", .watch(.nextOrder), keys: [.character("n")], label: "order",
      in: .watch, .view),
    Binding(
      "Mark the unit under the cursor, or unmark it", .watch(.toggleMark), keys: [Key(.enter)], label: "mark",
      in: .watch, .view),
    Binding(
      "Marked units only, or all", .watch(.toggleMarkedOnly), keys: [.character("v")], label: "marked only", in: .watch,
      .view,
      when: hasMarks),
    Binding("Unmark all units", .watch(.unmarkAll), keys: [.character("V")], in: .watch, .view, when: hasMarks),
    Binding(
      "Zoom into the steps around the cursor", .watch(.zoomIn), keys: [.character(">")], label: "zoom steps",
      in: .watch, .view, when: hasSteps),
    Binding("Zoom out of the steps", .watch(.zoomOut), keys: [.character("<")], in: .watch, .view, when: isZoomedIn),
    Binding("All steps", .watch(.showWholeRun), keys: [.character("=")], in: .watch, .view, when: isZoomedIn),
    Binding(
      "Let go of all frozen curves", .watch(.letGoOfFrozen), keys: [.character("F")], in: .watch, .view,
      when: hasFrozen),
    Binding("Next unit", .watch(.nextUnit), keys: [Key(.down), .character("j")], in: .watch, .move),
    Binding("Previous unit", .watch(.previousUnit), keys: [Key(.up), .character("k")], in: .watch, .move),
    Binding(
      "Export: trace, plots, recording or Python script", .askExport, keys: [.character("e")], label: "export",
      in: .watch,
      .file, when: hasSteps
    ),
  ]

  private static let hasScale = needs("no value axis to change in this pane") { $0.watch?.focus.hasScale == true }
  private static let hasMarks = needs("no unit is marked: Enter marks one") {
    $0.watch.map { !$0.units.marked.isEmpty } ?? false
  }
  private static let isZoomedIn = needs("all steps are shown") { $0.watch?.window != nil }
  private static let hasFrozen = needs("no curve is frozen") { $0.watch.map { !$0.frozen.isEmpty } ?? false }
  private static let canFreeze: Availability = { model in
    guard let watch = model.watch, watch.run.stepCount > 0 else { return .disabled("nothing has been run") }
    let isFull = watch.frozen.count == Watch.mostFrozen && !watch.isFrozen
    return isFull ? .disabled("four curves are frozen: F lets go of them") : .enabled
  }
}
