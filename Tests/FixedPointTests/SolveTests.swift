import FixedPoint
import TestSupport
import Testing

/// A solve without history ends as a run does, at the same step, bit for bit.
struct SolveTests {
  static let solvers: [any FixedPointSolver] = [Picard(), Damped(factor: 0.6), Anderson(), Anderson.bordered()]

  /// Compares a solve with a run of the same problem.
  static func expectAgreement<Map: FixedPointMap>(
    _ map: Map, _ start: [Double], _ solver: some FixedPointSolver, _ stopping: StoppingRule, _ note: String = ""
  ) {
    var run = Run(map: map, start: start, solver: solver, stopping: stopping)
    run.runToEnd()
    let solution = map.solve(from: start, by: solver, stopping: stopping)
    #expect(solution.outcome == run.outcome, "\(note)")
    #expect(solution.steps == run.stepCount, "\(note)")
    #expect(solution.iterate == run.iterate, "\(note)")
    #expect(solution.evaluations == run.trace.last?.evaluations ?? 0, "\(note)")
    #expect(solution.residual == run.trace.last?[stopping.measure], "\(note)")
    #expect(solution.fixedPoint == run.fixedPoint, "\(note)")
  }

  @Test(.enabled(if: FixedPointOracle.isAvailable), arguments: solvers, Measure.allCases)
  func oracles(solver: any FixedPointSolver, measure: Measure) {
    for oracle in FixedPointOracle.all {
      for tolerance in [1e-3, 1e-10, 0] {
        let rule = StoppingRule(tolerance: tolerance, measure: measure, maxSteps: 700)
        Self.expectAgreement(oracle.network, oracle.start, solver, rule, "\(oracle.name) to \(tolerance)")
      }
    }
  }

  @Test(arguments: solvers, Measure.allCases)
  func knownProblems(solver: any FixedPointSolver, measure: Measure) {
    for problem in KnownProblem.all {
      for tolerance in [1e-3, 1e-10, 0] {
        let rule = StoppingRule(tolerance: tolerance, measure: measure, maxSteps: 500)
        Self.expectAgreement(problem.map, problem.start, solver, rule, "\(problem.name) to \(tolerance)")
      }
    }
  }

  @Test(arguments: [0, 1, 2, 7])
  func fewStepsAllowed(maxSteps: Int) {
    let problem = KnownProblem.golden
    Self.expectAgreement(problem.map, problem.start, Picard(), StoppingRule(maxSteps: maxSteps))
  }

  @Test func otherOutcomes() {
    let growth = ClosureMap(dimension: 1) { [2 * $0[0]] }
    Self.expectAgreement(growth, [1], Picard(), StoppingRule())
    let logistic = ClosureMap(dimension: 1) { [3.5 * $0[0] * (1 - $0[0])] }
    Self.expectAgreement(logistic, [0.3], Picard(), StoppingRule())
    #expect(logistic.solve(from: [0.3]).outcome == .cycle(period: 4))
    let invalid = ClosureMap(dimension: 2) { [$0[0] / 2, $0[0] < 0.2 ? .nan : $0[1] / 3] }
    Self.expectAgreement(invalid, [1, 1], Picard(), StoppingRule())
  }

  /// More steps make no more allocations, after a first solve that prepares the libraries; the monitor's renewals, every 64 steps or more, are among them.
  @Test(.enabled(if: Allocations.areCounted), arguments: [3, 87], Measure.allCases)
  func aStepAllocatesNothing(size: Int, measure: Measure) {
    let network = SampleNetwork.layer(size)
    let start = [Double](repeating: 1, count: size)
    let counts = [10, 10, 300].map { steps in
      let rule = StoppingRule(tolerance: 0, measure: measure, maxSteps: steps)
      var taken = 0
      let count = Allocations.count {
        taken = network.solve(from: start, by: Damped(factor: 0.05), stopping: rule).steps
      }
      #expect(taken == steps)
      return count
    }
    #expect(counts[1] == counts[2])
  }

  @Test(.enabled(if: Allocations.areCounted))
  func aPicardStepAllocatesNothing() {
    let network = SampleNetwork.layer(87)
    let start = [Double](repeating: 1, count: 87)
    let counts = [4, 4, 20].map { steps in
      Allocations.count {
        _ = network.solve(from: start, by: Picard(), stopping: StoppingRule(tolerance: 0, maxSteps: steps))
      }
    }
    #expect(counts[1] == counts[2])
  }
}
