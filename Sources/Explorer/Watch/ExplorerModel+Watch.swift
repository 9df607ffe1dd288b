import FixedPoint
import Screen

extension ExplorerModel {
  mutating func performWatch(_ command: WatchCommand) -> [Effect] {
    guard var current = watch else { return [] }
    switch command {
    case .nextUnit: current.moveUnit(by: 1, rows: unitRows)
    case .previousUnit: current.moveUnit(by: -1, rows: unitRows)
    case .pickWorstUnit: pickWorstUnit(&current)
    case .toggleMark: current.units.toggleMark(current.unit)
    case .unmarkAll: current.units.unmarkAll()
    case .toggleMarkedOnly:
      current.units.showsMarkedOnly.toggle()
      current.units.offset = 0
    case .nextOrder:
      current.units.order = current.units.order.next
      (current.units.chosen, current.units.offset) = (nil, 0)
    case .toggleScale: current.toggleScale()
    case .zoomIn: current.zoomSteps(in: true, around: current.cursor)
    case .zoomOut: current.zoomSteps(in: false, around: current.cursor)
    case .showWholeRun: current.window = nil
    case .letGoOfFrozen: current.letGoOfFrozen()
    }
    watch = current
    return []
  }

  private mutating func pickWorstUnit(_ current: inout Watch) {
    guard let unit = current.worstUnit, let residual = current.residuals?[unit] else { return }
    current.units.mark(unit)
    current.units.chosen = unit
    say(.note, "unit \(unit): f(z) - z is \(NumberText.scientific(residual)) at step \(current.cursor), the largest")
  }

  /// Units that the state pane has room for.
  private var unitRows: Int {
    guard let watch, let pane = WatchLayout(body.size, watch).panes.first(where: { $0.pane == .state }) else {
      return 1
    }
    return StatePane.rows(in: pane.rect.inset)
  }

  /// The next pane among those on the screen, or among all where one fills it.
  mutating func focusNextPane() {
    guard let current = watch else { return }
    let seen = current.isZoomed ? WatchPane.allCases : WatchLayout(body.size, current).panes.map(\.pane)
    watch?.focus = sequence(first: current.focus.next, next: \.next).first { seen.contains($0) } ?? current.focus
  }

  /// Selects the unit under the mouse, in the list or in the heat map.
  mutating func chooseUnit(at point: Point, _ layout: WatchLayout) {
    guard let current = watch, let (pane, rect) = layout.panes.first(where: { $0.rect.contains(point) }) else { return }
    let inside = rect.inset
    switch pane {
    case .state: if let unit = StatePane(current).unit(at: point, in: inside) { watch?.units.chosen = unit }
    case .activations:
      let map = current.activations(width: inside.width)
      if let unit = map.unit(at: point, in: inside, shownProfile) { watch?.units.chosen = unit }
    default: break
    }
  }

  /// The wheel moves along the units over their list, and zooms into the steps over everything that shows steps.
  mutating func turnWheel(down: Bool, at point: Point, _ layout: WatchLayout) -> [Effect] {
    guard var current = watch else { return [] }
    guard let grip = layout.grip(at: point), grip.showsSteps else {
      return performWatch(down ? .nextUnit : .previousUnit)
    }
    let step = layout.step(nearest: point, on: grip, in: current) ?? current.cursor
    current.zoomSteps(in: !down, around: step)
    watch = current
    return []
  }
}

extension WatchGrip {
  fileprivate var showsSteps: Bool {
    switch self {
    case .timeline: true
    case .pane(let pane): pane.showsSteps
    }
  }
}

extension Watch {
  /// Moves the cursor along the listed units, the list with it where it has `rows` rows.
  fileprivate mutating func moveUnit(by change: Int, rows: Int) {
    let list = listedUnits
    guard let now = list.firstIndex(of: unit) else { return }
    let next = max(0, min(now + change, list.count - 1))
    units.chosen = list[next]
    units.offset = min(max(units.offset, next - max(1, rows) + 1), next)
  }

  fileprivate mutating func toggleScale() {
    switch focus {
    case .residual: residualScale = residualScale.other
    case .contraction: contractionScale = contractionScale.other
    case .trajectories: trajectoryScale = trajectoryScale.other
    case .activations, .state, .activity, .certificates, .spectrum: break
    }
  }
}
