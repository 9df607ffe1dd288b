/// The steps of a run that one method made, as ``Run`` sees them: the method's own state stays inside.
protocol RunSegment: Sendable {
  var method: any FixedPointSolver { get }
  /// The step whose state the method was given; it made the steps after it.
  var firstStep: Int { get }
  var lastStep: Int { get }
  /// The state at the last step.
  var moment: Moment { get }
  /// Bytes that the stored states take, roughly.
  var storedBytes: Int { get }
  /// The steps whose state is kept, ascending; the first and the last are among them.
  var storedSteps: [Int] { get }

  /// Makes one step and measures it; the state is stored if its step is a multiple of `spacing` away from the first.
  /// - Returns: the measures at the new iterate.
  /// - Throws: what the method throws.
  mutating func advance(
    on map: some FixedPointMap, spacing: Int, using workspace: inout Workspace
  ) throws(SolverError) -> StepMeasures

  /// The state at a step from the first to the last, computed again if it is not stored.
  func moment(at step: Int, on map: some FixedPointMap) -> Moment

  /// Forgets the steps after `step`, which is at least the first.
  mutating func truncate(to step: Int, on map: some FixedPointMap)

  /// Keeps only the states at multiples of `spacing` from the first.
  mutating func thin(to spacing: Int)
}

/// What every method's state has, and what was seen until then.
struct Moment: Sendable {
  let iterate: [Double]
  let image: [Double]
  let evaluations: Int
  /// Of the method's own steps.
  let singularSystems: Int
  let monitor: Monitor
}

/// The steps of one solver, with its states at multiples of a spacing and at the last step.
struct Segment<Solver: FixedPointSolver>: RunSegment {
  private struct Checkpoint: Sendable {
    var step: Int
    var state: Solver.State
    var monitor: Monitor

    var bytes: Int { state.footprint + MemoryLayout<Checkpoint>.stride }
  }

  private let solver: Solver
  private var current: Checkpoint
  private var stored: [Checkpoint]
  private(set) var storedBytes: Int

  init(solver: Solver, state: Solver.State, step: Int, monitor: Monitor) {
    self.solver = solver
    current = Checkpoint(step: step, state: state, monitor: monitor)
    stored = [current]
    storedBytes = current.bytes
  }

  var method: any FixedPointSolver { solver }
  var firstStep: Int { stored[0].step }
  var lastStep: Int { current.step }
  var moment: Moment { Self.moment(of: current) }

  var storedSteps: [Int] {
    let steps = stored.map(\.step)
    return steps.last == current.step ? steps : steps + [current.step]
  }

  mutating func advance(on map: some FixedPointMap, spacing: Int, using workspace: inout Workspace)
    throws(SolverError) -> StepMeasures
  {
    let measures = try Self.advance(&current, by: solver, on: map, using: &workspace)
    if (current.step - firstStep).isMultiple(of: spacing) {
      stored.append(current)
      storedBytes += current.bytes
    }
    return measures
  }

  func moment(at step: Int, on map: some FixedPointMap) -> Moment {
    step == current.step ? moment : Self.moment(of: checkpoint(at: step, on: map))
  }

  mutating func truncate(to step: Int, on map: some FixedPointMap) {
    guard step < current.step else { return }
    current = checkpoint(at: step, on: map)
    stored.removeAll { $0.step > step }
    storedBytes = stored.reduce(0) { $0 + $1.bytes }
  }

  mutating func thin(to spacing: Int) {
    let first = firstStep
    stored.removeAll { !($0.step - first).isMultiple(of: spacing) }
    storedBytes = stored.reduce(0) { $0 + $1.bytes }
  }

  /// The stored state at or before `step`, taken forward to it: methods are deterministic, so this is what it was.
  private func checkpoint(at step: Int, on map: some FixedPointMap) -> Checkpoint {
    var found = stored[lastStored(notAfter: step)]
    var workspace = Workspace()
    while found.step < step {
      do {
        _ = try Self.advance(&found, by: solver, on: map, using: &workspace)
      } catch {
        preconditionFailure("a step that was made once can be made again")
      }
    }
    return found
  }

  /// Index of the last stored state whose step is not after `step`.
  private func lastStored(notAfter step: Int) -> Int {
    var low = 0
    var high = stored.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if stored[middle].step <= step { low = middle } else { high = middle }
    }
    return low
  }

  private static func advance(
    _ checkpoint: inout Checkpoint, by solver: Solver, on map: some FixedPointMap, using workspace: inout Workspace
  ) throws(SolverError) -> StepMeasures {
    try solver.advance(&checkpoint.state, on: map, using: &workspace)
    checkpoint.step += 1
    let iterate = checkpoint.state.iterate
    let image = checkpoint.state.image
    let measures = StepMeasures(iterate: iterate.span, image: image.span)
    checkpoint.monitor.observe(
      step: checkpoint.step, iterate: iterate.span, image: image.span, residual: measures.residual)
    return measures
  }

  private static func moment(of checkpoint: Checkpoint) -> Moment {
    Moment(
      iterate: checkpoint.state.iterate, image: checkpoint.state.image, evaluations: checkpoint.state.evaluations,
      singularSystems: checkpoint.state.singularSystems, monitor: checkpoint.monitor)
  }
}
