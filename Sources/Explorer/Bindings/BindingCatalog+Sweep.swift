import FixedPoint
import Screen
import Sessions

extension BindingCatalog {
  static let sweep: [Binding] = sweepActions + sweepMoves

  private static func bind(
    _ title: String, _ command: SweepCommand, _ keys: [Key], label: String? = nil, _ category: Binding.Category,
    when availability: @escaping Availability = { _ in .enabled }
  ) -> Binding {
    Binding(title, .sweep(command), keys: keys, label: label, in: .sweep, category, when: availability)
  }

  private static let sweepActions: [Binding] = [
    bind(
      "Open the cell as a session; in the settings, type or choose", .enter, [Key(.enter)], label: "open", .change,
      when: canOpenCell),
    bind("Settings of the sweep, and back to the map", .toggleSettings, [Key(.tab)], label: "settings", .view),
    bind("Choose what the map shows", .chooseQuantity, [.character("y")], label: "quantity", .view),
    bind(
      "Fixed points along the parameter across, or the quantity again", .toggleDiagram, [.character("v")],
      label: "diagram", .view, when: canDrawDiagram),
    bind("Choose the parameter across", .chooseParameter, [.character("p")], label: "parameter", .view),
    bind("Pause the computation, or go on", .togglePause, [.character(" ")], label: "pause", .run, when: hasAxes),
    bind("Rims of what the theorems prove on or off", .toggleRegions, [.character("b")], label: "rims", .view),
    bind(
      "Next unit upwards in the diagram, after the last one the norm", .changeCoordinate, [.character("n")],
      label: "unit", .view, when: hasDiagram),
    bind("Next event of the diagram", .nextEvent, [.character("]")], label: "event", .move, when: hasEvents),
    bind("Previous event of the diagram", .previousEvent, [.character("[")], .move, when: hasEvents),
    bind(
      "Export: table, picture or specification", .askExport, [.character("e")], label: "export", .file, when: hasAxes),
    bind("Twice as fine", .refine, [.character("+"), .character("=")], label: "finer", .view, when: canRefine),
    bind("Half as fine", .coarsen, [.character("-")], .view, when: hasGrid),
    bind("Next quantity", .nextQuantity, [.character(">")], .view),
    bind("Previous quantity", .previousQuantity, [.character("<")], .view),
  ]

  private static let sweepMoves: [Binding] = [
    bind("To the left; in the settings, less", .left, [Key(.left), .character("h")], .move, when: hasAxes),
    bind("To the right; in the settings, more", .right, [Key(.right), .character("l")], .move, when: hasAxes),
    bind("Down; in the settings, the next row", .down, [Key(.down), .character("j")], .move),
    bind("Up; in the settings, the row before", .up, [Key(.up), .character("k")], .move),
    bind("Ten cells to the left; in the settings, much less", .farLeft, [.character("H")], .move, when: hasAxes),
    bind("Ten cells to the right; in the settings, much more", .farRight, [.character("L")], .move, when: hasAxes),
    bind("Five cells down", .farDown, [.character("J"), Key(.pageDown)], .move),
    bind("Five cells up", .farUp, [.character("K"), Key(.pageUp)], .move),
    bind("Back: from the settings, or to the run", .leave, [Key(.escape)], label: "back", .file),
  ]

  private static let hasAxes = needs("nothing is varied: p chooses what is") {
    $0.watch?.sweep.map { $0.cellCount > 0 || $0.focus == .settings } ?? false
  }
  private static let canOpenCell: Availability = { hasAxes($0) == .enabled ? isNotPlaying($0) : hasAxes($0) }
  private static let canDrawDiagram: Availability = { model in
    guard let board = model.watch?.sweep, board.subject == .quantity else { return .enabled }
    return board.diagramObstacle.map { .disabled($0) } ?? .enabled
  }
  private static let hasDiagram = needs("v draws the diagram first") {
    $0.watch?.sweep.map { $0.subject == .diagram && $0.diagram?.picture != nil } ?? false
  }
  private static let hasEvents = needs("no diagram with events is shown") {
    $0.watch?.sweep.map { $0.subject == .diagram && $0.diagram?.picture?.events.isEmpty == false } ?? false
  }
  private static let hasGrid = needs("nothing is varied over a range") {
    $0.watch?.sweep?.spec.axes.contains { $0.range != nil } ?? false
  }
  private static let canRefine = needs("this is as fine as the screen shows") {
    $0.watch?.sweep?.spec.axes.contains { $0.range.map { $0.count <= SweepBoard.mostValues / 2 } ?? false } ?? false
  }
}
