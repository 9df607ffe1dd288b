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
  ]

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
  func oneEvaluationAStep(solver: any FixedPointSolver) {
    let counter = Counter()
    let map = ClosureMap(dimension: 3) { z in
      counter.increment()
      return KnownProblem.golden.map.image(of: z)
    }
    var run = Run(map: map, start: [0, 0, 0], solver: solver)
    for step in 1...9 {
      run.advance()
      #expect(counter.value == step)
      #expect(run.trace.last?.evaluations == step)
    }
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
