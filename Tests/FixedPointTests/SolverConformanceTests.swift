import FixedPoint
import LinearAlgebra
import Synchronization
import TestSupport
import Testing

/// What every method keeps to, on every known problem.
struct SolverConformanceTests {
  static let solvers: [any FixedPointSolver] = [
    Picard(), Damped(factor: 0.5), Damped(factor: 1), Anderson(), Anderson(window: 1), Anderson(mixing: 0.5),
    Anderson(regularization: 1e-12), Anderson(kind: .typeI), Anderson(window: 3, kind: .typeI, restart: 4),
    Anderson.bordered(), Anderson.bordered(window: 5, mixing: 0.8, regularization: 1e-10),
    Averaged(factor: .fixed(0.7)),
    Broyden(), Broyden(memory: 3), Aitken(), ReducedRank(), ReducedRank(window: 2), MinimalPolynomial(), Newton(),
    NewtonKrylov(), NewtonKrylov(restart: 2),
  ]

  /// Those whose steps try several points.
  static func searches(_ solver: any FixedPointSolver) -> Bool { solver is Newton || solver is NewtonKrylov }

  @Test(arguments: solvers, KnownProblem.all)
  func reachesTheKnownFixedPoint(solver: any FixedPointSolver, problem: KnownProblem) {
    let stopping = StoppingRule(tolerance: 1e-12, measure: .residualSup, maxSteps: 3000)
    var run = Run(map: problem.map, start: problem.start, solver: solver, stopping: stopping)
    run.runToEnd()
    #expect(run.outcome == .converged, "\(run.stepCount) steps")
    let error = Distance.sup(run.iterate.span, problem.fixedPoint.span)
    #expect(error <= problem.conditioning * 1e-12 + 1e-11, "error \(error)")
  }

  @Test(arguments: solvers, KnownProblem.all)
  func rowsDescribeTheStates(solver: any FixedPointSolver, problem: KnownProblem) {
    var run = Run(map: problem.map, start: problem.start, solver: solver, stopping: StoppingRule(maxSteps: 12))
    run.runToEnd()
    for row in run.trace {
      let iterate = run.iterate(at: row.step)
      let image = problem.map.image(of: iterate)
      #expect(run.image(at: row.step) == image)
      #expect(row.residualAbsolute == Distance.euclidean(image.span, iterate.span))
      #expect(row.residualSup == Distance.sup(image.span, iterate.span))
      #expect(row.thompson == Distance.thompson(image.span, iterate.span))
      #expect(row.hilbert == Distance.hilbert(image.span, iterate.span))
    }
  }

  /// Nothing evaluates f twice, and the rows count right.
  @Test(arguments: solvers)
  func rowsCountEvaluations(solver: any FixedPointSolver) {
    for problem in [KnownProblem.golden, .positive, .documented] {
      let counter = Counter()
      let jacobian: @Sendable ([Double]) -> Matrix = { problem.map.jacobian(at: $0) }
      let map = ClosureMap(dimension: problem.map.dimension, jacobian: jacobian) { z in
        counter.increment()
        return problem.map.image(of: z)
      }
      var run = Run(map: map, start: problem.start, solver: solver)
      while run.advance() { #expect(run.trace.last?.evaluations == counter.value) }
    }
  }

  @Test(arguments: solvers.filter { !searches($0) })
  func oneEvaluationAStep(solver: any FixedPointSolver) {
    var run = Run(map: KnownProblem.golden.map, start: [0, 0, 0], solver: solver)
    run.runToEnd()
    for row in run.trace { #expect(row.evaluations == row.step) }
  }

  /// Going back and on again gives the same rows, with all states stored or hardly any.
  @Test(arguments: solvers, [KnownProblem.golden, .documented])
  func truncatesExactly(solver: any FixedPointSolver, problem: KnownProblem) {
    for budget in [64 << 20, 2000] {
      var run = Run(map: problem.map, start: problem.start, solver: solver, budget: budget)
      run.runToEnd()
      let whole = run
      for step in stride(from: whole.stepCount - 1, through: 0, by: -3) {
        run.truncate(to: step)
        run.runToEnd()
        #expect(run.trace == whole.trace && run.iterate == whole.iterate && run.outcome == whole.outcome)
      }
    }
  }

  /// A branch begins with the method's own first step from the iterate and image at hand, and evaluates nothing twice.
  @Test(arguments: solvers)
  func branchesFromTheIterate(solver: any FixedPointSolver) throws {
    let problem = KnownProblem.golden
    var run = Run(map: problem.map, start: problem.start, solver: Picard())
    run.advance(to: 4)
    var fresh = Run(map: problem.map, start: run.iterate, solver: solver)
    fresh.advance(to: 5)
    try run.change(solver: solver)
    run.advance(to: 8)
    #expect(run.trace[4...].map(\.residualAbsolute) == fresh.trace[1...].map(\.residualAbsolute))
    #expect(run.trace[4...].map(\.evaluations) == fresh.trace[1...].map { $0.evaluations + 3 })
  }

  @Test(arguments: solvers)
  func replaysBitForBit(solver: any FixedPointSolver) {
    for problem in KnownProblem.all {
      let runs = (0..<2).map { _ in
        var run = Run(map: problem.map, start: problem.start, solver: solver)
        run.runToEnd()
        return run
      }
      #expect(runs[0].trace == runs[1].trace)
      #expect(runs[0].iterate == runs[1].iterate)
      #expect(runs[0].outcome == runs[1].outcome)
    }
  }

  @Test(arguments: solvers)
  func writesTheOptionsItReads(solver: any FixedPointSolver) throws {
    #expect(try isRestored(solver))
  }

  private func isRestored<Solver: FixedPointSolver>(_ solver: Solver) throws -> Bool {
    try Solver(solver.options) == solver
  }
}

/// Counts calls from a map.
private final class Counter: Sendable {
  private let count = Atomic(0)
  var value: Int { count.load(ordering: .relaxed) }
  func increment() { count.add(1, ordering: .relaxed) }
}
