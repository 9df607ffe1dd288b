import FixedPoint
import Screen
import Sessions

/// The phase portrait of the open session's map: how it is looked at, and what of it has been computed.
///
/// What should be there follows from how one looks; what is there says what it is of. Whatever is missing is computed
/// next, one part at a time, so that any change cancels what is no longer wanted after one part.
public struct PhaseBoard: Sendable {
  enum Axes: Sendable, Equatable {
    case units(Int, Int)
    case principal
  }

  /// Work that is under way off the main loop.
  struct Task: Sendable {
    let ticket: Int
    /// It is of an earlier map: its result does not count.
    var isStale = false
  }

  /// Trajectories on the axes, and the window that shows them: kept, since every frame needs them.
  struct Sketch: Sendable {
    var window: PhaseWindow?
    var scattered: [[PhasePoint]] = []
    var added: [[PhasePoint]] = []
  }

  let analysis: Analysis
  let solver: any EntrywiseSolver
  /// The method as the screen tells it.
  let method: String
  private let subject: Subject
  private let reference: [Double]

  var axes: Axes
  var isSection: Bool
  var isLogarithmic = false
  /// `nil` shows all.
  var window: PhaseWindow?
  /// `nil` is the middle.
  var cursor: PhasePoint?
  var hidden: Set<PhaseLayer> = []
  private(set) var count = 16
  private(set) var seed: UInt64 = 1
  /// Starts that were added by hand.
  private(set) var added: [[Double]] = []

  private(set) var survey: PhaseSurvey?
  private(set) var addedTrajectories: [Trajectory] = []
  private(set) var field: VectorField?
  private(set) var section: MapSection?
  private(set) var basins: BasinMap?
  private(set) var task: Task?
  /// What the survey and the added trajectories come to on these axes.
  private(set) var sketch = Sketch()

  init(_ experiment: Experiment, analysis: Analysis) {
    self.analysis = analysis
    subject = Subject(experiment)
    solver = (experiment.problem.solver as? any EntrywiseSolver) ?? Picard()
    method = subject.method.label
    reference = experiment.problem.start
    let dimension = experiment.problem.network.dimension
    isSection = dimension == 1
    axes = dimension > 2 ? .principal : .units(0, dimension - 1)
  }

  var network: Network { analysis.network }
  var dimension: Int { network.dimension }

  func isOf(_ experiment: Experiment) -> Bool { subject == Subject(experiment) }
}

/// What a portrait is of: the map, and the method by which starts are followed.
private struct Subject: Sendable, Equatable {
  let network: NetworkSource
  let input: TensorSource?
  /// The session's method if it moves many starts at once, else plain iteration.
  let method: SolverSource

  init(_ experiment: Experiment) {
    network = experiment.document.network
    input = experiment.document.input
    method = experiment.problem.solver is any EntrywiseSolver ? experiment.document.solver : SolverSource("picard")
  }
}

// MARK: - How one looks

extension PhaseBoard {
  static let fewestStarts = 1
  static let mostStarts = 128

  /// The way of looking stays the same for a changed map of the same size.
  mutating func keepView(of before: PhaseBoard) {
    task = before.task
    task?.isStale = true
    guard before.dimension == dimension else { return }
    (axes, isSection, isLogarithmic) = (before.axes, before.isSection, before.isLogarithmic)
    (window, cursor, hidden) = (before.window, before.cursor, before.hidden)
    (count, seed, added) = (before.count, before.seed, before.added)
  }

  mutating func scaleStarts(by factor: Double) {
    count = max(Self.fewestStarts, min(Self.mostStarts, Int(Double(count) * factor)))
  }

  mutating func takeOtherStarts() { seed += 1 }

  mutating func add(_ start: [Double]) { added.append(start) }

  mutating func forgetAdded() {
    (added, addedTrajectories) = ([], [])
    sketch.added = []
  }

  mutating func fit() { (window, cursor) = (nil, nil) }

  /// Other axes show all again.
  private mutating func takeAxes() {
    fit()
    drawSketch()
  }

  /// Units for principal directions, or the other way round.
  mutating func changeAxes() {
    guard dimension > 1 else { return }
    axes = axes == .principal ? .units(0, 1) : .principal
    if axes == .principal { isLogarithmic = false }
    takeAxes()
  }

  /// Other units on the axes: never the same on both.
  mutating func shiftUnits(across: Int, up: Int) {
    guard case .units(let first, let second) = axes, dimension > 2 || (dimension == 2 && isSection) else { return }
    func shifted(_ unit: Int, _ change: Int, avoiding other: Int) -> Int {
      let next = (unit + change + dimension) % dimension
      return next == other && !isSection ? (next + change + dimension) % dimension : next
    }
    let newFirst = shifted(first, across, avoiding: second)
    axes = .units(newFirst, shifted(second, up, avoiding: newFirst))
    takeAxes()
  }

  mutating func toggleSection() {
    guard dimension > 1 else { return }
    isSection.toggle()
    if !isSection, case .units(let first, let second) = axes, first == second {
      axes = .units(first, (first + 1) % dimension)
    }
    takeAxes()
  }

  mutating func toggle(_ layer: PhaseLayer) {
    if hidden.remove(layer) == nil { hidden.insert(layer) }
  }

  func shows(_ layer: PhaseLayer) -> Bool { !hidden.contains(layer) }

  private var across: PhaseAxis? {
    switch axes {
    case .units(let unit, _): .unit(unit)
    case .principal: survey?.principal?.first
    }
  }

  private var up: PhaseAxis? {
    switch axes {
    case .units(_, let unit): .unit(unit)
    case .principal: survey?.principal?.second
    }
  }

  /// The plane through a state, or the line of a section; `nil` until the directions are known.
  func plane(through state: [Double]) -> PhasePlane? {
    guard let across, let up else { return nil }
    return PhasePlane(through: state, across: across, up: isSection ? nil : up)
  }
}

// MARK: - The window

extension PhaseBoard {
  var shownWindow: PhaseWindow? { window ?? sketch.window }

  private mutating func drawSketch() {
    sketch = Sketch(window: fittingWindow)
    guard let across, let up, let survey else { return }
    func projected(_ trajectories: [Trajectory]) -> [[PhasePoint]] {
      trajectories.map { $0.iterates.map { PhasePoint(across.coordinate(of: $0), up.coordinate(of: $0)) } }
    }
    sketch.scattered = projected(survey.trajectories)
    sketch.added = projected(addedTrajectories)
  }

  private var scale: PhaseRange.Scale { isLogarithmic ? .logarithmic : .linear }

  private var fittingWindow: PhaseWindow? {
    guard let across, let up, let survey else { return nil }
    let x = range(along: across, survey)
    return x.flatMap { x in
      isSection ? PhaseWindow(x: x, y: x) : range(along: up, survey).map { PhaseWindow(x: x, y: $0.atLeast(x)) }
    }
  }

  /// For units the box of the starts; for other directions what the trajectories reach after their starts.
  private func range(along axis: PhaseAxis, _ survey: PhaseSurvey) -> PhaseRange? {
    let points = survey.fixedPoints.points.map { axis.coordinate(of: $0.point) }
    switch axis {
    case .unit(let unit):
      let ends = survey.region.box[unit]
      let covering = PhaseRange(covering: points + [ends.lower, ends.upper], scale)
      // Outside the cone there is nothing to see.
      return survey.region.isCone ? covering.map { PhaseRange(max(0, $0.lower), $0.upper, scale) } : covering
    case .direction:
      let limit = 4 * survey.region.box.magnitude.reduce(1, max)
      let reached = survey.trajectories.flatMap { $0.iterates.dropFirst() }
        .filter { $0.allSatisfy { abs($0) <= limit } }.map(axis.coordinate)
      return PhaseRange(covering: points + reached) ?? PhaseRange(-limit, limit)
    }
  }

  /// Where the person points: the middle where they have not yet.
  var place: PhasePoint? { cursor ?? shownWindow?.place(0.5, 0.5) }

  /// Moves the cursor by shares of the window, and stays inside.
  mutating func moveCursor(across: Double, up: Double) {
    guard let shown = shownWindow, let place, let x = shown.x.share(of: place.x), let y = shown.y.share(of: place.y)
    else { return }
    cursor = shown.place(min(max(0, x + across), 1), min(max(0, y + up), 1))
  }

  mutating func pan(across: Double, up: Double) {
    guard let shown = shownWindow else { return }
    window = PhaseWindow(x: shown.x.moved(by: across), y: shown.y.moved(by: up))
    cursor = nil
  }

  /// Zooms around a place, which keeps where it is on the screen.
  mutating func zoom(by factor: Double, around place: PhasePoint) {
    guard let shown = shownWindow, let x = shown.x.share(of: place.x), let y = shown.y.share(of: place.y) else {
      return
    }
    window = PhaseWindow(x: shown.x.zoomed(by: factor, around: x), y: shown.y.zoomed(by: factor, around: y))
  }

  /// The window in the other scale shows all again.
  mutating func toggleLogarithms() {
    guard axes != .principal, survey?.region.isCone == true else { return }
    isLogarithmic.toggle()
    takeAxes()
  }
}

// MARK: - What is computed

extension PhaseBoard {
  /// The first part that is missing for a picture of this size through a state.
  func nextWork(through state: [Double], area: Size) -> PhaseWork? {
    let request = PhaseSurvey.Request(count: count, seed: seed, start: reference)
    guard let survey, survey.request == request else { return .survey(request, analysis, solver) }
    let region = survey.region
    if addedTrajectories.map(\.start) != added { return .trajectories(added, region, network, solver) }
    guard let plane = plane(through: state), let window = shownWindow, area.width > 0, area.height > 0 else {
      return nil
    }
    return isSection
      ? sectionWork(plane, window, state, area, region) ?? basinsWork(plane, window, area, region)
      : fieldWork(plane, window, area, region) ?? basinsWork(plane, window, area, region)
  }

  private func fieldWork(_ plane: PhasePlane, _ window: PhaseWindow, _ area: Size, _ region: StartRegion) -> PhaseWork?
  {
    let grid = PhaseGrid(plane: plane, window: window, columns: area.width / 6, rows: area.height / 3)
    return shows(.field) && field?.grid != grid ? .field(grid, region, network) : nil
  }

  private func sectionWork(
    _ line: PhasePlane, _ window: PhaseWindow, _ state: [Double], _ area: Size, _ region: StartRegion
  ) -> PhaseWork? {
    let start = line.across.coordinate(of: state)
    let request = MapSection.Request(line: line, range: window.x, count: 2 * area.width, start: start)
    return section?.request != request && start.isFinite ? .section(request, region, network) : nil
  }

  private func basinsWork(_ plane: PhasePlane, _ window: PhaseWindow, _ area: Size, _ region: StartRegion) -> PhaseWork?
  {
    guard shows(.basins), let survey else { return nil }
    let grid = PhaseGrid(
      plane: plane, window: window, columns: area.width, rows: plane.up == nil ? 1 : 2 * area.height)
    if let basins, basins.grid == grid, basins.region == region {
      return basins.isComplete ? nil : .basins(basins, network, solver)
    }
    return .basins(BasinMap(grid, in: region, known: survey.fixedPoints), network, solver)
  }

  mutating func begin(_ ticket: Int) { task = Task(ticket: ticket) }

  /// Takes in a result of this board's; those of an earlier map are dropped.
  mutating func take(_ result: PhaseResult, ticket: Int) {
    guard let task, task.ticket == ticket else { return }
    self.task = nil
    guard !task.isStale else { return }
    switch result {
    case .survey(let survey):
      self.survey = survey
      drawSketch()
    case .trajectories(let trajectories):
      addedTrajectories = trajectories
      drawSketch()
    case .field(let field): self.field = field
    case .section(let section): self.section = section
    case .basins(let basins): self.basins = basins
    }
  }

  /// The fixed points that are listed: those of the basins where they are of this survey and have more.
  var fixedPoints: FixedPointList {
    guard let survey else { return FixedPointList() }
    guard let basins, shows(.basins), basins.fixedPoints.points.count >= survey.fixedPoints.points.count else {
      return survey.fixedPoints
    }
    return basins.fixedPoints
  }
}
