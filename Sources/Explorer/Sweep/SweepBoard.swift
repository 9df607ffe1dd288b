import FixedPoint
import Screen
public import Sessions

/// The open session over one or two of its parameters: what is varied, how it is looked at, and what has been computed.
///
/// Cells are computed from coarse to fine, some at a time on each processor; what they hold depends on nothing but the
/// session and the settings. A change keeps the cells that are of both.
public struct SweepBoard: Sendable {
  /// What came of a cell.
  public enum Finding: Sendable, Equatable {
    case found(SweepCell)
    /// Its values make no session together: why.
    case impossible(String)
  }

  /// Work that is under way off the main loop.
  struct Task: Sendable {
    let ticket: Int
    let began: UInt64
    let cells: Int
    /// The diagram that is followed, and how to end that.
    var diagram: (request: BifurcationRequest, cancellation: Cancellation)?
    /// It is of an earlier sweep: its result does not count.
    var isStale = false
  }

  enum Focus: Sendable { case map, settings }

  /// What is drawn: a quantity of the cells, or the fixed points along the parameter across.
  enum Subject: Sendable { case quantity, diagram }

  private(set) var document: SessionDocument
  /// The session with all swept parameters at their first values: what the cells depend on beside them.
  private var base: SessionDocument
  let directory: String
  private(set) var parameters: [SweepParameter]
  private(set) var spec: SweepSpec
  /// `nil` until it is made; its cells can then be computed.
  private(set) var sweep: Sweep?
  /// Why it cannot be made.
  private(set) var obstacle: String?
  private(set) var findings: [Finding?] = []
  /// Cells in the order in which they are computed, and how many of them were begun.
  private var order: [Int] = []
  private var begun = 0
  private(set) var done = 0
  private(set) var tasks: [Task] = []
  /// Processor time of the cells that were computed here, to tell how long the others take.
  private var spent: (nanoseconds: UInt64, cells: Int) = (0, 0)

  var isPaused = false
  var focus = Focus.map
  private(set) var row = 0
  var subject = Subject.quantity
  /// The last diagram that was computed, of what it says.
  private(set) var diagram: BifurcationBoard?
  var quantity = SweepQuantity.spectralRadius { didSet { draw() } }
  var showsRegions = true { didSet { draw() } }
  private(set) var cursor = ParameterMap.Cell(column: 0, row: 0)
  /// What the findings come to on the screen: kept, since every frame needs it.
  private(set) var picture: SweepPicture

  init(_ experiment: Experiment) {
    document = experiment.document.plain
    base = document
    directory = experiment.directory
    parameters = Self.parameters(of: experiment)
    spec = Self.usualSpec(parameters, document)
    picture = SweepPicture(spec, [], document)
    begin(keeping: nil)
    pointAtSession()
  }

  private static func parameters(of experiment: Experiment) -> [SweepParameter] {
    let trial = PipelineTrial(experiment.document, directory: experiment.directory, of: experiment.problem)
    return SweepParameter.all(of: experiment.document, BuildRow.all(of: experiment.document, trial))
  }

  private static func usualSpec(_ parameters: [SweepParameter], _ document: SessionDocument) -> SweepSpec {
    let chosen = SweepParameter.usual(parameters, document)
    let counts = chosen.count == 1 ? [SweepParameter.countAlone] : SweepParameter.counts
    var spec = SweepSpec(session: "", axes: zip(chosen, counts).map { $0.axis(count: $1) })
    spec.starts = 4
    spec.certificates = SweepSpec.lightCertificates
    return spec
  }

  /// Follows the session: cells stay unless something else than the swept parameters has changed.
  mutating func refresh(_ experiment: Experiment) {
    let next = experiment.document.plain
    guard next != document else { return }
    let isSame = spec.leveled(next) == base
    document = next
    parameters = Self.parameters(of: experiment)
    if isSame { return draw() }
    if !spec.axes.allSatisfy({ (try? next.setting(path: $0.path, to: $0.value(0))) != nil }) {
      let (starts, seed, certificates) = (spec.starts, spec.seed, spec.certificates)
      spec = Self.usualSpec(parameters, next)
      (spec.starts, spec.seed, spec.certificates) = (starts, seed, certificates)
      pointAtSession()
    }
    begin(keeping: nil)
  }
}

extension SweepSpec {
  /// A session with the swept parameters at their first values: all that the cells depend on.
  fileprivate func leveled(_ document: SessionDocument) -> SessionDocument {
    (try? document.setting(axes.map(\.path), to: axes.map { $0.value(0) })) ?? document
  }
}

// MARK: - The sweep

extension SweepBoard {
  /// Goes over to another specification; cells of the same values and questions are kept.
  mutating func take(_ next: SweepSpec) {
    guard next != spec else { return }
    let before = (spec: spec, findings: findings)
    spec = next
    cursor.column = min(cursor.column, max(0, columns - 1))
    cursor.row = min(cursor.row, max(0, rows - 1))
    if !SweepQuantity.all(of: spec).contains(quantity) { quantity = .spectralRadius }
    begin(keeping: before)
    row = min(row, settings.count - 1)
  }

  private mutating func begin(keeping before: (spec: SweepSpec, findings: [Finding?])?) {
    for index in tasks.indices { tasks[index].isStale = true }
    (sweep, obstacle) = (nil, nil)
    base = spec.leveled(document)
    findings = before.map { spec.kept($0.findings, of: $0.spec) } ?? Array(repeating: nil, count: cellCount)
    done = findings.count { $0 != nil }
    order = coarseToFine.filter { findings[$0] == nil }
    begun = 0
    if done == 0 { spent = (0, 0) }
    draw()
  }

  var cellCount: Int { spec.axes.isEmpty ? 0 : spec.cellCount }
  var isComplete: Bool { done == cellCount }
  var columns: Int { spec.axes.first?.count ?? 0 }
  var rows: Int { spec.axes.count > 1 ? spec.axes[1].count : 1 }

  /// The place of a cell in the specification's order: the last axis varies fastest.
  func index(_ cell: ParameterMap.Cell) -> Int { cell.column * rows + cell.row }

  /// Cells of coarse grids first.
  private var coarseToFine: [Int] {
    let levels = [64, 32, 16, 8, 4, 2, 1]
    func stride(_ index: Int) -> Int { levels.first { index / rows % $0 == 0 && index % rows % $0 == 0 } ?? 1 }
    let strides = (0..<cellCount).map(stride)
    return levels.flatMap { level in strides.indices.filter { strides[$0] == level } }
  }

  /// Shows what is known.
  private mutating func draw() {
    picture = SweepPicture(spec, findings, document, quantity, showsRegions: showsRegions)
  }
}

extension SweepSpec {
  /// The findings of another specification that hold in this one, at their places here.
  fileprivate func kept(_ findings: [SweepBoard.Finding?], of other: SweepSpec) -> [SweepBoard.Finding?] {
    let none = [SweepBoard.Finding?](repeating: nil, count: axes.isEmpty ? 0 : cellCount)
    guard (starts, seed, certificates, maxSteps) == (other.starts, other.seed, other.certificates, other.maxSteps),
      axes.map(\.path) == other.axes.map(\.path), !axes.isEmpty
    else { return none }
    let places = zip(axes, other.axes).map { mine, others in
      let known = Dictionary(
        (0..<others.count).map { (others.value($0).lineText, $0) }, uniquingKeysWith: { first, _ in first })
      return (0..<mine.count).map { known[mine.value($0).lineText] }
    }
    let (rows, otherRows) = (axes.count > 1 ? axes[1].count : 1, axes.count > 1 ? other.axes[1].count : 1)
    return none.indices.map { index in
      guard let column = places[0][index / rows], let row = axes.count > 1 ? places[1][index % rows] : 0 else {
        return nil
      }
      guard case .found(let cell)? = findings[column * otherRows + row] else { return nil }
      return .found(cell.moved(to: index))
    }
  }
}

// MARK: - Work

extension SweepBoard {
  /// About so long does one part of the work take.
  private static let part: UInt64 = 80_000_000
  private static let largestPart = 64

  /// Begins the next part of the work, if there is one.
  mutating func begin(ticket: Int, now: UInt64) -> SweepWork? {
    guard let work = nextWork() else { return nil }
    var task = Task(ticket: ticket, began: now, cells: 0)
    switch work {
    case .cells(_, let cells): task = Task(ticket: ticket, began: now, cells: cells.count)
    case .diagram(let request, let cancellation): task.diagram = (request, cancellation)
    case .prepare: break
    }
    begun += task.cells
    tasks.append(task)
    return work
  }

  private mutating func nextWork() -> SweepWork? {
    cancelDiagrams()
    guard !spec.axes.isEmpty, obstacle == nil else { return nil }
    if let wanted = wantedDiagram, wanted != diagram?.request, !tasks.contains(where: { $0.diagram != nil }) {
      return .diagram(wanted, Cancellation())
    }
    guard let sweep else {
      let isBegun = tasks.contains { !$0.isStale && $0.diagram == nil }
      return isBegun ? nil : .prepare(spec, document, directory: directory)
    }
    guard !isPaused, begun < order.count else { return nil }
    return .cells(sweep, Array(order[begun...].prefix(partSize)))
  }

  /// Ends the following of branches that are no longer looked at, all of them if `all`.
  mutating func cancelDiagrams(all: Bool = false) {
    let wanted = all ? nil : wantedDiagram
    for index in tasks.indices {
      guard let running = tasks[index].diagram, running.request != wanted else { continue }
      running.cancellation.request()
      tasks[index].isStale = true
    }
  }

  /// As many cells as take about as long as a part should; the first one tells.
  private var partSize: Int {
    guard let cost else { return 1 }
    return max(1, min(Self.largestPart, cost == 0 ? Self.largestPart : Int(Double(Self.part) / cost)))
  }

  /// Nanoseconds of one cell.
  private var cost: Double? { spent.cells == 0 ? nil : Double(spent.nanoseconds) / Double(spent.cells) }

  /// Seconds until all cells are there; `nil` while that is not known.
  func secondsLeft(on processors: Int) -> Double? {
    cost.map { $0 * Double(cellCount - done) / Double(processors) * 1e-9 }
  }

  /// Takes in a result; one of an earlier sweep is dropped.
  mutating func take(_ result: SweepResult, ticket: Int, now: UInt64) {
    guard let place = tasks.firstIndex(where: { $0.ticket == ticket }) else { return }
    let task = tasks.remove(at: place)
    guard !task.isStale else { return }
    switch result {
    case .diagram(let request, let result):
      let name = document.label(ofPath: request.path)
      diagram = BifurcationBoard(request, name, result, diagram?.coordinate ?? .unit(0))
    case .prepared(.success(let sweep)): self.sweep = sweep
    case .prepared(.failure(let failure)): obstacle = failure.text
    case .cells(let cells):
      for (index, finding) in cells where findings[index] == nil {
        findings[index] = finding
        done += 1
      }
      spent.nanoseconds += now - min(now, task.began)
      spent.cells += task.cells
      draw()
    }
  }
}

// MARK: - Looking

extension SweepBoard {
  var settings: [SweepRow] { SweepRow.all(of: spec) }
  var selected: SweepRow { settings[row] }

  mutating func toggleSubject() { subject = subject == .quantity ? .diagram : .quantity }

  /// The cell of the grid at a cell of the screen; in a diagram, one in the row of the cursor.
  func cell(at point: Point, in rect: Rect, _ profile: Profile) -> ParameterMap.Cell? {
    guard subject == .diagram else { return picture.cell(at: point, in: rect, profile) }
    return picture.column(at: point, in: rect).map { ParameterMap.Cell(column: $0, row: cursor.row) }
  }

  mutating func toggleSettings() { focus = focus == .map ? .settings : .map }

  mutating func select(_ next: Int) { row = max(0, min(next, settings.count - 1)) }

  mutating func move(_ columns: Int, _ rows: Int) {
    point(at: ParameterMap.Cell(column: cursor.column + columns, row: cursor.row + rows))
  }

  mutating func point(at cell: ParameterMap.Cell) {
    cursor.column = max(0, min(cell.column, columns - 1))
    cursor.row = max(0, min(cell.row, rows - 1))
    diagram?.leaveEvent()
  }

  private mutating func pointAtSession() {
    cursor = ParameterMap.Cell(column: columns / 2, row: rows / 2)
    if let mark = picture.mark { cursor = mark }
  }

  /// What came of the cell that is pointed at; `nil` while it is not computed.
  var finding: Finding? { cellCount == 0 ? nil : findings[index(cursor)] }

  /// The texts of the values that are pointed at, with all digits.
  var values: [String] {
    zip(spec.axes, [cursor.column, cursor.row]).map { axis, index in axis.texts[index] }
  }

  /// The parameter across that is pointed at; `nil` where it is no number.
  var parameter: Double? {
    guard columns > 0, case .number(let number) = spec.axes[0].value(cursor.column).content else { return nil }
    return number
  }

  /// The diagram of what is looked at; `nil` where none is, or none can be.
  var wantedDiagram: BifurcationRequest? {
    guard subject == .diagram, diagramObstacle == nil, let axis = spec.axes.first, let numbers = axis.numberRange
    else { return nil }
    let other = spec.axes.dropFirst().first.map {
      BifurcationRequest.Setting(path: $0.path, value: $0.value(cursor.row))
    }
    return BifurcationRequest(document: base, directory: directory, path: axis.path, range: numbers, fixed: other)
  }

  /// The diagram, if it is of what is looked at.
  var shownDiagram: BifurcationBoard? { diagram.flatMap { $0.request == wantedDiagram ? $0 : nil } }

  /// Why there is no diagram here.
  var diagramObstacle: String? {
    if spec.axes.first?.numberRange == nil { return "the parameter across is no number over a range" }
    let units = document.network.stateShape.count
    let most = BifurcationRequest.mostUnits
    return units > most ? "\(units) units: up to \(most) are followed here, more by deq bifurcate" : nil
  }

  /// Another unit upwards, after the last one the norm.
  mutating func changeCoordinate() {
    guard case .unit(let unit)? = diagram?.coordinate else {
      diagram?.coordinate = .unit(0)
      return
    }
    diagram?.coordinate = unit + 1 < document.network.stateShape.count ? .unit(unit + 1) : .norm
  }

  /// The next event of the diagram, or the one before: the cursor goes there.
  mutating func selectEvent(_ change: Int) {
    guard let parameter else { return }
    diagram?.selectEvent(change, from: parameter)
    guard let event = diagram?.selectedEvent?.point.parameter, let numbers = spec.axes.first?.increasingNumbers else {
      return
    }
    cursor.column = numbers.indices.min { abs(numbers[$0] - event) < abs(numbers[$1] - event) } ?? cursor.column
  }

  mutating func changeQuantity(by change: Int) {
    let all = SweepQuantity.all(of: spec)
    let place = all.firstIndex(of: quantity) ?? 0
    quantity = all[(place + change + all.count) % all.count]
  }

  /// Twice as fine, or half as fine: with the cells that are known.
  mutating func refine(_ factor: Double) {
    var next = spec
    for (index, axis) in spec.axes.enumerated() {
      guard let range = axis.range else { continue }
      let count = max(2, Int(Double(range.count - 1) * factor) + 1)
      guard count <= Self.mostValues else { return }
      next.axes[index] = SweepAxis(
        path: axis.path, grid: .range(first: range.first, last: range.last, count: count, scale: range.scale))
    }
    let at = [cursor.column, cursor.row].map { Int((Double($0) * factor).rounded(.down)) }
    take(next)
    point(at: ParameterMap.Cell(column: at[0], row: spec.axes.count > 1 ? at[1] : 0))
  }

  /// The most values of an axis that are shown; commands take more.
  static let mostValues = 200
}
