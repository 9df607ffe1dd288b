import FixedPoint
public import Sessions

/// How the session ends as it stands, solved beside the person's own run and without touching it.
public struct LiveSolution: Sendable, Equatable {
  /// The residual of every step, in the measure that the session stops on.
  let residuals: [Double?]
  let outcome: Outcome?
  /// The last iterate.
  let state: [Double]
  /// Whether it was left before the session's own limit of steps.
  let isCut: Bool

  /// Solves within a number of steps that takes about a second at most.
  init(_ problem: Problem) {
    let limit = Self.steps(dimension: problem.network.dimension)
    var rule = problem.stopping
    rule.maxSteps = min(rule.maxSteps, limit)
    var run = Run(map: problem.network, start: problem.start, solver: problem.solver, stopping: rule)
    run.runToEnd()
    residuals = run.trace.map { $0[rule.measure] }
    outcome = run.outcome
    state = run.iterate
    isCut = run.outcome == .maxSteps && problem.stopping.maxSteps > limit
  }

  /// More steps for small maps; the number depends on nothing else, so that the same session shows the same.
  static func steps(dimension: Int) -> Int {
    let size = Double(dimension)
    return max(200, min(20_000, Int(1e9 / (size * size + 1000))))
  }
}

/// What the build screen asks of the world.
public enum BuildEffect: Sendable {
  /// Solves the session as it stands.
  case solve(Problem, generation: Int)

  /// Does it, and says what came of it.
  func perform() -> BuildMessage {
    switch self {
    case .solve(let problem, let generation): .solved(generation: generation, LiveSolution(problem))
    }
  }
}

/// What the build screen is told.
public enum BuildMessage: Sendable {
  case solved(generation: Int, LiveSolution)
}
