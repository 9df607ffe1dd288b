import FixedPoint
import Glibc
import LinearAlgebra
import TestSupport
import Testing

struct AcceleratedMethodTests {
  static func run(
    _ map: ClosureMap, from start: [Double], _ solver: any FixedPointSolver, tolerance: Double = 1e-10,
    maxSteps: Int = 200
  ) -> Run<ClosureMap> {
    let stopping = StoppingRule(tolerance: tolerance, measure: .residualSup, maxSteps: maxSteps)
    var run = Run(map: map, start: start, solver: solver, stopping: stopping)
    run.runToEnd()
    return run
  }

  static let identity: @Sendable ([Double]) -> Matrix = { .identity($0.count) }

  // MARK: Golden traces

  @Test func broydenGoldenTrace() {
    let run = AndersonTests.golden(Broyden())
    let printed = [2.217892857527e-01, 1.581773624835e-01, 7.426046089677e-02, 3.110470066305e-02]
    for (row, expected) in zip(run.trace[1...], printed) {
      #expect(abs(row.residualAbsolute - expected) <= 5e-13, "evaluation \(row.evaluations)")
    }
    // 12 steps from the start, whose residual is the first row.
    #expect(run.outcome == .converged)
    #expect(run.stepCount == 13)
  }

  @Test func newtonGoldenTrace() {
    for solver in [Newton(), NewtonKrylov()] as [any FixedPointSolver] {
      let run = AndersonTests.golden(solver)
      #expect(run.outcome == .converged)
      #expect(run.evaluations <= 8, "\(solver.name): \(run.evaluations)")
    }
  }

  // MARK: What theory says of affine maps

  /// One Newton step solves an affine map.
  @Test func newtonSolvesAffineMapsInOneStep() {
    let problem = KnownProblem.affine
    #expect(Self.run(problem.map, from: problem.start, Newton(), tolerance: 1e-12).evaluations == 2)
  }

  /// A cycle of n plain steps extrapolates to the limit: n + 2 evaluations with the one that sees it.
  ///
  /// Source: Sidi 2017, theorem 1.8.
  @Test(arguments: [ReducedRank(), MinimalPolynomial()] as [any FixedPointSolver])
  func extrapolationSolvesAffineMapsInOneCycle(solver: any FixedPointSolver) {
    let problem = KnownProblem.affine
    #expect(Self.run(problem.map, from: problem.start, solver, tolerance: 1e-11).evaluations == 6)
  }

  /// Broyden's method ends within 2 n steps.
  ///
  /// Source: Gay, *Some convergence properties of Broyden's method*, SINUM 16 (1979), theorem 2.2.
  @Test func broydenSolvesAffineMapsInTwiceTheDimension() {
    let problem = KnownProblem.affine
    #expect(Self.run(problem.map, from: problem.start, Broyden(), tolerance: 1e-9).evaluations <= 2 * 4 + 2)
  }

  /// In one dimension Aitken's process is exact on affine maps: two images give the limit.
  @Test func aitkenSolvesAffineMapsOfOneUnknown() {
    let problem = KnownProblem.linear
    #expect(Self.run(problem.map, from: problem.start, Aitken(), tolerance: 1e-14).evaluations == 3)
  }

  // MARK: Safeguards

  /// f is defined near 0 only: accelerated steps that leave its domain are refused, and cost an evaluation.
  @Test(arguments: [Anderson(), Broyden(), Aitken(), ReducedRank(window: 1)] as [any FixedPointSolver])
  func stepsOutOfTheDomainAreRefused(solver: any FixedPointSolver) {
    // Plain iteration falls slowly to 0; a secant through its first steps leads below 0, off the domain.
    let map = ClosureMap(dimension: 1) { [$0[0] < 0 ? .nan : $0[0] - 0.5 * $0[0] * $0[0].squareRoot()] }
    let run = Self.run(map, from: [1], solver, tolerance: 1e-6, maxSteps: 1000)
    #expect(run.outcome == .converged)
    #expect(run.trace.allSatisfy { $0.residualSup.isFinite })
  }

  /// A residual that does not depend on z has no secant, and I - J is zero: all steps are plain.
  @Test(arguments: MethodTable.accelerated.filter { !MethodTable.needsCone($0) })
  func aConstantResidualGivesPlainSteps(solver: any FixedPointSolver) {
    let map = ClosureMap(dimension: 2, jacobian: Self.identity) { [$0[0] + 1, $0[1] + 2] }
    let run = Self.run(map, from: [0, 0], solver, maxSteps: 9)
    #expect(run.iterate(at: 9) == [8, 16])
    #expect(run.evaluations == 9)
  }

  /// Newton's whole step overshoots further and further on arctan from 3; parts of it do not.
  @Test func newtonIsDamped() {
    let slope: @Sendable ([Double]) -> Matrix = {
      Matrix(rows: 1, columns: 1, values: [1 - 1 / (1 + $0[0] * $0[0])])
    }
    let map = ClosureMap(dimension: 1, jacobian: slope) { [$0[0] - atan($0[0])] }
    let run = Self.run(map, from: [3], Newton(), tolerance: 1e-12)
    #expect(run.outcome == .converged)
    #expect(run.evaluations > run.stepCount && run.evaluations <= 12)
    for (row, next) in zip(run.trace, run.trace.dropFirst()) { #expect(next.residualSup < row.residualSup) }
  }

  /// Jacobians and products are counted apart from evaluations of f.
  @Test func derivativesAreCounted() throws {
    let problem = KnownProblem.golden
    let image = problem.map.image(of: problem.start)
    var workspace = Workspace()
    var dense = Newton().startState(problem, image)
    var krylov = NewtonKrylov().startState(problem, image)
    for _ in 0..<3 {
      try Newton().advance(&dense, on: problem.map, using: &workspace)
      try NewtonKrylov().advance(&krylov, on: problem.map, using: &workspace)
    }
    #expect(dense.evaluations == 4 && dense.derivatives == 3)
    #expect(krylov.evaluations == 4 && krylov.derivatives >= 3 && krylov.derivatives <= 3 * 6)
  }

  // MARK: Logarithms

  @Test(arguments: [AndersonLog(), NewtonLog()] as [any FixedPointSolver])
  func logarithmsNeedTheOpenCone(solver: any FixedPointSolver) {
    for start in [[-1.0, 2], [0, 2], [9, 2]] {
      let map = ClosureMap(dimension: 2, jacobian: Self.identity) { [5 - $0[0], $0[1]] }
      let run = Self.run(map, from: start, solver)
      guard case .failed(.needs(let method, _)) = run.outcome else {
        Issue.record("\(start): \(String(describing: run.outcome))")
        continue
      }
      #expect(method == solver.name)
    }
  }

  /// log f(exp u) is affine for f(z) = sqrt(2 z): one Newton step, and n + 2 steps of Anderson's.
  @Test func monomialMapsAreAffineInLogarithms() {
    let problem = KnownProblem.positive
    #expect(Self.run(problem.map, from: problem.start, NewtonLog(), tolerance: 1e-13).evaluations == 2)
    let run = Self.run(problem.map, from: problem.start, AndersonLog(), tolerance: 1e-12)
    #expect(run.outcome == .converged && run.evaluations <= 3 + 2)
  }

  /// Going back and on again gives the same rows, with all states stored or hardly any.
  @Test(arguments: [AndersonLog(), NewtonLog()] as [any FixedPointSolver])
  func logarithmsTruncateExactly(solver: any FixedPointSolver) throws {
    let map = RandomNetwork.normalized.make(size: 10, gain: 1, seed: 4)
    for budget in [64 << 20, 2000] {
      var run = Run(map: map, start: Array(repeating: 1, count: 10), solver: solver, budget: budget)
      run.runToEnd()
      let whole = run
      #expect(whole.outcome == .converged)
      for step in (0..<whole.stepCount).reversed() {
        run.truncate(to: step)
        run.runToEnd()
        #expect(run.trace == whole.trace && run.iterate == whole.iterate)
      }
    }
  }

  @Test func logarithmsStayInTheCone() {
    let map = RandomNetwork.normalized.make(size: 10, gain: 1, seed: 4)
    for solver in [AndersonLog(), NewtonLog()] as [any FixedPointSolver] {
      var run = Run(map: map, start: Array(repeating: 1, count: 10), solver: solver)
      run.runToEnd()
      #expect(run.outcome == .converged)
      for step in 1...run.stepCount { #expect(run.iterate(at: step).allSatisfy { $0 > 0 }) }
    }
  }
}

extension NewtonMethod {
  fileprivate func startState(_ problem: KnownProblem, _ image: [Double]) -> NewtonState {
    do {
      return try start(problem.map, at: problem.start, image: image, evaluations: 1)
    } catch {
      preconditionFailure("the golden map suits Newton's methods: \(error)")
    }
  }
}
