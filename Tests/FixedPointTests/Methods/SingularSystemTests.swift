import LinearAlgebra
import TestSupport
import Testing

@testable import FixedPoint

/// Newton's methods say where I - J is singular.
struct SingularSystemTests {
  private static let methods: [any FixedPointSolver] = [Newton(), NewtonKrylov(), NewtonLog()]

  /// z + 1: J = 1 everywhere. In logarithms L = z/(z + 1), so that newton-log's systems are not singular until z is large.
  @Test(arguments: [Newton() as any FixedPointSolver, NewtonKrylov()])
  func everySystemOfATranslationIsSingular(solver: any FixedPointSolver) throws {
    var run = Run(map: try Network(1, [.inject([1])]), start: [0], solver: solver)
    run.advance(to: 2)
    #expect(run.singularSystems == 1 && run.iterate == [1])
    run.runToEnd()
    #expect(run.singularSystems > 1)
    let isNamed = Diagnosis(run).findings.contains(.singularSystems(run.singularSystems))
    #expect(isNamed)
    run.truncate(to: 2)
    #expect(run.singularSystems == 1)
    run.truncate(to: 0)
    #expect(run.singularSystems == 0)
  }

  /// 2z: in logarithms f moves every point by log 2, L = 1.
  @Test func everySystemOfAScalingIsSingularInLogarithms() throws {
    var run = Run(map: try Network(1, [.scale(2)]), start: [1], solver: NewtonLog())
    run.advance(to: 2)
    #expect(run.singularSystems == 1 && run.iterate == [2])
  }

  /// A stochastic matrix times z has the fixed points c (1, 1): dense systems are singular, and the steps Picard's.
  @Test func aLineOfFixedPointsIsReachedAsByPicard() throws {
    let network = try Network(2, [.dense([[0.75, 0.25], [0.25, 0.75]])])
    var newton = Run(map: network, start: [1, 3], solver: Newton())
    var picard = Run(map: network, start: [1, 3], solver: Picard())
    newton.runToEnd()
    picard.runToEnd()
    #expect(newton.outcome == .converged && newton.singularSystems > 0)
    #expect(newton.trace.map(\.residualSup) == picard.trace.map(\.residualSup))
    #expect(Diagnosis(newton).findings.isEmpty)
  }

  @Test func regularSystemsAreNotCounted() {
    for problem in MethodTable.oracles {
      for solver in [Newton(), NewtonKrylov()] as [any FixedPointSolver] {
        let run = MethodTable.run(problem, solver)
        if run.outcome == .converged { #expect(run.singularSystems == 0, "\(solver.name) on \(problem.name)") }
      }
    }
  }

  /// 5000 units would take a Jacobian of 200 MB: newton says so, newton-krylov needs none.
  @Test func aStateTooLargeForADenseJacobian() throws {
    let network = try Network(5000, [.scale(0.5), .inject([Double](repeating: 1, count: 5000))])
    let start = [Double](repeating: 0, count: 5000)
    for solver in [Newton(), NewtonLog()] as [any FixedPointSolver] {
      let run = GrowthTests.run(network, start, solver)
      guard case .failed(.needs(_, let requirement))? = run.outcome else {
        Issue.record("\(solver.name): \(run.outcome as Any)")
        continue
      }
      #expect(requirement.contains("at most 4096 entries") && requirement.contains("5000"))
    }
    #expect(GrowthTests.run(network, start, NewtonKrylov()).outcome == .converged)
  }
}
