import FixedPoint
import LinearAlgebra
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

/// Every method of the catalogue on every shipped session: it reaches a fixed point, or says that it does not converge.
struct MethodSessionTests {
  @Test(arguments: MethodTable.sessions)
  func reachesAFixedPointOrSaysNot(problem: MethodTable.Problem) throws {
    let methods = MethodTable.all + (try MethodCatalog.all.map { try $0.init(FieldValues()) })
    for solver in methods {
      let run = MethodTable.run(problem, solver, tolerance: 1e-13, measure: .residualSup, maxSteps: 600)
      switch run.outcome {
      case .converged:
        let distance = try Self.distanceToFixedPoint(problem.network, run.iterate)
        #expect(distance <= 1e-10, "\(solver.name): \(distance)")
      case .failed(.needs(let method, _)): #expect(method == solver.name)
      case .failed: break
      default: #expect(run.trace.last.map { $0.residualSup > 1e-13 } ?? false, "\(solver.name) is there")
      }
    }
  }

  /// The length of Newton's step, which is the distance to the fixed point but for a part that vanishes with it.
  private static func distanceToFixedPoint(_ network: Network, _ point: [Double]) throws -> Double {
    let jacobian = network.jacobian(at: point)
    var system = Matrix.identity(point.count)
    for index in system.values.indices { system.values[index] -= jacobian.values[index] }
    let step = try LUFactorization(system).solve(zip(network.image(of: point), point).map { $0 - $1 })
    return step.map(abs).max() ?? 0
  }
}
