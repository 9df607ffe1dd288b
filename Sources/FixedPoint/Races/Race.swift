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

  /// Runs a method to its end, exactly as ``Run`` does alone.
  ///
  /// The times are those of the repetition whose duration is the median, of at least 1; a long run is not repeated as
  /// often. `now` gives monotonic seconds.
  public func result(of solver: any FixedPointSolver, repetitions: Int = 5, now: () -> Double) -> RaceResult {
    precondition(repetitions >= 1, "a race is run at least once")
    let begin = now()
    var attempts = [attempt(solver, now)]
    while attempts.count < repetitions, now() - begin < Self.patience { attempts.append(attempt(solver, now)) }
    attempts.sort { ($0.duration ?? 0) < ($1.duration ?? 0) }
    return attempts[(attempts.count - 1) / 2]
  }

  private func attempt(_ solver: any FixedPointSolver, _ now: () -> Double) -> RaceResult {
    var run = Run(map: map, start: start, solver: solver, stopping: stopping)
    var seconds: [Double] = []
    let begin = now()
    while run.advance() { seconds.append(now() - begin) }
    return RaceResult(outcome: run.outcome ?? .maxSteps, trace: run.trace, seconds: seconds)
  }
}
