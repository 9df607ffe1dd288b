import Glibc
import LinearAlgebra
import TestSupport
import Testing

@testable import FixedPoint

/// A relative residual that is small because the iterate is huge is no convergence.
struct GrowthTests {
  static func run(
    _ network: Network, _ start: [Double], _ solver: any FixedPointSolver, _ stopping: StoppingRule = StoppingRule()
  ) -> Run<Network> {
    var run = Run(map: network, start: start, solver: solver, stopping: stopping)
    run.runToEnd()
    return run
  }

  /// z + 1, and a map whose step has length 1 everywhere: neither has a fixed point.
  @Test(arguments: ["anderson-log-z-plus-1", "convfar-16-broyden"])
  func noMethodConvergesWhereThereIsNoFixedPoint(name: String) throws {
    let problem = try CaseRun("solvers", name + ".deq.json")
    let start = [Double](repeating: 1, count: problem.network.dimension)
    for tolerance in [1e-4, 1e-7, 1e-10] {
      for solver in MethodTable.all {
        let stopping = StoppingRule(tolerance: tolerance, maxSteps: 3000)
        let run = Self.run(problem.network, start, solver, stopping)
        #expect(run.outcome != .converged, "\(solver.name) at \(tolerance): \(run.iterate)")
        let solution = problem.network.solve(from: start, by: solver, stopping: stopping)
        #expect(solution.outcome == run.outcome && solution.steps == run.stepCount, "\(solver.name)")
      }
    }
  }

  /// Anderson's leaps in logarithms go past every bound; an absolute residual that rounding has swallowed is none.
  /// Hilbert's distance is no matter of size: in one dimension it is 0 everywhere.
  @Test(arguments: Measure.allCases.filter { $0 != .hilbert })
  func leapsPastTheBoundDiverge(measure: Measure) throws {
    let problem = try CaseRun("solvers", "anderson-log-z-plus-1.deq.json")
    let run = Self.run(problem.network, [1], AndersonLog(), StoppingRule(measure: measure))
    #expect(run.outcome == .diverged || run.outcome == .stalled, "\(measure): \(run.outcome as Any) \(run.iterate)")
    let rows = Batch(problem.network, count: 3).solve(
      from: Matrix(rows: 3, columns: 1, values: [1, 1, 1]), by: AndersonLog(), stopping: StoppingRule(measure: measure))
    for solution in rows { #expect(solution.outcome == run.outcome && solution.steps == run.stepCount) }
  }

  /// z/2 + 1e9 goes to 2e9.
  @Test func largeFixedPointsAreReached() throws {
    let network = try Network(2, [.scale(0.5), .inject([1e9, 1e9])])
    for solver in MethodTable.all where !MethodTable.needsCone(solver) {
      for start in [0, 1, 1e6] {
        let run = Self.run(network, [start, start], solver)
        #expect(run.outcome == .converged, "\(solver.name) from \(start)")
        for entry in run.iterate { #expect(abs(entry - 2e9) <= 1) }
      }
    }
  }

  /// z + 1 - z/1e12 = 0.999999999999 z + 1: far away, but there. Its residual is 1 at 0 and about 2e-4, the rounding of
  /// 1e12, at the end.
  @Test func aFixedPointFarFromItsStartIsReached() throws {
    let network = try Network(1, [.scale(1 - 1e-12), .inject([1])])
    for solver in [Anderson(), Newton(), Broyden()] as [any FixedPointSolver] {
      let run = Self.run(network, [0], solver)
      #expect(run.outcome == .converged, "\(solver.name)")
      #expect(abs(run.iterate[0] / 1e12 - 1) <= 1e-3, "\(solver.name): \(run.iterate)")
    }
  }

  /// 1e9 tanh(2z/1e9) from beside its unstable fixed point 0: the residual is 1e-3 at first, 5e8 on the way and below
  /// 0.1 at the end, 0.957504024e9, where tanh(2t) = t.
  @Test func aStartBesideAnotherFixedPointIsLeft() throws {
    let network = try Network(1, [.scale(2e-9), .activation(.tanh), .scale(1e9)])
    let run = Self.run(network, [1e-3], Picard())
    #expect(run.outcome == .converged)
    let t = run.iterate[0] / 1e9
    #expect(abs(tanh(2 * t) - t) <= 1e-9 && abs(t - 0.957504024) <= 1e-7)
  }

  @Test func aRunThatGoesBackIsJudgedAsBefore() throws {
    let problem = try CaseRun("solvers", "anderson-log-z-plus-1.deq.json")
    var run = Self.run(problem.network, [1], AndersonLog())
    let whole = run
    run.truncate(to: run.stepCount / 2)
    #expect(run.outcome == nil)
    run.runToEnd()
    #expect(run.outcome == whole.outcome && run.trace == whole.trace)
  }

  // MARK: What a residual says of the distance

  /// z + exp(-z): f(z) - z = exp(-z) = 1 - ρ, a Newton step is 1 long everywhere, and there is no fixed point.
  @Test(arguments: [(Anderson() as any FixedPointSolver, 1e-10), (Picard(), 1e-4)])
  func theResidualSaysNothingWhereThereIsNoFixedPoint(solver: any FixedPointSolver, tolerance: Double) throws {
    let problem = try CaseRun("solvers", "log_growth.deq.json")
    let stopping = StoppingRule(tolerance: tolerance, maxSteps: 3000)
    let run = Self.run(problem.network, problem.start, solver, stopping)
    let estimate = try #require(run.distanceEstimate)
    #expect(abs(try #require(estimate.distance) - 1) <= 1e-5)
    #expect(estimate.isOpen)
    let radius = try #require(estimate.spectralRadius)
    #expect(abs(radius - (1 - exp(-run.iterate[0]))) <= 1e-12)
  }

  @Test func aSingularDerivativeHasNoEstimate() throws {
    let network = try Network(1, [.inject([1])])
    let estimate = try #require(DistanceEstimate(of: network, at: [5]))
    #expect(estimate.distance == nil && estimate.isOpen && estimate.spectralRadius == 1)
  }

  /// On an affine map a Newton step ends at the fixed point.
  @Test func theEstimateIsExactOnAffineMaps() throws {
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<40 {
      let rows = generator.gaussianRows(6, 6, gain: 0.8)
      let point = generator.vector(6, in: -3...3)
      let bias = (0..<6).map { i in point[i] - (0..<6).reduce(0) { $0 + rows[i][$1] * point[$1] } }
      let network = try Network(6, [.dense(rows), .inject(bias)])
      let place = generator.vector(6, in: -3...3)
      let distance = Distance.euclidean(place.span, point.span)
      let estimate = try #require(DistanceEstimate(of: network, at: place))
      #expect(abs(try #require(estimate.distance) / distance - 1) <= 1e-9)
      #expect(!estimate.isOpen)
    }
  }

  @Test func contractionsAreNotOpen() throws {
    for factor in [0.5, -0.9, 0.99] {
      let network = try Network(1, [.scale(factor), .inject([1])])
      let run = Self.run(network, [0], Picard(), StoppingRule(maxSteps: 5000))
      #expect(run.outcome == .converged)
      #expect(run.distanceEstimate?.isOpen == false)
    }
  }

  @Test func noEstimateOfWhatIsTooLargeOrNotFinite() throws {
    #expect(DistanceEstimate(of: try Network(513, [.scale(0.5)]), at: [Double](repeating: 1, count: 513)) == nil)
    #expect(DistanceEstimate(of: try Network(1, [.scale(0.5)]), at: [.nan]) == nil)
    #expect(DistanceEstimate(of: try Network(1, [.scale(1e308)]), at: [1e10]) == nil)
  }
}
