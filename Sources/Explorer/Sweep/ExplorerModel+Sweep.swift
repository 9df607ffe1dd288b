import FixedPoint
import Screen
import Sessions

extension ExplorerModel {
  /// Keeps the sweep going while its screen is shown: a part for each processor, if there is more to do.
  mutating func sweepIfShown() -> [Effect] {
    if place != .sweep { watch?.sweep?.cancelDiagrams(all: true) }
    guard place == .sweep, let experiment = watch?.experiment, !isTooSmall else { return [] }
    if watch?.sweep == nil { watch?.sweep = SweepBoard(experiment) }
    watch?.sweep?.refresh(experiment)
    var effects: [Effect] = []
    while let count = watch?.sweep?.tasks.count, count < processors,
      let work = watch?.sweep?.begin(ticket: sweepCount + 1, now: now)
    {
      sweepCount += 1
      effects.append(.sweep(work, ticket: sweepCount))
    }
    return effects
  }

  mutating func note(_ result: SweepResult, ticket: Int) -> [Effect] {
    watch?.sweep?.take(result, ticket: ticket, now: now)
    return []
  }

  mutating func performSweep(_ command: SweepCommand) -> [Effect] {
    switch command {
    case .left: moveInSweep(-1, 0, .less)
    case .right: moveInSweep(1, 0, .more)
    case .farLeft: moveInSweep(-10, 0, .muchLess)
    case .farRight: moveInSweep(10, 0, .muchMore)
    case .down: moveInSweep(0, -1, nil)
    case .up: moveInSweep(0, 1, nil)
    case .farDown: moveInSweep(0, -5, nil)
    case .farUp: moveInSweep(0, 5, nil)
    case .enter: enterInSweep()
    case .toggleSettings: watch?.sweep?.toggleSettings()
    case .leave: leaveSweep()
    case .chooseQuantity: overlay = watch?.sweep.map { .menu(.quantities($0)) }
    case .show(let quantity): watch?.sweep?.quantity = quantity
    case .nextQuantity: watch?.sweep?.changeQuantity(by: 1)
    case .previousQuantity: watch?.sweep?.changeQuantity(by: -1)
    case .toggleRegions: watch?.sweep?.showsRegions.toggle()
    case .toggleDiagram: watch?.sweep?.toggleSubject()
    case .changeCoordinate: watch?.sweep?.changeCoordinate()
    case .nextEvent: watch?.sweep?.selectEvent(1)
    case .previousEvent: watch?.sweep?.selectEvent(-1)
    case .askExport: openOverlay(.askExport)
    case .togglePause: watch?.sweep?.isPaused.toggle()
    case .refine: watch?.sweep?.refine(2)
    case .coarsen: watch?.sweep?.refine(0.5)
    case .chooseParameter: overlay = watch?.sweep.map { .menu(.parameters($0, on: 0)) }
    case .take(let spec): watch?.sweep?.take(spec)
    case .type(let row): type(row)
    }
    return []
  }

  /// On the map by cells; in the settings along the rows, or a value by a step.
  private mutating func moveInSweep(_ columns: Int, _ rows: Int, _ step: BuildCommand.Step?) {
    guard let board = watch?.sweep else { return }
    guard board.focus == .settings else {
      watch?.sweep?.move(columns, rows)
      return
    }
    if let step {
      if let next = board.selected.stepped(board.spec, by: step, among: board.parameters) { watch?.sweep?.take(next) }
    } else {
      watch?.sweep?.select(board.row - rows)
    }
  }

  private mutating func leaveSweep() {
    if watch?.sweep?.focus == .settings { watch?.sweep?.focus = .map } else { place = .watch }
  }

  private mutating func enterInSweep() {
    guard let board = watch?.sweep else { return }
    guard board.focus == .settings else { return openCell() }
    switch board.selected {
    case .parameter(let axis): overlay = .menu(.parameters(board, on: axis))
    case .certificates: overlay = .menu(.theorems(board))
    case .scale: moveInSweep(0, 0, .more)
    case .from, .to, .count, .values, .starts, .seed: type(board.selected)
    }
  }

  private mutating func type(_ row: SweepRow) {
    guard let board = watch?.sweep else { return }
    let title: String
    switch row {
    case .parameter: title = "The path of a number of the session"
    case .from, .to, .count, .scale, .values, .starts, .seed, .certificates: title = row.label + ": " + row.summary
    }
    openPrompt(.sweep(row), title, row.typedText(board.spec))
  }

  /// Makes the cell's values those of the open session, which is recorded as one change, and goes to its run.
  private mutating func openCell() {
    guard var current = watch, let board = current.sweep, board.cellCount > 0 else { return }
    let values = board.spec.values(ofCell: board.index(board.cursor))
    do throws(SessionError) {
      let next = try current.experiment.document.setting(board.spec.axes.map(\.path), to: values)
      if let edit = current.experiment.document.edit(toward: next) {
        var changed = current.experiment
        try changed.perform(.edit(path: edit.path, value: edit.value))
        current.take(changed)
      }
    } catch {
      return say(.failure, error.message)
    }
    watch = current
    place = .watch
  }

  /// A press points, and on the cell that is pointed at opens it; in the settings it selects, or does what Enter does.
  mutating func handleInSweep(_ mouse: Mouse) -> [Effect] {
    guard let board = watch?.sweep else { return [] }
    let layout = SweepLayout(body.size)
    switch mouse.action {
    case .wheelDown: return performSweep(board.focus == .map ? .nextQuantity : .down)
    case .wheelUp: return performSweep(board.focus == .map ? .previousQuantity : .up)
    case .press where mouse.button == .left:
      if layout.panel.contains(mouse.at) { return press(at: mouse.at, layout.panel, board) }
      guard let cell = board.cell(at: mouse.at, in: layout.plot, shownProfile) else { return [] }
      watch?.sweep?.focus = .map
      if cell == board.cursor, board.focus == .map { return performSweep(.enter) }
      watch?.sweep?.point(at: cell)
    case .drag where mouse.button == .left:
      if let cell = board.cell(at: mouse.at, in: layout.plot, shownProfile) { watch?.sweep?.point(at: cell) }
    case .press, .drag, .release: break
    }
    return []
  }

  private mutating func press(at point: Point, _ panel: Rect, _ board: SweepBoard) -> [Effect] {
    let row = point.y - panel.inset.y
    guard board.focus == .settings, board.settings.indices.contains(row) else {
      watch?.sweep?.focus = .settings
      return []
    }
    if row == board.row { return performSweep(.enter) }
    watch?.sweep?.select(row)
    return []
  }
}

// MARK: - Menus

extension Menu {
  fileprivate static func quantities(_ board: SweepBoard) -> Menu {
    let all = SweepQuantity.all(of: board.spec)
    let items = all.map { Item($0.title, $0.meaning(board.spec), .sweep(.show($0))) }
    return Menu(title: "Show", items: items, selected: all.firstIndex(of: board.quantity) ?? 0)
  }

  /// What can be varied on an axis.
  fileprivate static func parameters(_ board: SweepBoard, on axis: Int) -> Menu {
    let spec = board.spec
    let current = spec.axes.indices.contains(axis) ? spec.axes[axis].path : nil
    let taken = spec.axes.indices.filter { $0 != axis }.map { spec.axes[$0].path }
    var items = board.parameters.map { parameter in
      Item(
        parameter.label, "now \(parameter.value.lineText); \(parameter.summary)",
        .sweep(.take(spec.taking(parameter, on: axis))),
        obstacle: taken.contains(parameter.path) ? "it is on the other axis" : nil)
    }
    if axis == 1 { items.insert(Item("none", "one parameter: a plot", .sweep(.take(spec.withoutUp))), at: 0) }
    items.append(Item("another path…", "such as one weight", .sweep(.type(.parameter(axis)))))
    let selected = board.parameters.firstIndex { $0.path == current }.map { $0 + (axis == 1 ? 1 : 0) }
    return Menu(title: axis == 0 ? "Vary across" : "Vary upwards", items: items, selected: selected ?? 0)
  }

  /// Which theorems are asked.
  fileprivate static func theorems(_ board: SweepBoard) -> Menu {
    func asking(_ ids: [String]) -> Command {
      var spec = board.spec
      spec.certificates = ids
      return .sweep(.take(spec))
    }
    let all = TheoremCatalog.all.map { $0.id }
    let asked = board.spec.certificates
    let items = [
      Item("none", "measurements alone", asking([])),
      Item("the fast ones", "\(SweepSpec.lightCertificates.count) theorems", asking(SweepSpec.lightCertificates)),
      Item("all", "\(all.count) theorems; some take long", asking(all)),
    ]
    return Menu(
      title: "Ask in each cell",
      items: items
        + all.map { id in
          let isAsked = asked.contains(id)
          let next = all.filter { $0 == id ? !isAsked : asked.contains($0) }
          return Item("\(Character(SweepTheorem.letter(id))) \(id)", isAsked ? "asked" : "", asking(next))
        })
  }
}
