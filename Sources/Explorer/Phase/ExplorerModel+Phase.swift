import FixedPoint
import Screen
import Sessions

extension ExplorerModel {
  /// Keeps the portrait going while its screen is shown: the next part that is missing, if none is under way.
  mutating func drawPhaseIfShown() -> [Effect] {
    guard place == .phase, let current = watch, !isTooSmall else { return [] }
    if current.phase?.isOf(current.experiment) != true {
      let problem = current.experiment.problem
      var board = PhaseBoard(
        current.experiment,
        analysis: current.certification?.analysis ?? Analysis(network: problem.network, start: problem.start))
      if let before = current.phase { board.keepView(of: before) }
      watch?.phase = board
    }
    let state = current.run.iterate(at: current.cursor)
    guard let board = watch?.phase, board.task == nil,
      let work = board.nextWork(through: state, area: phaseArea.size)
    else { return [] }
    phaseCount += 1
    watch?.phase?.begin(phaseCount)
    return [.phase(work, ticket: phaseCount)]
  }

  mutating func note(_ result: PhaseResult, ticket: Int) -> [Effect] {
    watch?.phase?.take(result, ticket: ticket)
    return []
  }

  /// The cells of the plot itself.
  private var phaseArea: Rect { PlanePlot.area(in: PhaseLayout(body.size).plot) }

  mutating func performPhase(_ command: PhaseCommand) -> [Effect] {
    switch command {
    case .moveCursor(let columns, let rows):
      let area = phaseArea
      watch?.phase?.moveCursor(
        across: Double(columns) / Double(max(1, area.width)), up: Double(rows) / Double(max(1, area.height)))
    case .pan(let across, let up): watch?.phase?.pan(across: Double(across) / 4, up: Double(up) / 4)
    case .zoomIn: zoomPhase(by: 0.5)
    case .zoomOut: zoomPhase(by: 2)
    case .fit: watch?.phase?.fit()
    case .changeAxes: watch?.phase?.changeAxes()
    case .shiftAcross(let change): watch?.phase?.shiftUnits(across: change, up: 0)
    case .shiftUp(let change): watch?.phase?.shiftUnits(across: 0, up: change)
    case .toggleSection: watch?.phase?.toggleSection()
    case .toggleLogarithms: watch?.phase?.toggleLogarithms()
    case .toggle(let layer): watch?.phase?.toggle(layer)
    case .moreStarts: watch?.phase?.scaleStarts(by: 2)
    case .fewerStarts: watch?.phase?.scaleStarts(by: 0.5)
    case .otherStarts: watch?.phase?.takeOtherStarts()
    case .addTrajectory: addTrajectory()
    case .forgetTrajectories: watch?.phase?.forgetAdded()
    case .startHere: return startAtPhaseCursor()
    case .step: return performRun(.step)
    case .back: return performRun(.back)
    case .toEnd: return performRun(.jumpToEnd)
    case .leave: place = .watch
    }
    return []
  }

  private mutating func zoomPhase(by factor: Double) {
    guard let place = watch?.phase?.place else { return }
    watch?.phase?.zoom(by: factor, around: place)
  }

  /// The state under the cursor, through the step that is looked at; `nil` where no start is allowed.
  private var stateAtPhaseCursor: [Double]? {
    guard let current = watch, let board = current.phase, let place = board.place, place.isFinite,
      let plane = board.plane(through: current.run.iterate(at: current.cursor))
    else { return nil }
    let state = plane.state(at: place)
    return state.allSatisfy(\.isFinite) && board.survey?.region.allows(state) == true ? state : nil
  }

  private mutating func addTrajectory() {
    guard let state = stateAtPhaseCursor else {
      say(.note, "starts stay in the positive cone")
      return
    }
    watch?.phase?.add(state)
  }

  private mutating func startAtPhaseCursor() -> [Effect] {
    guard let state = stateAtPhaseCursor, let shape = watch?.run.map.stateShape else {
      say(.note, "starts stay in the positive cone")
      return []
    }
    say(.note, "this point is the session's start now: n steps on, G goes to the end")
    return perform(.setStart(.values(Tensor(shape: shape, values: state))))
  }

  /// A press points and adds a trajectory from there, a drag points, the wheel zooms around the cell.
  mutating func handleInPhase(_ mouse: Mouse) -> [Effect] {
    let plot = PhaseLayout(body.size).plot
    guard let shares = PlanePlot.shares(at: mouse.at, in: plot),
      let here = watch?.phase?.shownWindow?.place(shares.across, shares.up)
    else { return [] }
    switch mouse.action {
    case .wheelUp: watch?.phase?.zoom(by: 0.5, around: here)
    case .wheelDown: watch?.phase?.zoom(by: 2, around: here)
    case .press where mouse.button == .left:
      watch?.phase?.cursor = here
      addTrajectory()
    case .drag where mouse.button == .left: watch?.phase?.cursor = here
    case .press, .drag, .release: break
    }
    return []
  }
}
