/// A run of a method on a map: every step that it made, measured, with the way back to each.
///
/// Row k of the trace is about the iterate z_{k-1} and its image: row 1 measures the start. A run is a value: a copy
/// goes its own way. States are kept within a budget of bytes; past it every second one is given up, again and again,
/// and what lies between is computed anew when asked for, which gives the same bits. The trace is always kept whole.
public struct Run<Map: FixedPointMap>: Sendable {
  public let map: Map
  /// z₀
  public let start: [Double]
  /// Row k at index k - 1.
  public private(set) var trace: [TraceRow] = []
  /// How the run ended; `nil` while it can go on.
  public private(set) var outcome: Outcome?

  private let budget: Int
  private let initialSolver: any FixedPointSolver
  private var rules: [(step: Int, rule: StoppingRule)]
  /// Empty until the first step; then each goes on from the last step of the one before.
  private var segments: [any RunSegment] = []
  private var spacing = 1
  private var workspace = Workspace()

  /// A run before its first step; nothing is evaluated yet.
  ///
  /// The start has as many entries as the map's dimension; the stored states take `budget` bytes, roughly.
  public init(
    map: Map, start: [Double], solver: any FixedPointSolver, stopping: StoppingRule = StoppingRule(),
    budget: Int = 64 << 20
  ) {
    precondition(start.count == map.dimension, "a start has as many entries as the map's dimension")
    self.map = map
    self.start = start
    self.budget = budget
    initialSolver = solver
    rules = [(step: 0, rule: stopping)]
    outcome = verdict()
  }

  /// Number of rows of the trace.
  public var stepCount: Int { trace.count }

  /// The steps after which another method went on.
  public var methodChanges: [Int] { segments.dropFirst().map(\.firstStep) }

  /// The method of the next step.
  public var solver: any FixedPointSolver { segments.last?.method ?? initialSolver }

  /// The rule that the last row was judged by, and the next will be.
  public var stopping: StoppingRule { rules[rules.count - 1].rule }

  /// The vector that the last row is about, or the start.
  public var iterate: [Double] { segments.last?.moment.iterate ?? start }

  /// The iterate whose residual is in the last row, once the run has converged.
  public var fixedPoint: [Double]? { outcome == .converged ? iterate : nil }
}

// MARK: - Going on

extension Run {
  /// Measures one more row.
  ///
  /// One evaluation of f for most methods.
  /// - Returns: whether there is one more row; no longer once there is an outcome.
  @discardableResult
  public mutating func advance() -> Bool {
    guard outcome == nil else { return false }
    do throws(SolverError) {
      let measures = trace.isEmpty ? try begin() : try step()
      let evaluations = segments[segments.count - 1].moment.evaluations
      trace.append(
        TraceRow(step: trace.count + 1, evaluations: evaluations, measures: measures, previous: trace.last))
      keepWithinBudget()
      outcome = verdict()
      return true
    } catch {
      outcome = .failed(error)
      return false
    }
  }

  /// Goes on until there are `step` rows or an outcome.
  public mutating func advance(to step: Int) {
    while trace.count < step, advance() {}
  }

  public mutating func runToEnd() {
    while advance() {}
  }

  /// Makes every row again from the start, each by the method that made it, and reports it: to measure what a step costs.
  public func retrace(_ report: (TraceRow) -> Void) {
    var again = Run(map: map, start: start, solver: initialSolver, stopping: rules[0].rule, budget: budget)
    while again.stepCount < stepCount {
      let now = again.stepCount
      for segment in segments.dropFirst() where segment.firstStep == now { try? again.change(solver: segment.method) }
      for (step, rule) in rules where step == now { again.change(stopping: rule) }
      guard again.advance(), let row = again.trace.last else { return }
      report(row)
    }
  }

  private mutating func begin() throws(SolverError) -> StepMeasures {
    let image = map.image(of: start)
    let measures = StepMeasures(iterate: start.span, image: image.span)
    let monitor = Monitor(start: start.span, step: 1, residual: measures.residual)
    let moment = Moment(iterate: start, image: image, evaluations: 1, singularSystems: 0, monitor: monitor)
    segments = [try segment(of: initialSolver, from: moment, step: 1)]
    return measures
  }

  private mutating func step() throws(SolverError) -> StepMeasures {
    try segments[segments.count - 1].advance(on: map, spacing: spacing, using: &workspace)
  }

  private func segment(of solver: some FixedPointSolver, from moment: Moment, step: Int) throws(SolverError)
    -> any RunSegment
  {
    let state = try solver.start(map, at: moment.iterate, image: moment.image, evaluations: moment.evaluations)
    return Segment(solver: solver, state: state, step: step, monitor: moment.monitor)
  }

  /// What the last row means by the rule in force.
  private func verdict() -> Outcome? {
    let isMet = trace.last.map(stopping.isMet) ?? false
    let moment = segments.last?.moment
    return stopping.outcome(
      afterSteps: trace.count, isMet: isMet, growth: isMet ? moment.map(growth) ?? .bounded : .bounded,
      seen: moment?.monitor.verdict)
  }

  private func growth(_ moment: Moment) -> Monitor.Growth {
    stopping.growth(
      moment.monitor, at: StepResidual(iterate: moment.iterate.span, image: moment.image.span))
  }

  private mutating func keepWithinBudget() {
    while spacing < trace.count, segments.reduce(0, { $0 + $1.storedBytes }) > budget {
      spacing *= 2
      for index in segments.indices { segments[index].thin(to: spacing) }
    }
  }
}

// MARK: - Looking back

extension Run {
  /// The vector that row `step` is about, z_{step-1}; the start at step 0.
  ///
  /// Steps that are not stored are computed again from the last stored one before.
  public func iterate(at step: Int) -> [Double] {
    step == 0 ? start : moment(at: step).iterate
  }

  /// f of the vector that row `step` is about; `step` is at least 1.
  public func image(at step: Int) -> [Double] { moment(at: step).image }

  /// The method that made row `step`; at steps 0 and 1, which no method made, the first one.
  public func solver(at step: Int) -> any FixedPointSolver {
    segments.last { $0.firstStep < step }?.method ?? segments.first?.method ?? initialSolver
  }

  /// The methods in their order, each with the row whose state it was given: it made the rows after that one.
  ///
  /// With the map and the start they determine every row.
  public var methods: [(step: Int, method: any FixedPointSolver)] {
    segments.isEmpty ? [(1, initialSolver)] : segments.map { ($0.firstStep, $0.method) }
  }

  /// The rule by which row `step` was judged when it was measured.
  public func stopping(at step: Int) -> StoppingRule {
    (rules.last { $0.step < step } ?? rules[0]).rule
  }

  /// The steps whose vectors can be had without computing, ascending.
  public var storedSteps: [Int] {
    var steps: [Int] = []
    for step in segments.flatMap(\.storedSteps) where step != steps.last { steps.append(step) }
    return steps
  }

  private func moment(at step: Int) -> Moment {
    precondition(step >= 1 && step <= trace.count, "a step is one of the rows of the trace")
    guard let segment = segments.last(where: { $0.firstStep <= step }) else {
      preconditionFailure("every row belongs to a segment")
    }
    return segment.moment(at: step, on: map)
  }
}

extension Run {
  /// How many linear systems of Newton's methods were singular, and their steps z <- f(z).
  public var singularSystems: Int { segments.reduce(0) { $0 + $1.moment.singularSystems } }

  /// Whether the last row's measure meets the rule only because the iterate is large: it has outgrown its start, and
  /// the residual has not fallen.
  public var isMetByGrowth: Bool {
    guard let row = trace.last, stopping.isMet(by: row), let moment = segments.last?.moment else { return false }
    return growth(moment) != .bounded
  }
}

// MARK: - Going back and changing course

extension Run {
  /// Forgets the rows after `step`; going on from there gives the same rows again, bit for bit.
  ///
  /// Changes of the method and of the stopping rule that were made at `step` or before stay, later ones are forgotten
  /// with the rows.
  public mutating func truncate(to step: Int) {
    precondition(step >= 0 && step <= trace.count, "a run goes back to a step that it has made")
    guard step > 0 else {
      self = Run(map: map, start: start, solver: solver(at: 0), stopping: stopping(at: 0), budget: budget)
      return
    }
    trace.removeLast(trace.count - step)
    segments.removeAll { $0.firstStep > step }
    segments[segments.count - 1].truncate(to: step, on: map)
    rules.removeAll { $0.step > step }
    outcome = verdict()
  }

  /// Goes on by another method from the last step: from its iterate and image, so that f is not evaluated again.
  ///
  /// The rows so far stay as they are. A run that had ended because its method made no progress can go on.
  /// - Throws: ``SolverError`` if the method cannot work on the map; the run is then as before.
  public mutating func change(solver: any FixedPointSolver) throws(SolverError) {
    guard let last = segments.last else {
      self = Run(map: map, start: start, solver: solver, stopping: stopping, budget: budget)
      return
    }
    let now = last.moment
    let residual = StepResidual(iterate: now.iterate.span, image: now.image.span)
    let monitor = Monitor(continuing: now.monitor, step: stepCount, iterate: now.iterate.span, residual: residual)
    let moment = Moment(
      iterate: now.iterate, image: now.image, evaluations: now.evaluations, singularSystems: 0, monitor: monitor)
    let segment = try segment(of: solver, from: moment, step: stepCount)
    if last.firstStep == stepCount { segments.removeLast() }
    segments.append(segment)
    outcome = verdict()
  }

  /// Judges the last row, and all later ones, by another rule; this may end the run or let an ended one go on.
  public mutating func change(stopping rule: StoppingRule) {
    let now = stepCount
    rules.removeAll { $0.step == now }
    rules.append((step: now, rule: rule))
    if case .failed = outcome { return }
    outcome = verdict()
  }
}
