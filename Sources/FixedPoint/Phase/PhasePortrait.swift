public import LinearAlgebra

/// The paths of a method from several starts.
public struct PhasePortrait: Sendable, Equatable {
  /// The iterates of each start, z_0 first, up to the last finite one.
  public let paths: [[[Double]]]
  /// Whether each path converged.
  public let converges: [Bool]

  /// Runs the method from each start, in order; no path has more than `points` points, evenly chosen, both ends among
  /// them.
  public init<Map: FixedPointMap>(
    of map: Map, from starts: [[Double]], by solver: any FixedPointSolver, stopping: StoppingRule, points: Int = 500
  ) {
    precondition(points >= 2, "a path has two ends")
    let runs = starts.map { start in
      var run = Run(map: map, start: start, solver: solver, stopping: stopping)
      run.runToEnd()
      return run
    }
    converges = runs.map { $0.outcome == .converged }
    paths = runs.map { Self.path(of: $0, points: points) }
  }

  private static func path<Map: FixedPointMap>(of run: Run<Map>, points: Int) -> [[Double]] {
    let last = max(1, run.stepCount)
    let count = min(last, points)
    let steps = count == 1 ? [last] : (0..<count).map { 1 + $0 * (last - 1) / (count - 1) }
    let states = steps.map { run.iterate(at: min($0, run.stepCount)) }
    return Array(states.prefix { $0.allSatisfy(\.isFinite) })
  }

  /// Starts around a center: normal deviates, of standard deviation `spread` in every entry; the same for the same seed.
  public static func starts(_ count: Int, around center: [Double], spread: Double, seed: UInt64) -> [[Double]] {
    var random = SplitMix64(seed: seed)
    return (0..<count).map { _ in center.map { $0 + spread * random.gaussian() } }
  }

  /// The directions in which the points of all paths vary most.
  /// - Throws: ``LinearAlgebraError`` where the singular values cannot be had.
  public func principalProjection() throws(LinearAlgebraError) -> Projection {
    try Projection.principal(of: paths.flatMap(\.self))
  }
}
