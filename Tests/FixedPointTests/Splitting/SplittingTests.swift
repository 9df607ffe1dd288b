import FixedPoint
import LinearAlgebra
import TestSupport
import Testing

struct SplittingTests {
  static let methods: [any FixedPointSolver] = [
    ForwardBackward(), PeacemanRachford(), DouglasRachford(), PeacemanRachford(step: .fixed(0.3)),
    DouglasRachford(step: .fixed(2), factor: 0.7),
  ]

  static let activations: [FieldValues] = [
    FieldValues(["kind": .text("relu")]),
    FieldValues(["kind": .text("tanh"), "shift": .number(0.4)]),
    FieldValues(["kind": .text("softshrink"), "threshold": .number(0.2)]),
    FieldValues(["kind": .text("elu")]),
    FieldValues(["kind": .text("sigmoid"), "shift": .number(-2)]),
  ]

  private static func distance(_ x: [Double], _ y: [Double]) -> Double { Distance.sup(x.span, y.span) }

  // MARK: Fixed points

  @Test(.enabled(if: FixedPointOracle.isAvailable), arguments: methods)
  func monotoneOracle(solver: any FixedPointSolver) throws {
    let oracle = try #require(FixedPointOracle.all.first { $0.name == "mondeq" })
    let stopping = StoppingRule(tolerance: 1e-13, measure: .residualSup, maxSteps: 5000)
    var run = Run(map: oracle.network, start: oracle.start, solver: solver, stopping: stopping)
    run.runToEnd()
    #expect(run.outcome == .converged, "\(solver) \(run.stepCount)")
    let error = Self.distance(run.iterate, oracle.fixedPoints[0].iterate)
    #expect(error <= 1e-10)
  }

  @Test(.enabled(if: FixedPointOracle.isAvailable))
  func monotoneOracleUnderPlainIteration() throws {
    let oracle = try #require(FixedPointOracle.all.first { $0.name == "mondeq" })
    var run = Run(map: oracle.network, start: oracle.start, solver: Picard())
    run.runToEnd()
    #expect(run.outcome != .converged)
  }

  /// The fixed point of a splitting method is one of f: measured by f alone.
  @Test(arguments: methods, activations)
  func convergesWherePlainIterationNeedNot(solver: any FixedPointSolver, activation: FieldValues) throws {
    for seed in 0..<4 as Range<UInt64> {
      let network = try MonotoneNetworks.network(
        seed: seed, count: 12, strength: 0.5, scale: 0.6, activation: activation,
        shift: (0..<12).map { 0.3 * Double($0) - 1 })
      let stopping = StoppingRule(tolerance: 1e-11, measure: .residualSup, maxSteps: 5000)
      var run = Run(map: network, start: Array(repeating: 1, count: 12), solver: solver, stopping: stopping)
      run.runToEnd()
      #expect(run.outcome == .converged, "seed \(seed)")
      #expect(run.trace.last?.evaluations == run.stepCount)
    }
  }

  @Test(arguments: methods)
  func aFixedPointStaysOne(solver: any FixedPointSolver) throws {
    let network = try MonotoneNetworks.network(
      seed: 3, count: 8, strength: 1, scale: 0.4, activation: Self.activations[1])
    var run = Run(
      map: network, start: Array(repeating: 0, count: 8), solver: PeacemanRachford(),
      stopping: StoppingRule(tolerance: 1e-15, measure: .residualSup, maxSteps: 500))
    run.runToEnd()
    var again = Run(
      map: network, start: run.iterate, solver: solver, stopping: StoppingRule(tolerance: 0, maxSteps: 5))
    again.runToEnd()
    for row in again.trace { #expect(row.residualSup <= 1e-13) }
  }

  /// With step 1 forward-backward splitting is plain iteration.
  @Test func stepOneIsPlainIteration() throws {
    let network = try MonotoneNetworks.network(
      seed: 5, count: 6, strength: 1, scale: 0.2, activation: Self.activations[1])
    var split = Run(map: network, start: Array(repeating: 1, count: 6), solver: ForwardBackward(step: .fixed(1)))
    var plain = Run(map: network, start: Array(repeating: 1, count: 6), solver: Picard())
    for step in 2...12 {
      split.advance(to: step)
      plain.advance(to: step)
      #expect(Self.distance(split.iterate, plain.iterate) <= 1e-14)
    }
  }

  // MARK: What every method keeps to

  @Test(arguments: methods)
  func rowsDescribeTheStatesAndComeAgain(solver: any FixedPointSolver) throws {
    let network = try MonotoneNetworks.network(
      seed: 21, count: 7, strength: 0.5, scale: 0.6, activation: Self.activations[1])
    let start = [Double](repeating: 1, count: 7)
    var run = Run(map: network, start: start, solver: solver, stopping: StoppingRule(maxSteps: 30), budget: 4000)
    run.runToEnd()
    for row in run.trace {
      #expect(run.image(at: row.step) == network.image(of: run.iterate(at: row.step)))
      #expect(row.evaluations == row.step)
    }
    var again = run
    again.truncate(to: 11)
    again.runToEnd()
    #expect(again.trace == run.trace && again.iterate == run.iterate)
  }

  @Test(arguments: methods)
  func writesTheOptionsItReads(solver: any FixedPointSolver) throws {
    #expect(try isRestored(solver))
  }

  private func isRestored<Solver: FixedPointSolver>(_ solver: Solver) throws -> Bool {
    try Solver(solver.options) == solver
  }

  @Test(arguments: [FieldValue.number(0), .number(-1), .number(.infinity), .text("best"), .flag(true)])
  func refusedSteps(value: FieldValue) {
    for name in ["forward-backward", "peaceman-rachford", "douglas-rachford"] {
      #expect {
        _ = try MethodCatalog.named(name)?.init(FieldValues(["step": value]))
      } throws: {
        ($0 as? FieldError)?.field == "step"
      }
    }
  }

  /// The lasso of one row: I - W = aᵀa is singular, so that only Douglas-Rachford has a step of its own.
  @Test func semidefiniteMaps() throws {
    let (a, target, threshold) = ([0.6, 0.8], 1.0, 0.1)
    let weight = [1 - a[0] * a[0], -a[0] * a[1], -a[1] * a[0], 1 - a[1] * a[1]]
    let operators: [(any Operator.Type, FieldValues)] = [
      Self.dense(weight), (Inject.self, FieldValues(["bias": .tensor(Tensor(vector: a.map { $0 * target }))])),
      Self.activate("softshrink", ["threshold": .number(threshold)]),
    ]
    #expect(try requirement(operators, ForwardBackward()) != nil)
    #expect(try requirement(operators, PeacemanRachford()) != nil)
    let shape = Shape([2])
    let links = try operators.map { type, fields in
      try type.init(fields, in: OperatorContext(incoming: shape, state: shape, input: nil))
    }
    let stopping = StoppingRule(tolerance: 1e-13, measure: .residualSup)
    var run = Run(
      map: try Network(stateShape: shape, operators: links), start: [3, -2], solver: DouglasRachford(),
      stopping: stopping)
    run.runToEnd()
    #expect(run.outcome == .converged)
    // The larger atom takes all: 0.8 (1 - 0.8 z) = 0.1, z = 0.875/0.8.
    #expect(Self.distance(run.iterate, [0, 0.875 / 0.8]) <= 1e-10)
  }

  // MARK: Rates

  struct Case {
    let network: Network
    let constants: MonotoneConstants
  }

  static func cases() throws -> [Case] {
    try (0..<3 as Range<UInt64>).flatMap { seed in
      try activations.map { activation in
        let network = try MonotoneNetworks.network(
          seed: 100 + seed, count: 9, strength: 0.4, scale: 0.5, activation: activation)
        return Case(network: network, constants: try MonotoneConstants(weight: network.proximalForm().weight))
      }
    }
  }

  /// The states of a method, and the one it ends in.
  private func states<Solver: FixedPointSolver>(
    _ solver: Solver, on network: Network, count: Int
  ) throws -> (first: [Solver.State], limit: Solver.State) {
    let start = Array(repeating: 2.0, count: network.dimension)
    var workspace = Workspace()
    var state = try solver.start(network, at: start, image: network.image(of: start), evaluations: 1)
    var first = [state]
    for step in 1..<6000 {
      try solver.advance(&state, on: network, using: &workspace)
      if step < count {
        first.append(state)
      } else if Self.distance(state.iterate, state.image) <= 1e-15 {
        break
      }
    }
    return (first, state)
  }

  private func expectRate(_ vectors: [[Double]], to limit: [Double], atMost factor: Double) {
    let distances = vectors.map { Distance.euclidean($0.span, limit.span) }
    for (before, after) in zip(distances, distances.dropFirst()) where before > 1e-6 {
      #expect(after <= factor * before + 1e-12, "\(after / before) beyond \(factor)")
    }
  }

  @Test func forwardBackwardKeepsItsFactor() throws {
    for problem in try Self.cases() {
      let best = problem.constants.forwardBackwardStep
      for step in [best, 0.4 * best, 1.9 * best] {
        let (first, limit) = try states(ForwardBackward(step: .fixed(step)), on: problem.network, count: 40)
        let factor = problem.constants.forwardBackwardFactor(step: step)
        #expect(factor < 1)
        expectRate(first.map(\.iterate), to: limit.iterate, atMost: factor)
      }
    }
  }

  /// From the first step on: the start need not be a proximal point.
  @Test func reflectionsKeepTheirFactor() throws {
    for problem in try Self.cases() {
      let best = problem.constants.resolventStep
      for step in [best, 0.3 * best, 3 * best] {
        let factor = problem.constants.peacemanRachfordFactor(step: step)
        #expect(factor < 1)
        let (first, limit) = try states(PeacemanRachford(step: .fixed(step)), on: problem.network, count: 40)
        expectRate(first.dropFirst().map(\.governing), to: limit.governing, atMost: factor)
        let damped = DouglasRachford(step: .fixed(step), factor: 0.5)
        let (dampedFirst, dampedLimit) = try states(damped, on: problem.network, count: 40)
        expectRate(dampedFirst.dropFirst().map(\.governing), to: dampedLimit.governing, atMost: 0.5 + 0.5 * factor)
      }
    }
  }

  /// The automatic steps are the ones whose proven factor is least.
  @Test func automaticSteps() throws {
    for problem in try Self.cases() {
      let constants = problem.constants
      for change in [0.8, 0.95, 1.05, 1.2] {
        let forward = constants.forwardBackwardStep
        #expect(
          constants.forwardBackwardFactor(step: forward) <= constants.forwardBackwardFactor(step: change * forward))
        let resolvent = constants.resolventStep
        #expect(
          constants.peacemanRachfordFactor(step: resolvent)
            <= constants.peacemanRachfordFactor(step: change * resolvent))
      }
      let (state, _) = try states(ForwardBackward(), on: problem.network, count: 1)
      #expect(state[0].step == constants.forwardBackwardStep)
    }
  }

  /// m and L of monDEQ's parametrisation: m plus the least eigenvalue of AᵀA, here in closed form.
  @Test func constantsInClosedForm() throws {
    // I - W = [[2, 3], [-3, 2]]: symmetric part 2 I, singular values sqrt(13).
    let constants = try MonotoneConstants(weight: Matrix(rows: 2, columns: 2, values: [-1, -3, 3, -1]))
    #expect(abs(constants.strength - 2) <= 1e-14)
    #expect(abs(constants.lipschitz - 13.0.squareRoot()) <= 1e-14)
    #expect(abs(constants.forwardBackwardStep - 2.0 / 13) <= 1e-15)
    #expect(abs(constants.forwardBackwardFactor(step: 2.0 / 13) - (9.0 / 13).squareRoot()) <= 1e-14)
  }

  // MARK: Maps that do not fit

  private func requirement(_ operators: [(any Operator.Type, FieldValues)], _ solver: any FixedPointSolver) throws
    -> String?
  {
    let shape = Shape([2])
    let links = try operators.map { type, fields in
      try type.init(fields, in: OperatorContext(incoming: shape, state: shape, input: nil))
    }
    var run = Run(map: try Network(stateShape: shape, operators: links), start: [1, 1], solver: solver)
    run.runToEnd()
    guard case .failed(.needs(let method, let requirement)) = run.outcome else { return nil }
    #expect(method == type(of: solver).description.name)
    return requirement
  }

  private static func dense(_ values: [Double]) -> (any Operator.Type, FieldValues) {
    (Dense.self, FieldValues(["weight": .tensor(Tensor(shape: Shape([2, 2]), values: values))]))
  }

  private static func activate(_ kind: String, _ more: [String: FieldValue] = [:]) -> (any Operator.Type, FieldValues) {
    (Activate.self, FieldValues(more.merging(["kind": .text(kind)]) { $1 }))
  }

  @Test(arguments: methods)
  func saysWhatIsNeeded(solver: any FixedPointSolver) throws {
    let weight = Self.dense([0.1, 0.2, -0.2, 0.1])
    for kind in ["gelu", "silu", "sin", "exp", "erf", "log1p", "sqrt"] {
      let requirement = try requirement([weight, Self.activate(kind)], solver)
      #expect(requirement?.contains(kind) == true, "\(kind)")
    }
    #expect(try requirement([weight, Self.activate("relu", ["power": .number(0.5)])], solver) != nil)
    #expect(try requirement([weight, Self.activate("relu"), weight], solver) != nil)
    #expect(try requirement([weight, Self.activate("relu"), Self.activate("tanh")], solver) != nil)
    #expect(try requirement([weight, Self.activate("relu"), (Skip.self, FieldValues())], solver) != nil)
    #expect(
      try requirement([weight, Self.activate("tanh"), (Scale.self, FieldValues(["by": .number(2)]))], solver) != nil)
    #expect(
      try requirement([(Normalize.self, FieldValues(["norm": .number(2)])), Self.activate("relu")], solver) != nil)
    #expect(try requirement([weight, Self.activate("relu")], solver) == nil)
  }

  @Test func automaticStepsNeedMonotonicity() throws {
    let expanding = Self.dense([2, 0, 0, 0.5])
    for solver in [ForwardBackward(), PeacemanRachford(), DouglasRachford()] as [any FixedPointSolver] {
      #expect(try requirement([expanding, Self.activate("tanh")], solver)?.contains("step") == true)
    }
    #expect(try requirement([expanding, Self.activate("tanh")], ForwardBackward(step: .fixed(0.1))) == nil)
  }

  /// I + α (I - W) with W = 2 I and α = 1 is zero.
  @Test func aSingularResolventIsReported() throws {
    let fields = FieldValues(["weight": .tensor(Tensor(shape: Shape([2, 2]), values: [2, 0, 0, 2]))])
    let link = try Dense(fields, in: OperatorContext(incoming: Shape([2]), state: Shape([2]), input: nil))
    let map = try Network(stateShape: Shape([2]), operators: [link])
    var run = Run(map: map, start: [1, 1], solver: PeacemanRachford(step: .fixed(1)))
    run.runToEnd()
    #expect(run.outcome == .failed(.singular(method: "peaceman-rachford", step: 1)))
  }

  /// Factors, skips and constants around the activation become part of W, p, c and q: the form is the map.
  @Test func theFormIsTheMap() throws {
    let operators: [(any Operator.Type, FieldValues)] = [
      Self.dense([0.3, -2, 1, 0.4]), (Skip.self, FieldValues(["scale": .number(-1.5)])),
      (Scale.self, FieldValues(["by": .number(0.7)])),
      (Inject.self, FieldValues(["bias": .tensor(Tensor(vector: [0.3, -0.9]))])),
      Self.activate("tanh", ["shift": .number(0.25)]), (Scale.self, FieldValues(["by": .number(0.5)])),
      (Inject.self, FieldValues(["bias": .tensor(Tensor(vector: [1, -2]))])),
      (Scale.self, FieldValues(["by": .number(1.5)])),
    ]
    let shape = Shape([2])
    let links = try operators.map { type, fields in
      try type.init(fields, in: OperatorContext(incoming: shape, state: shape, input: nil))
    }
    let network = try Network(stateShape: shape, operators: links)
    let form = try network.proximalForm()
    var generator = SeededGenerator(seed: 9)
    for _ in 0..<50 {
      let z = generator.vector(2, in: -4...4)
      let inner = zip(form.weight.multiply(z), form.offset).map { $0 + $1 }
      let value = zip(inner, form.shift).map { form.proximal.value($0, step: 1) + $1 }
      #expect(Self.distance(value, network.image(of: z)) <= 1e-14)
    }
  }
}
