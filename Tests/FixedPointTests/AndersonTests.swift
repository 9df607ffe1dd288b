import FixedPoint
import TestSupport
import Testing

struct AndersonTests {
  static func golden(_ solver: any FixedPointSolver) -> Run<ClosureMap> {
    let stopping = StoppingRule(tolerance: 1e-10, measure: .residualAbsolute, maxSteps: 1000)
    var run = Run(
      map: KnownProblem.golden.map, start: KnownProblem.golden.start, solver: solver, stopping: stopping)
    run.runToEnd()
    return run
  }

  @Test func plainGoldenTrace() {
    let run = Self.golden(Picard())
    #expect(run.outcome == .converged)
    #expect(run.stepCount == 56)
    // The reference has 13 digits.
    #expect(abs(run.trace[0].residualAbsolute - 3.657236174488e-01) <= 5e-14)
  }

  /// The example that is documented elsewhere with its number of steps.
  @Test func documentedExample() {
    let problem = KnownProblem.documented
    let stopping = StoppingRule(tolerance: 1e-10, measure: .residualSup, maxSteps: 1000)
    var run = Run(map: problem.map, start: problem.start, solver: Picard(), stopping: stopping)
    run.runToEnd()
    #expect(run.outcome == .converged)
    #expect(run.stepCount == 105)
    #expect(Distance.sup(run.iterate.span, problem.fixedPoint.span) <= 1e-9)
  }

  @Test func borderedGoldenTrace() {
    let run = Self.golden(Anderson.bordered())
    #expect(run.outcome == .converged)
    #expect(run.trace.last?.evaluations == 135)
    let printed = [1.130633423723e-01, 5.975280056275e-02, 1.802813109511e-02, 9.585666106862e-04]
    for (row, expected) in zip(run.trace[2...], printed) {
      // The bordered system magnifies rounding, and that depends on the BLAS kernel and on where vectors lie in memory.
      #expect(abs(row.residualAbsolute - expected) <= 1e-11 * expected, "evaluation \(row.evaluations)")
    }
  }

  @Test(arguments: [Anderson(), Anderson(window: 3), Anderson(kind: .typeI), Anderson(window: 10)])
  func qrGoldenTrace(solver: Anderson) {
    let run = Self.golden(solver)
    #expect(run.outcome == .converged)
    #expect(run.stepCount <= 16)
  }

  /// On an affine map of n unknowns, both types end after n + 1 differences, like GMRES and its kin.
  ///
  /// Source: Walker, Ni 2011, theorem 2.2.
  @Test(arguments: [Anderson.Kind.typeI, .typeII])
  func affineMapsEndInDimensionSteps(kind: Anderson.Kind) {
    let problem = KnownProblem.affine
    let stopping = StoppingRule(tolerance: 1e-11, measure: .residualSup, maxSteps: 20)
    var run = Run(map: problem.map, start: problem.start, solver: Anderson(kind: kind), stopping: stopping)
    run.runToEnd()
    #expect(run.outcome == .converged)
    #expect(run.stepCount <= 4 + 2)
  }

  /// Accelerates where plain iteration diverges.
  @Test func convergesOnARepellingFixedPoint() {
    let map = ClosureMap(dimension: 2) { [3 - 2 * $0[0], 1.5 * $0[1] - 1] }
    var run = Run(map: map, start: [0, 0], solver: Anderson())
    run.runToEnd()
    #expect(run.outcome == .converged)
    #expect(abs(run.iterate[0] - 1) <= 1e-9 && abs(run.iterate[1] - 2) <= 1e-9)
  }

  /// f(z) - z is constant: no change tells anything, so the steps are plain ones.
  @Test func aConstantResidualFallsBackToPlainSteps() {
    let map = ClosureMap(dimension: 2) { [$0[0] + 1, $0[1] + 2] }
    var run = Run(map: map, start: [0, 0], solver: Anderson(), stopping: StoppingRule(maxSteps: 9))
    run.runToEnd()
    #expect(run.iterate(at: 9) == [8, 16])
  }
}
