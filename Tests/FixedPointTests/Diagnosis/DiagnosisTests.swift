import Glibc
import LinearAlgebra
import TestSupport
import Testing

@testable import FixedPoint

struct DiagnosisTests {
  private static func run(
    _ start: [Double], _ solver: any FixedPointSolver = Picard(), stopping: StoppingRule = StoppingRule(),
    _ f: @escaping @Sendable ([Double]) -> [Double]
  ) -> Run<ClosureMap> {
    var run = Run(map: ClosureMap(dimension: start.count, f), start: start, solver: solver, stopping: stopping)
    run.runToEnd()
    return run
  }

  static func layer(_ weight: Matrix, bias: [Double], _ activation: FieldValues) throws -> Network {
    let shape = Shape([bias.count])
    let context = OperatorContext(incoming: shape, state: shape, input: nil)
    let square = Tensor(shape: Shape([weight.rows, weight.columns]), values: weight.values)
    return try Network(
      stateShape: shape,
      operators: [
        try Dense(FieldValues(["weight": .tensor(square)]), in: context),
        try Inject(FieldValues(["bias": .tensor(Tensor(vector: bias))]), in: context),
        try Activate(activation, in: context),
      ])
  }

  @Test func nothingIsFoundWhereARunConverged() {
    let run = Self.run([3]) { [0.5 * $0[0] + 1] }
    #expect(run.outcome == .converged)
    #expect(Diagnosis(run).findings.isEmpty)
    #expect(Diagnosis(run).suggestions(for: run).isEmpty)
  }

  // MARK: Divergence

  /// The second unit grows by 1.5 a step, the first dies out.
  @Test func growthAndItsUnit() throws {
    let run = Self.run([1, 1]) { [0.1 * $0[0], 1.5 * $0[1]] }
    guard case .divergence(let found)? = Diagnosis(run).findings.first else {
      Issue.record("no divergence")
      return
    }
    // ‖r‖² = (0.9 · 0.1^k)² + (0.5 · 1.5^k)² is 1.06, 0.57, 1.27, …: least at the second step.
    #expect(found.onset == 2)
    #expect(found.unit == 1)
    #expect(abs(found.growth - 1.5) <= 1e-9)
  }

  @Test func valuesThatAreNotFinite() throws {
    let weight = Matrix(rows: 2, columns: 2, values: [0.5, 0, -1, 0.1])
    let network = try Self.layer(weight, bias: [1, 1], FieldValues(["kind": .text("sqrt")]))
    // Unit 1 sees -z_0 + 0.1 z_1 + 1, which is negative at the first step.
    var run = Run(map: network, start: [2, 2], solver: Picard())
    run.runToEnd()
    let place = Finding.NonFinite.Place.operator(position: 2, name: "activation")
    #expect(Diagnosis(run).findings == [.nonFinite(Finding.NonFinite(step: 1, place: place, unit: 1))])
  }

  @Test func valuesThatAreNotFiniteOffPipelines() {
    let run = Self.run([1, 1]) { [$0[0] / 2, $0[0] < 0.2 ? .nan : $0[1] / 3] }
    #expect(Diagnosis(run).findings.contains(.nonFinite(Finding.NonFinite(step: 4, place: .image, unit: 1))))
    let overflow = Self.run([1, 1], Damped(factor: 1)) { [$0[0], $0[1] > 5 ? .infinity : 10 * $0[1]] }
    #expect(Diagnosis(overflow).findings.contains(.nonFinite(Finding.NonFinite(step: 2, place: .image, unit: 1))))
  }

  // MARK: Cycles

  /// (a, b, c) -> (b, c, a) with entries 0, 1, 5: every unit takes all values.
  @Test func periodAndAmplitudes() {
    let run = Self.run([0, 1, 5, 2]) { [$0[1], $0[2], $0[0], 2] }
    let expected = Finding.Cycle(period: 3, amplitudes: [2.5, 2.5, 2.5, 0], unit: 0)
    #expect(Diagnosis(run).findings == [.cycle(expected)])
  }

  // MARK: Stalls

  @Test func kindsOfStalls() {
    let drifting = Self.run([0, 0]) { [0.5 * $0[0], $0[1] - 1] }
    #expect(drifting.outcome == .stalled)
    #expect(Diagnosis(drifting).findings == [.stall(.drifting(unit: 1))])

    let turning = Self.run([2, 1], stopping: StoppingRule(maxSteps: 3000)) { z in
      [cos(1) * z[0] - sin(1) * z[1], sin(1) * z[0] + cos(1) * z[1]]
    }
    #expect(turning.outcome == .stalled)
    #expect(Diagnosis(turning).findings == [.stall(.wandering)])
  }

  @Test func theRoundingFloorSuggestsATolerance() throws {
    let stopping = StoppingRule(tolerance: 1e-300, measure: .residualSup)
    let run = Self.run([1], stopping: stopping) { z in [z[0] == 1 ? 1.0.nextUp : 1] }
    let diagnosis = Diagnosis(run)
    #expect(diagnosis.findings == [.stall(.roundingFloor(attained: .ulpOfOne))])
    let first = try #require(diagnosis.suggestions(for: Self.withJacobian(run)).first)
    #expect(first.remedy == .tolerance(2 * .ulpOfOne))
  }

  /// The same run on a map with a Jacobian, which a search for suggestions asks for.
  private static func withJacobian(_ run: Run<ClosureMap>) -> Run<ClosureMap> {
    let map = ClosureMap(dimension: 1, jacobian: { _ in Matrix(rows: 1, columns: 1) }, run.map.image)
    var copy = Run(map: map, start: run.start, solver: run.solver, stopping: run.stopping)
    copy.runToEnd()
    return copy
  }

  /// A solver whose step does nothing.
  private struct Idle: FixedPointSolver {
    static let description = MethodDescription("idle", summary: "stays where it is")
    init() {}
    init(_ options: FieldValues) throws(FieldError) {}
    var options: FieldValues { FieldValues() }

    struct State: SolverState {
      let iterate: [Double]
      let image: [Double]
      var evaluations: Int
    }

    func start(_ map: some FixedPointMap, at iterate: [Double], image: [Double], evaluations: Int) -> State {
      State(iterate: iterate, image: image, evaluations: evaluations)
    }

    func advance(_ state: inout State, on map: some FixedPointMap, using workspace: inout Workspace) {
      state.evaluations += 1
    }
  }

  @Test func aFrozenIterate() {
    let run = Self.run([1, 2], Idle()) { [0.5 * $0[0], 0.5 * $0[1]] }
    #expect(run.outcome == .stalled)
    #expect(Diagnosis(run).findings == [.stall(.frozen)])
  }

  // MARK: Slowness

  /// z -> 0.9 z from 1: the residual of row k is 0.1 · 0.9^(k - 1).
  @Test func stepsThatAreLeft() throws {
    let stopping = StoppingRule(tolerance: 1e-6, measure: .residualAbsolute, maxSteps: 40)
    let run = Self.run([1], stopping: stopping) { [0.9 * $0[0]] }
    guard case .slow(let found)? = Diagnosis(run).findings.first else {
      Issue.record("no slowness")
      return
    }
    #expect(abs(found.ratio - 0.9) <= 1e-12)
    // 0.1 · 0.9^(k - 1) <= 1e-6 from k = 111 on.
    #expect(found.remainingSteps == 71)
    let still = Self.run([0, 1], stopping: stopping) { [$0[1], -$0[0]] }
    if case .slow(let found)? = Diagnosis(still).findings.first { #expect(found.remainingSteps == nil) }
  }

  // MARK: The cone

  @Test func leavingTheCone() {
    let map: @Sendable ([Double]) -> [Double] = { [0.5 * $0[0] + 1, $0[1] - 0.4] }
    let run = Self.run([1, 1], stopping: StoppingRule(measure: .thompson, maxSteps: 9), map)
    // The second entry is 1, 0.6, 0.2, and the image of that is -0.2, at the third step.
    let expected = Finding.ConeExit(step: 3, unit: 1, isIterate: false, value: 0.2 - 0.4)
    guard case .leftCone(let found)? = Diagnosis(run).findings.last else {
      Issue.record("no exit")
      return
    }
    #expect(found.step == expected.step && found.unit == 1 && !found.isIterate)
    #expect(abs(found.value - expected.value) <= 1e-15)
    let unconcerned = Self.run([1, 1], stopping: StoppingRule(maxSteps: 9), map)
    #expect(!Diagnosis(unconcerned).findings.contains { if case .leftCone = $0 { true } else { false } })
    #expect(
      Diagnosis(unconcerned, needsCone: true).findings.contains { if case .leftCone = $0 { true } else { false } })
  }

  @Test func aBreakdownIsAFinding() {
    let run = Self.run([1, 1], ForwardBackward()) { $0 }
    guard case .breakdown(.needs(let method, _))? = Diagnosis(run).findings.first else {
      Issue.record("no breakdown")
      return
    }
    #expect(method == "forward-backward")
  }

  // MARK: Suggestions

  /// The suggestion does what it says: from the start, by the run's rule, with the evaluations it names.
  private func expectHonest(_ suggestions: [Suggestion], for run: Run<Network>) throws {
    for suggestion in suggestions {
      guard case .method = suggestion.remedy else { continue }
      var again = Run(
        map: run.map, start: run.start, solver: try #require(suggestion.solver), stopping: run.stopping)
      again.runToEnd()
      #expect(again.outcome == .converged, "\(suggestion)")
      #expect(again.trace.last?.evaluations == suggestion.evaluations)
    }
    let counts = suggestions.compactMap(\.evaluations)
    #expect(counts == counts.sorted())
  }

  private func damping(_ suggestions: [Suggestion]) -> DampingRange? {
    suggestions.lazy.compactMap {
      if case .spectrum(let range, _) = $0.reason { range } else { nil }
    }.first
  }

  /// tanh of a quarter turn with gain 2: a cycle of four steps about 0, where the eigenvalues are ±2i.
  @Test func aQuarterTurnIsDamped() throws {
    let turn = Matrix(rows: 2, columns: 2, values: [0, -2, 2, 0])
    let network = try Self.layer(turn, bias: [0, 0], FieldValues(["kind": .text("tanh")]))
    var run = Run(map: network, start: [1, 1], solver: Picard(), stopping: StoppingRule(measure: .residualAbsolute))
    run.runToEnd()
    #expect(run.outcome == .cycle(period: 4))
    let suggestions = Diagnosis(run).suggestions(for: run)
    try expectHonest(suggestions, for: run)
    let range = try #require(damping(suggestions))
    #expect(abs(range.limit - 0.4) <= 1e-6 && abs(range.best - 0.2) <= 1e-6)
    let isMonotone = suggestions.contains { if case .monotone = $0.reason { true } else { false } }
    #expect(isMonotone)
  }

  /// Monotone layers on which plain iteration fails: a damping factor exists at the fixed point, and one is suggested.
  @Test func seededLayersAreDamped() throws {
    var failures = 0
    for seed in 0..<8 as Range<UInt64> {
      let network = try MonotoneNetworks.network(
        seed: 300 + seed, count: 8, strength: 0.8, scale: 0.9, activation: FieldValues(["kind": .text("tanh")]))
      var run = Run(map: network, start: Array(repeating: 1, count: 8), solver: Picard())
      run.runToEnd()
      if run.outcome == .converged { continue }
      failures += 1
      let suggestions = Diagnosis(run).suggestions(for: run)
      try expectHonest(suggestions, for: run)
      #expect(damping(suggestions) != nil, "seed \(seed)")
    }
    #expect(failures >= 4)
  }

  @Test(.enabled(if: FixedPointOracle.isAvailable))
  func theMonotoneOracleIsSplit() throws {
    let oracle = try #require(FixedPointOracle.all.first { $0.name == "mondeq" })
    var run = Run(map: oracle.network, start: oracle.start, solver: Picard())
    run.runToEnd()
    let suggestions = Diagnosis(run).suggestions(for: run)
    try expectHonest(suggestions, for: run)
    let isMonotone = suggestions.contains { if case .monotone = $0.reason { true } else { false } }
    #expect(isMonotone)
  }

  /// Theorem 9: W = [[-3, 1], [-1, -3]] has Metzler abscissa -2, so that τ = 1/4 contracts at 3/4 on any start.
  @Test func averagedByTheMatrixMeasure() throws {
    let weight = Matrix(rows: 2, columns: 2, values: [-3, 1, -1, -3])
    let network = try Self.layer(weight, bias: [0.5, -0.2], FieldValues(["kind": .text("tanh")]))
    var run = Run(map: network, start: [1, 1], solver: Picard())
    run.runToEnd()
    #expect(run.outcome != .converged)
    let suggestions = Diagnosis(run).suggestions(for: run)
    try expectHonest(suggestions, for: run)
    let found = suggestions.compactMap { suggestion -> [Double]? in
      guard case .matrixMeasure(let factor, let rate) = suggestion.reason else { return nil }
      return [factor, rate]
    }
    #expect(found == [[0.25, 0.75]])
  }
}
