import FixedPoint
import Glibc
import TestSupport
import Testing

struct OutcomeTests {
  static func run(
    _ start: [Double], _ solver: any FixedPointSolver = Picard(), tolerance: Double = 1e-10, maxSteps: Int = 1000,
    measure: Measure = .residualRelative, _ f: @escaping @Sendable ([Double]) -> [Double]
  ) -> Run<ClosureMap> {
    let stopping = StoppingRule(tolerance: tolerance, measure: measure, maxSteps: maxSteps)
    var run = Run(map: ClosureMap(dimension: start.count, f), start: start, solver: solver, stopping: stopping)
    run.runToEnd()
    return run
  }

  /// A contraction by `factor` and a turn by `angle` about (1, 1).
  static func spiral(_ factor: Double, angle: Double) -> @Sendable ([Double]) -> [Double] {
    let (c, s) = (factor * cos(angle), factor * sin(angle))
    return { z in
      let (x, y) = (z[0] - 1, z[1] - 1)
      return [1 + c * x - s * y, 1 + s * x + c * y]
    }
  }

  // MARK: Convergence

  @Test func zeroResidualIsConvergedUnderAnyMeasure() {
    for measure in Measure.allCases {
      let run = Self.run([0, -1], tolerance: 0, measure: measure) { $0 }
      #expect(run.outcome == .converged)
      #expect(run.stepCount == 1)
      #expect(run.trace[0].residualRelative == 0)
    }
  }

  @Test func relativeResidualIsUndefinedOverAZeroImage() {
    let run = Self.run([1, 1], maxSteps: 1) { _ in [0, 0] }
    #expect(run.trace[0].residualRelative == nil)
    #expect(run.outcome == .maxSteps)
  }

  @Test func noStepsAllowed() {
    let run = Self.run([1], maxSteps: 0) { $0 }
    #expect(run.outcome == .maxSteps && run.trace.isEmpty)
  }

  // MARK: Divergence

  @Test func growthPastTheBound() {
    let run = Self.run([1], maxSteps: 1000) { [2 * $0[0]] }
    #expect(run.outcome == .diverged)
    // The residual of step k is 2^(k-1), and 2^39 < 1e12 < 2^40.
    #expect(run.stepCount == 41)
  }

  @Test(arguments: [Double.nan, .infinity])
  func nonFiniteValues(bad: Double) {
    let run = Self.run([1, 1]) { [$0[0] / 2, $0[0] < 0.2 ? bad : $0[1] / 3] }
    #expect(run.outcome == .diverged)
    #expect(run.stepCount == 4)
    #expect(run.trace[3].residualSup == .infinity && run.trace[3].residualRelative == nil)
    #expect(run.trace[3].ratioSup == nil && run.trace[3].thompson == nil)
  }

  @Test func largeNumbersAreNotDivergence() {
    let run = Self.run([1e200]) { [0.5 * $0[0] + 1e200] }
    #expect(run.outcome == .converged)
  }

  // MARK: Cycles

  @Test(arguments: 2...7)
  func permutationsCycle(period: Int) {
    let start = (0..<period).map { Double($0 * $0) }
    let run = Self.run(start) { z in (0..<period).map { z[($0 + 1) % period] } }
    #expect(run.outcome == .cycle(period: period))
    #expect(run.stepCount <= 3 * period + 2)
  }

  /// The logistic map at 3.2 and 3.5 has attracting cycles of 2 and 4, in a window at 3.83 one of 3.
  @Test(arguments: [(3.2, 2), (3.5, 4), (3.83, 3)])
  func attractingCyclesAreFound(rate: Double, period: Int) {
    let run = Self.run([0.3]) { [rate * $0[0] * (1 - $0[0])] }
    #expect(run.outcome == .cycle(period: period))
    #expect(run.stepCount <= 400)
  }

  /// z -> -tanh(2 z) + slowly decaying second coordinate: the 2-cycle is approached at rate 0.97.
  @Test func aSlowlyApproachedCycleIsFoundSoon() {
    let run = Self.run([0.5, 1]) { [-tanh(2 * $0[0]), 0.97 * $0[1]] }
    #expect(run.outcome == .cycle(period: 2))
    // 0.97^k falls below 1e-8 of the step, 1.9, at k = 585.
    #expect(run.stepCount >= 500 && run.stepCount <= 800)
  }

  @Test func longCycles() {
    let period = 60
    let start = (0..<period).map { Double($0) }
    let run = Self.run(start, maxSteps: 4 * period) { z in (0..<period).map { z[($0 + 1) % period] } }
    #expect(run.outcome == .cycle(period: period))
  }

  @Test(arguments: [3.7, 3.9, 4] as [Double])
  func chaosIsNeitherConvergedNorACycle(rate: Double) {
    let run = Self.run([0.3], maxSteps: 5000) { [rate * $0[0] * (1 - $0[0])] }
    #expect(run.outcome == .maxSteps)
  }

  @Test func slowSpiralsAreNotCycles() {
    for turns in [2, 3, 5, 8, 12] {
      for factor in [0.999_999, 0.999_99, 0.9999] {
        let run = Self.run([2, 3], maxSteps: 2000, Self.spiral(factor, angle: 2 * Double.pi / Double(turns)))
        #expect(run.outcome == .maxSteps, "\(turns) steps a turn, factor \(factor)")
      }
    }
  }

  // MARK: Stalls

  @Test(arguments: [0.99, 0.999, 0.999_99])
  func slowContractionIsNotAStall(factor: Double) {
    let run = Self.run([3, -1], tolerance: 1e-300, maxSteps: 3000) { z in [factor * z[0], factor * z[1]] }
    #expect(run.outcome == .maxSteps)
  }

  @Test func aConstantResidualIsAStall() {
    let run = Self.run([0]) { [$0[0] + 1] }
    #expect(run.outcome == .stalled)
    #expect(run.stepCount <= 401)
  }

  @Test func aTurnWithoutContractionIsAStall() {
    let run = Self.run([2, 1], maxSteps: 3000, Self.spiral(1, angle: 1))
    #expect(run.outcome == .stalled)
  }

  @Test func theRoundingFloorIsAStall() {
    let problem = KnownProblem.affine
    let stopping = StoppingRule(tolerance: 1e-300, maxSteps: 100_000)
    for solver in [Picard(), Damped(factor: 0.3), Anderson()] as [any FixedPointSolver] {
      // A scale of one third makes sure that the fixed point itself is not a number of the machine.
      let map = ClosureMap(dimension: 4) { z in problem.map.image(of: z.map { $0 * 3 }).map { $0 / 3 + 0.1 } }
      var run = Run(map: map, start: problem.start, solver: solver, stopping: stopping)
      run.runToEnd()
      #expect(run.outcome == .stalled || run.trace.last?.residualSup == 0, "\(run.stepCount) steps")
      #expect(run.stepCount < 1000)
    }
  }

  @Test func roundingCyclesAreStalls() {
    // The iterate ends in flipping its last bit.
    let run = Self.run([1], tolerance: 1e-300) { z in [z[0] == 1 ? 1.0.nextUp : 1] }
    #expect(run.outcome == .stalled)
  }

  /// Near a saddle the residual is tiny and then grows: neither a stall nor convergence at a tight tolerance.
  @Test func aSaddleIsPassed() {
    let run = Self.run([1e-13], tolerance: 1e-15, measure: .residualSup) { [tanh(1.05 * $0[0])] }
    #expect(run.outcome == .converged)
    #expect(run.iterate[0] > 0.3)
  }

  @Test func aTransientHumpIsNotAStall() {
    // The residual dips to 1e-9 beside the saddle at 0, rises to 1e-2 and then falls slowly for thousands of steps.
    let run = Self.run([1e-7], tolerance: 1e-12, maxSteps: 20_000, measure: .residualSup) { z in
      [z[0] + 0.01 * z[0] * (1 - z[0])]
    }
    #expect(run.outcome == .converged)
  }
}
