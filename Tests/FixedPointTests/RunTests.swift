import FixedPoint
import TestSupport
import Testing

struct RunTests {
  /// z -> z/2 + 1, fixed point 2: every residual is exactly half the one before.
  static let halving = KnownProblem.linear.map

  static func goldenRun(
    _ solver: any FixedPointSolver = Picard(), tolerance: Double = 1e-10, budget: Int = 64 << 20
  ) -> Run<ClosureMap> {
    let problem = KnownProblem.golden
    return Run(
      map: problem.map, start: problem.start, solver: solver, stopping: StoppingRule(tolerance: tolerance),
      budget: budget)
  }

  @Test func rowsAreAboutTheIterateBefore() {
    var run = Run(map: Self.halving, start: [4], solver: Picard(), stopping: StoppingRule(maxSteps: 3))
    #expect(run.stepCount == 0 && run.iterate == [4] && run.iterate(at: 0) == [4] && run.storedSteps.isEmpty)
    run.runToEnd()
    #expect(run.outcome == .maxSteps)
    #expect(run.trace.map(\.residualAbsolute) == [1, 0.5, 0.25])
    let relative: [Double?] = [1 / 3, 0.5 / 2.5, 0.25 / 2.25]
    #expect(run.trace.map(\.residualRelative) == relative)
    #expect(run.trace.map(\.evaluations) == [1, 2, 3])
    #expect(run.trace.map(\.ratioSup) == [nil, 0.5, 0.5])
    #expect((0...3).map { run.iterate(at: $0) } == [[4], [4], [3], [2.5]])
    #expect((1...3).map { run.image(at: $0) } == [[3], [2.5], [2.25]])
    #expect(run.fixedPoint == nil)
    let goesOn = run.advance()
    #expect(!goesOn && run.stepCount == 3)
  }

  @Test func theFixedPointIsTheIterateOfTheLastRow() {
    var run = Self.goldenRun()
    run.runToEnd()
    #expect(run.outcome == .converged)
    #expect(run.fixedPoint == run.iterate(at: run.stepCount))
    #expect(run.trace.last?.residualRelative ?? 1 <= 1e-10)
    #expect(run.trace.dropLast().allSatisfy { ($0.residualRelative ?? 1) > 1e-10 })
  }

  /// The residual is f(z) - z whatever the method does with it.
  @Test func dampingDoesNotShrinkTheResidual() {
    var plain = Run(map: Self.halving, start: [4], solver: Picard())
    var damped = Run(map: Self.halving, start: [4], solver: Damped(factor: 0.125))
    plain.advance(to: 2)
    damped.advance(to: 2)
    #expect(plain.trace[0] == damped.trace[0])
    #expect(damped.iterate(at: 2) == [3.875])
    #expect(damped.trace[1].residualAbsolute == 0.9375)
  }

  @Test func retracingMakesTheSameRowsThroughEveryChange() throws {
    var run = Self.goldenRun(tolerance: 1e-3)
    run.runToEnd()
    run.change(stopping: StoppingRule(tolerance: 1e-12, maxSteps: 40))
    try run.change(solver: Anderson())
    run.advance(to: run.stepCount + 3)
    try run.change(solver: Damped(factor: 0.5))
    run.runToEnd()
    var rows: [TraceRow] = []
    run.retrace { rows.append($0) }
    #expect(rows == run.trace && rows.count == 40)
  }

  @Test func aCopyGoesItsOwnWay() {
    var run = Self.goldenRun()
    run.advance(to: 5)
    let copy = run
    run.advance(to: 20)
    #expect(copy.stepCount == 5 && run.stepCount == 20)
    var other = copy
    other.advance(to: 20)
    #expect(other.trace == run.trace)
  }

  static let solvers: [any FixedPointSolver] = [
    Picard(), Damped(factor: 0.7), Anderson(window: 2, mixing: 0.2), Anderson(window: 3, mixing: 0.1, kind: .typeI),
    Anderson.bordered(window: 3, mixing: 0.5, regularization: 1e-2), Anderson(window: 4, mixing: 0.3, restart: 3),
  ]

  /// Under a budget of a few states most are given up, and what is computed again has the same bits.
  @Test(arguments: solvers)
  func thinnedStatesComeBackExactly(solver: any FixedPointSolver) {
    var full = Self.goldenRun(solver, tolerance: 1e-15)
    var thin = Self.goldenRun(solver, tolerance: 1e-15, budget: 4000)
    full.runToEnd()
    thin.runToEnd()
    #expect(full.trace == thin.trace && full.outcome == thin.outcome)
    #expect(full.storedSteps == Array(1...full.stepCount))
    #expect(thin.storedSteps.count < full.storedSteps.count / 2, "\(thin.storedSteps) of \(full.stepCount)")
    #expect(thin.storedSteps.first == 1 && thin.storedSteps.last == thin.stepCount)
    for step in 1...full.stepCount {
      #expect(full.iterate(at: step) == thin.iterate(at: step))
      #expect(full.image(at: step) == thin.image(at: step))
    }
  }

  @Test(arguments: solvers, [64 << 20, 4000])
  func goingBackAndOnRepeats(solver: any FixedPointSolver, budget: Int) {
    var whole = Self.goldenRun(solver, tolerance: 1e-15, budget: budget)
    whole.runToEnd()
    for step in 0...whole.stepCount {
      var again = whole
      again.truncate(to: step)
      #expect(again.stepCount == step && again.trace == Array(whole.trace[..<step]))
      #expect(again.outcome == (step == whole.stepCount ? whole.outcome : nil))
      again.runToEnd()
      #expect(again.trace == whole.trace && again.outcome == whole.outcome && again.iterate == whole.iterate)
    }
  }

  /// A cycle is found at the same step after going back to any step before.
  @Test(arguments: [64 << 20, 3000])
  func theMonitorGoesBackToo(budget: Int) {
    let map = ClosureMap(dimension: 1) { [3.5 * $0[0] * (1 - $0[0])] }
    var whole = Run(map: map, start: [0.3], solver: Picard(), budget: budget)
    whole.runToEnd()
    #expect(whole.outcome == .cycle(period: 4))
    for step in 1..<whole.stepCount {
      var again = whole
      again.truncate(to: step)
      #expect(again.outcome == nil)
      again.runToEnd()
      #expect(again.trace == whole.trace && again.outcome == whole.outcome)
    }
  }

  @Test func changingTheMethodGoesOnFromTheLastStep() throws {
    var run = Self.goldenRun()
    run.advance(to: 12)
    let before = run
    try run.change(solver: Anderson())
    #expect(run.trace == before.trace && run.iterate == before.iterate && run.outcome == nil)
    run.advance()
    // A first step of Anderson without a past is a plain one.
    let image = before.image(at: 12)
    #expect(Distance.sup(run.iterate.span, image.span) <= 1e-15)
    #expect(run.trace[12].evaluations == 13)
    run.runToEnd()
    #expect(run.outcome == .converged)
    #expect(run.stepCount < 30)
    #expect(run.solver is Anderson && run.solver(at: 13) is Anderson && run.solver(at: 12) is Picard)
    for step in 1...12 { #expect(run.iterate(at: step) == before.iterate(at: step)) }
  }

  @Test(arguments: [64 << 20, 3000])
  func goingBackAcrossAChange(budget: Int) throws {
    var run = Self.goldenRun(Damped(factor: 0.3), tolerance: 1e-15, budget: budget)
    run.advance(to: 40)
    try run.change(solver: Picard())
    run.advance(to: 60)
    try run.change(solver: Anderson(window: 2))
    run.runToEnd()
    for step in [60, 59, 41, 40, 39, 1] {
      var again = run
      again.truncate(to: step)
      #expect(again.storedSteps.last == step)
      again.runToEnd()
      // A change made at a step stays when the run goes back to that step, and is forgotten before it.
      #expect((again.trace == run.trace) == (step >= 60))
      #expect(again.trace.prefix(step) == run.trace.prefix(step))
      #expect(again.solver is Anderson == (step >= 60))
      #expect(again.solver is Damped == (step < 40))
    }
  }

  @Test func changingTheMethodTwiceAtAStepKeepsTheLast() throws {
    var run = Self.goldenRun()
    try run.change(solver: Damped(factor: 0.5))
    #expect(run.solver is Damped)
    run.advance(to: 3)
    try run.change(solver: Anderson())
    try run.change(solver: Picard())
    run.advance(to: 5)
    #expect(run.solver(at: 4) is Picard && run.solver(at: 3) is Damped)
  }

  @Test func anotherMethodMayLeaveACycle() throws {
    let map = ClosureMap(dimension: 1) { [1 - $0[0]] }
    var run = Run(map: map, start: [0], solver: Picard())
    run.runToEnd()
    #expect(run.outcome == .cycle(period: 2))
    try run.change(solver: Damped(factor: 0.5))
    #expect(run.outcome == nil)
    run.runToEnd()
    #expect(run.outcome == .converged && run.fixedPoint == [0.5])
  }

  @Test func changingTheRuleJudgesTheLastRowAgain() {
    var run = Self.goldenRun(tolerance: 1e-3)
    run.runToEnd()
    let steps = run.stepCount
    #expect(run.outcome == .converged)
    run.change(stopping: StoppingRule(tolerance: 1e-6))
    #expect(run.outcome == nil)
    run.runToEnd()
    #expect(run.outcome == .converged && run.stepCount > steps)
    #expect(run.stopping(at: steps).tolerance == 1e-3 && run.stopping(at: steps + 1).tolerance == 1e-6)
    run.truncate(to: steps)
    #expect(run.stopping.tolerance == 1e-6 && run.outcome == nil)
    run.truncate(to: steps - 1)
    #expect(run.stopping.tolerance == 1e-3 && run.outcome == nil)
    run.change(stopping: StoppingRule(tolerance: 1))
    #expect(run.outcome == .converged)
    run.change(stopping: StoppingRule(tolerance: 1e-30, maxSteps: 5))
    #expect(run.outcome == .maxSteps)
  }

  @Test func aMethodThatCannotStartFailsTheRun() throws {
    var run = Self.goldenRun(Refusing(after: 0))
    let goesOn = run.advance()
    #expect(!goesOn && run.outcome == .failed(Refusing.error) && run.trace.isEmpty)
    try run.change(solver: Picard())
    run.runToEnd()
    #expect(run.outcome == .converged)
  }

  @Test func aMethodThatBreaksDownKeepsItsRows() throws {
    var plain = Self.goldenRun()
    plain.runToEnd()
    var run = Self.goldenRun(Refusing(after: 4))
    run.runToEnd()
    #expect(run.outcome == .failed(Refusing.error))
    #expect(run.trace == Array(plain.trace[..<4]))
    run.change(stopping: StoppingRule(tolerance: 1e-11))
    #expect(run.outcome == .failed(Refusing.error))
    run.change(stopping: StoppingRule(tolerance: 1e-10))
    try run.change(solver: Picard())
    run.runToEnd()
    #expect(run.trace == plain.trace && run.outcome == .converged)
  }

  @Test func aRefusedChangeLeavesTheRunAsItWas() {
    var run = Self.goldenRun()
    run.advance(to: 7)
    let before = run
    #expect(throws: SolverError.self) { try run.change(solver: Refusing(after: 0)) }
    #expect(run.trace == before.trace && run.solver is Picard && run.outcome == nil)
    run.runToEnd()
    #expect(run.outcome == .converged)
  }
}

/// Plain steps that end in an error after so many rows; with 0 it refuses to start.
private struct Refusing: FixedPointSolver {
  static let description = MethodDescription("refusing", summary: "fails on purpose")
  static let error = SolverError.singular(method: "refusing", step: 1)

  let rows: Int

  init(after rows: Int) { self.rows = rows }
  init(_ options: FieldValues) throws(FieldError) { rows = 0 }
  var options: FieldValues { FieldValues() }

  func start(
    _ map: some FixedPointMap, at iterate: [Double], image: [Double], evaluations: Int
  ) throws(SolverError) -> PlainState {
    guard rows > 0 else { throw Self.error }
    return Picard().start(map, at: iterate, image: image, evaluations: evaluations)
  }

  func advance(
    _ state: inout PlainState, on map: some FixedPointMap, using workspace: inout Workspace
  ) throws(SolverError) {
    guard state.evaluations < rows else { throw Self.error }
    Picard().advance(&state, on: map, using: &workspace)
  }
}
