import FixedPoint
import Screen

extension BindingCatalog {
  static let phase: [Binding] = phaseStarts + phaseView + phaseMoves

  private static func bind(
    _ title: String, _ command: PhaseCommand, _ keys: [Key], label: String? = nil, _ category: Binding.Category,
    when availability: @escaping Availability = { _ in .enabled }
  ) -> Binding {
    Binding(title, .phase(command), keys: keys, label: label, in: .phase, category, when: availability)
  }

  private static let phaseStarts: [Binding] = [
    bind(
      "Trajectory from the cursor", .addTrajectory, [.character(" ")], label: "trajectory", .view,
      when: isSurveyed),
    bind(
      "Start the session at the cursor", .startHere, [Key(.enter)], label: "start here", .change,
      when: isSurveyedAndNotPlaying),
    bind(
      "Forget the trajectories that were added", .forgetTrajectories, [.character("d")], label: "forget", .view,
      when: hasAdded),
    bind("More scattered starts", .moreStarts, [.character("]")], label: "more starts", .view, when: canAddStarts),
    bind("Fewer scattered starts", .fewerStarts, [.character("[")], .view, when: canDropStarts),
    bind("Other scattered starts: the next seed", .otherStarts, [.character("r")], .view),
  ]

  private static let phaseView: [Binding] = [
    bind("Zoom in at the cursor", .zoomIn, [.character("+"), .character("=")], label: "zoom", .view, when: isSurveyed),
    bind("Zoom out at the cursor", .zoomOut, [.character("-")], .view, when: isSurveyed),
    bind("Show everything", .fit, [.character("^"), Key(.home)], label: "all", .view, when: isMoved),
    bind(
      "Cobweb: the map along one axis, or the plane again", .toggleSection, [.character("v")], label: "cobweb", .view,
      when: hasSeveralUnits),
    bind(
      "Principal directions or units on the axes", .changeAxes, [.character("p")], label: "axes", .view,
      when: hasSeveralUnits),
    bind("Next unit across", .shiftAcross(1), [.character(".")], label: "unit", .view, when: canShiftUnits),
    bind("Previous unit across", .shiftAcross(-1), [.character(",")], .view, when: canShiftUnits),
    bind("Next unit upwards", .shiftUp(1), [.character(">")], .view, when: canShiftUpUnits),
    bind("Previous unit upwards", .shiftUp(-1), [.character("<")], .view, when: canShiftUpUnits),
    bind("Basins of attraction on or off", .toggle(.basins), [.character("b")], label: "basins", .view),
    bind("Arrows of f(z) - z on or off", .toggle(.field), [.character("f")], label: "arrows", .view),
    bind("Trajectories on or off", .toggle(.trajectories), [.character("t")], label: "trajectories", .view),
    bind(
      "Logarithmic coordinates on or off", .toggleLogarithms, [.character("g")], label: "log", .view,
      when: canTakeLogarithms),
  ]

  private static let phaseMoves: [Binding] = [
    bind("Step on from here", .step, [.character("n")], label: "step", .run, when: canStep),
    bind("Step back from here", .back, [.character("N")], label: "step back", .run, when: isPastStart),
    bind("Run to the end from here", .toEnd, [.character("G"), .character("$"), Key(.end)], .run, when: canStep),
    bind("Cursor to the left", .moveCursor(-1, 0), [Key(.left), .character("h")], .move, when: isSurveyed),
    bind("Cursor to the right", .moveCursor(1, 0), [Key(.right), .character("l")], .move, when: isSurveyed),
    bind("Cursor down", .moveCursor(0, -1), [Key(.down), .character("j")], .move, when: isSurveyed),
    bind("Cursor up", .moveCursor(0, 1), [Key(.up), .character("k")], .move, when: isSurveyed),
    bind("Window to the left", .pan(-1, 0), [.character("H")], .move, when: isSurveyed),
    bind("Window to the right", .pan(1, 0), [.character("L")], .move, when: isSurveyed),
    bind("Window down", .pan(0, -1), [.character("J"), Key(.pageDown)], .move, when: isSurveyed),
    bind("Window up", .pan(0, 1), [.character("K"), Key(.pageUp)], .move, when: isSurveyed),
    bind("Back from the phase portrait to the run", .leave, [Key(.escape)], label: "back", .file),
  ]

  private static let isSurveyed = needs("the first trajectories are being computed") { $0.watch?.phase?.survey != nil }
  private static let isSurveyedAndNotPlaying: Availability = {
    isSurveyed($0) == .enabled ? isNotPlaying($0) : isSurveyed($0)
  }
  private static let hasAdded = needs("none were added") { $0.watch?.phase?.added.isEmpty == false }
  private static let canAddStarts = needs("these are as many as are drawn") {
    ($0.watch?.phase?.count ?? 0) < PhaseBoard.mostStarts
  }
  private static let canDropStarts = needs("there is one") { ($0.watch?.phase?.count ?? 0) > PhaseBoard.fewestStarts }
  private static let isMoved = needs("everything is shown") {
    $0.watch?.phase?.window != nil || $0.watch?.phase?.cursor != nil
  }
  private static let hasSeveralUnits = needs("the map has one unit") { ($0.watch?.run.map.dimension ?? 0) > 1 }
  private static let canShiftUnits = needs("the axes are not two of several units") {
    guard let board = $0.watch?.phase else { return false }
    return board.axes != .principal && board.dimension > (board.isSection ? 1 : 2)
  }
  private static let canShiftUpUnits = needs("there is no such axis, or no other unit") {
    guard let board = $0.watch?.phase else { return false }
    return board.axes != .principal && board.dimension > 2 && !board.isSection
  }
  private static let canTakeLogarithms = needs("the axes are not units of a map of the positive cone") {
    $0.watch?.phase.map { $0.axes != .principal && $0.survey?.region.isCone == true } ?? false
  }
}
