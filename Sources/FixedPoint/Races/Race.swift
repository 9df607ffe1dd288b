/// One problem for several methods, so that they can be compared evaluation by evaluation.
public struct Race<Map: FixedPointMap>: Sendable {
  /// No more repetitions are begun after so many seconds.
  private static var patience: Double { 0.5 }

  public let map: Map
  /// z₀, with as many entries as the map's dimension.
  public let start: [Double]
  public let stopping: StoppingRule

  public init(map: Map, start: [Double], stopping: StoppingRule) {
    self.map = map
    self.start = start
    self.stopping = stopping
  }

  /// Runs a method to its end: the trace is that of a ``Run``, the time that of a solve without measures and history.
  ///
  /// The duration is the median over at least 1 solve, evaluations, residuals and verdicts included; a long one is not
  /// repeated as often. It is divided among the rows as the run's own time was. `now` gives monotonic seconds.
  public func result(of solver: any FixedPointSolver, repetitions: Int = 5, now: () -> Double) -> RaceResult {
    precondition(repetitions >= 1, "a race is run at least once")
    let begin = now()
    let (run, stamps) = run(solver, now)
    var durations = [duration(solver, now)]
    while durations.count < repetitions, now() - begin < Self.patience { durations.append(duration(solver, now)) }
    let duration = durations.sorted()[(durations.count - 1) / 2]
    let whole = stamps.last ?? 0
    return RaceResult(
      outcome: run.outcome ?? .maxSteps, trace: run.trace,
      seconds: stamps.map { whole > 0 ? duration * ($0 / whole) : duration })
  }

  /// The run, and the time after each of its rows.
  private func run(_ solver: any FixedPointSolver, _ now: () -> Double) -> (Run<Map>, [Double]) {
    var run = Run(map: map, start: start, solver: solver, stopping: stopping)
    var stamps: [Double] = []
    let begin = now()
    while run.advance() { stamps.append(now() - begin) }
    return (run, stamps)
  }

  private func duration(_ solver: some FixedPointSolver, _ now: () -> Double) -> Double {
    let begin = now()
    _ = map.solve(from: start, by: solver, stopping: stopping)
    return now() - begin
  }
}
