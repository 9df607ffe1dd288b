import FixedPoint
import TestSupport
import Testing

/// Every method on every oracle: it reaches a fixed point that the oracle lists, or says that it does not converge.
@Suite(.enabled(if: FixedPointOracle.isAvailable, "the oracles lie beside the repository"))
struct MethodOracleTests {
  @Test(arguments: MethodTable.oracles)
  func reachesAListedFixedPointOrSaysNot(problem: MethodTable.Problem) {
    for solver in MethodTable.all {
      let run = MethodTable.run(problem, solver, tolerance: 1e-13, measure: .residualSup, maxSteps: 2000)
      guard run.outcome == .converged else {
        Self.checkFailure(run, solver, problem)
        continue
      }
      let error = problem.fixedPoints.map { Distance.sup(run.iterate.span, $0.span) }.min() ?? .infinity
      #expect(error <= 1e-10, "\(solver.name): \(error)")
    }
  }

  /// Only these may fail: the cone methods off the cone, an automatic factor without one affine part, and any on the
  /// monotone network, where plain iteration does not converge.
  static func checkFailure(_ run: Run<Network>, _ solver: any FixedPointSolver, _ problem: MethodTable.Problem) {
    switch run.outcome {
    case .failed(.needs(let method, _)):
      #expect(method == solver.name)
      #expect(MethodTable.needsCone(solver) || (solver is Averaged && problem.network.oneAffinePart == nil))
    case .cycle:
      #expect(problem.name == "mondeq")
    default:
      Issue.record("\(solver.name) on \(problem.name): \(String(describing: run.outcome)), \(run.stepCount) steps")
    }
  }
}
