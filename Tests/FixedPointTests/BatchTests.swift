import FixedPoint
import LinearAlgebra
import TestSupport
import Testing

/// Many samples at once: each as if it were alone, to the last bit.
struct BatchTests {
  static let solvers: [any EntrywiseSolver] = [Picard(), Damped(factor: 0.6)]
  static let sizes = [1, 3, 16, 37, 87, 130]

  /// Positive starts, one a row; the first is `start`.
  static func starts(_ count: Int, around start: [Double], seed: UInt64 = 5) -> Matrix {
    var generator = SeededGenerator(seed: seed)
    let values = (0..<count).flatMap { sample in
      start.map { sample == 0 ? $0 : $0 * generator.number(in: 0.2...2) }
    }
    return Matrix(rows: count, columns: start.count, values: values)
  }

  static func rows(_ range: Range<Int>, of matrix: Matrix) -> Matrix {
    let values = matrix.values[range.lowerBound * matrix.columns..<range.upperBound * matrix.columns]
    return Matrix(rows: range.count, columns: matrix.columns, values: Array(values))
  }

  private static func distance(_ x: [Double], _ y: [Double]) -> Double { Distance.sup(x.span, y.span) }

  // MARK: Independence, bit for bit

  /// The batch of all samples against each sample alone, and against parts of every size.
  @Test(arguments: sizes)
  func neighboursAndSizeDoNotMatter(size: Int) {
    let network = SampleNetwork.layer(size, gain: 0.6)
    let starts = Self.starts(150, around: Array(repeating: 1, count: size))
    let whole = Batch(network, count: 150).solve(from: starts)
    #expect(whole.count == 150 && Set(whole.map(\.steps)).count > 1)
    for range in [0..<1, 7..<8, 149..<150, 0..<2, 3..<10, 20..<36, 5..<70, 1..<150] {
      let part = Batch(network, count: range.count).solve(from: Self.rows(range, of: starts))
      #expect(Array(part) == Array(whole[range]), "samples \(range)")
    }
  }

  @Test(arguments: sizes)
  func placeDoesNotMatter(size: Int) {
    let network = SampleNetwork.layer(size, gain: 0.6)
    let starts = Self.starts(141, around: Array(repeating: 1, count: size))
    let order = (0..<141).map { ($0 * 52 + 9) % 141 }
    let moved = Matrix(
      rows: 141, columns: size, values: order.flatMap { Self.rows($0..<$0 + 1, of: starts).values })
    let straight = Batch(network, count: 141).solve(from: starts)
    let permuted = Batch(network, count: 141).solve(from: moved)
    #expect(Array(permuted) == order.map { straight[$0] })
  }

  @Test(arguments: [1, 2, 3, 200])
  func threadsDoNotMatter(tasks: Int) async {
    for size in [16, 87] {
      let network = SampleNetwork.layer(size, gain: 0.6)
      let starts = Self.starts(150, around: Array(repeating: 1, count: size))
      let batch = Batch(network, count: 150)
      let concurrent = await batch.solve(from: starts, tasks: tasks)
      #expect(concurrent == batch.solve(from: starts))
    }
  }

  /// Samples that end early, never, or without a number leave the others as they are, and stay as they ended.
  @Test func endedSamplesStayFrozen() {
    let network = SampleNetwork.network(2) { _, _ in
      [("activation", ["kind": .text("exp")]), ("scale", ["by": .number(0.3)])]
    }
    // 0.3 e^z has fixed points 0.489… and 1.781…; above the second it grows without bound.
    let starts = Matrix(rows: 4, columns: 2, values: [0, 0, 3, 0, 0.489_402_227, 0.489_402_227, 1.7, 1.7])
    let rule = StoppingRule(maxSteps: 90)
    let together = Batch(network, count: 4).solve(from: starts, stopping: rule)
    #expect(together.map(\.outcome) == [.converged, .diverged, .converged, .converged])
    #expect(together[2].steps < together[0].steps && together[0].steps < together[3].steps)
    for sample in 0..<4 {
      let alone = Batch(network, count: 1).solve(from: Self.rows(sample..<sample + 1, of: starts), stopping: rule)
      #expect(alone[0].outcome == together[sample].outcome && alone[0].steps == together[sample].steps)
      #expect(alone[0].iterate.map(\.bitPattern) == together[sample].iterate.map(\.bitPattern))
    }
  }

  // MARK: Agreement with single solves

  @Test(arguments: solvers)
  func entrywiseMapsAgreeExactly(solver: any EntrywiseSolver) {
    let network = SampleNetwork.network(5) { generator, size in
      [
        ("activation", ["kind": .text("arctan"), "shift": .number(0.4), "power": .number(0.5)]),
        ("skip", ["scale": .number(0.3)]), ("scale", ["by": .number(0.8)]),
        ("inject", ["bias": .tensor(Tensor(vector: generator.vector(size, in: 0...1)))]),
        ("normalize", ["norm": .number(3)]),
      ]
    }
    let starts = Self.starts(40, around: [1, 1, 1, 1, 1])
    let together = Self.solve(Batch(network, count: 40), starts, solver)
    for sample in 0..<40 {
      let start = Self.rows(sample..<sample + 1, of: starts).values
      #expect(together[sample] == Self.solve(network, start, solver))
    }
  }

  /// On every oracle, with products and all: bit for bit.
  @Test(.enabled(if: FixedPointOracle.isAvailable), arguments: FixedPointOracle.all, solvers)
  func oracles(oracle: FixedPointOracle, solver: any EntrywiseSolver) {
    let starts = Self.starts(9, around: oracle.start)
    let together = Self.solve(Batch(oracle.network, count: 9), starts, solver)
    for sample in 0..<9 {
      let alone = Self.solve(oracle.network, Self.rows(sample..<sample + 1, of: starts).values, solver)
      #expect(together[sample] == alone, "sample \(sample)")
    }
  }

  static let accelerated: [any AcceleratedMethod] = [
    Anderson(), Anderson(window: 2, kind: .typeI, restart: 4), Anderson.bordered(), AndersonLog(), Broyden(), Aitken(),
    ReducedRank(), MinimalPolynomial(),
  ]

  /// Each sample has its own past: it ends as if it were alone, bit for bit, in a batch of any size on any number of
  /// threads; more samples than are worked on together take turns.
  @Test(arguments: accelerated)
  func acceleratedSamplesAgreeExactly(method: any AcceleratedMethod) async {
    for (size, gain) in [(3, 2.5), (37, 0.6)] {
      let network = SampleNetwork.layer(size, gain: gain)
      let starts = Self.starts(90, around: Array(repeating: 1, count: size))
      let together = await Self.accelerate(Batch(network, count: 90), starts, method, tasks: 1)
      #expect(Set(together.map(\.steps)).count > 1)
      for sample in stride(from: 0, to: 90, by: 7) {
        let start = Self.rows(sample..<sample + 1, of: starts).values
        #expect(together[sample] == network.solve(from: start, by: method, stopping: StoppingRule(maxSteps: 300)))
      }
      let divided = await Self.accelerate(Batch(network, count: 90), starts, method, tasks: 3)
      #expect(divided == together)
    }
  }

  /// Where the cone is left, at the start or later, a sample fails as it does alone.
  @Test func acceleratedSamplesFailAlone() {
    let network = SampleNetwork.network(2) { _, _ in
      [("activation", ["kind": .text("tanh")]), ("scale", ["by": .number(0.5)])]
    }
    let starts = Matrix(rows: 3, columns: 2, values: [1, 1, -1, 1, 0.2, 3])
    let together = Batch(network, count: 3).solve(from: starts, by: AndersonLog())
    for sample in 0..<3 {
      let start = Self.rows(sample..<sample + 1, of: starts).values
      #expect(together[sample] == network.solve(from: start, by: AndersonLog()))
    }
    guard case .failed = together[1].outcome else { return #expect(Bool(false), "the cone was left") }
  }

  private static func accelerate(
    _ batch: Batch, _ starts: Matrix, _ method: some AcceleratedMethod, tasks: Int
  ) async -> BatchSolutions {
    await batch.solve(from: starts, by: method, stopping: StoppingRule(maxSteps: 300), tasks: tasks)
  }

  private static func solve(_ batch: Batch, _ starts: Matrix, _ solver: some EntrywiseSolver) -> BatchSolutions {
    batch.solve(from: starts, by: solver, stopping: StoppingRule(maxSteps: 3000))
  }

  private static func solve(_ network: Network, _ start: [Double], _ solver: some EntrywiseSolver) -> Solution {
    network.solve(from: start, by: solver, stopping: StoppingRule(maxSteps: 3000))
  }

  @Test func noStepAllowed() {
    let starts = Self.starts(3, around: [1, 2, 3])
    let solutions = Batch(SampleNetwork.layer(3), count: 3).solve(from: starts, stopping: StoppingRule(maxSteps: 0))
    #expect(solutions.map(\.outcome) == [.maxSteps, .maxSteps, .maxSteps])
    #expect(solutions.iterates == starts && solutions.flatMap(\.iterate) == starts.values)
    #expect(solutions.allSatisfy { $0.evaluations == 0 && $0.steps == 0 && $0.residual == nil })
  }

  @Test func anEmptyBatch() {
    let batch = Batch(SampleNetwork.layer(3), count: 0)
    #expect(batch.solve(from: Matrix(rows: 0, columns: 3)).isEmpty)
  }

  // MARK: Inputs

  /// tanh(W z) + 1.2 + relu(U x + b) with x of 5 entries.
  private static func network(input: [Double]) -> Network {
    SampleNetwork.network(12, input: Tensor(vector: input)) { generator, size in
      let weight = Tensor(shape: Shape([size, size]), values: generator.vector(size * size, in: -0.2...0.2))
      let injected = Tensor(shape: Shape([size, 5]), values: generator.vector(size * 5))
      let bias = Tensor(vector: generator.vector(size))
      return [
        ("dense", ["weight": .tensor(weight)]), ("activation", ["kind": .text("tanh"), "shift": .number(1.2)]),
        (
          "inject",
          [
            "weight": .tensor(injected), "bias": .tensor(bias), "activation": .text("relu"), "scale": .number(0.7),
          ]
        ),
      ]
    }
  }

  @Test func everySampleHasItsOwnInput() throws {
    var generator = SeededGenerator(seed: 9)
    let inputs = generator.matrix(140, 5)
    let starts = Matrix(rows: 140, columns: 12, repeating: 1)
    let batch = try Batch(Self.network(input: [0, 0, 0, 0, 0]), inputs: inputs)
    #expect(batch.count == 140)
    let together = batch.solve(from: starts)
    for sample in [0, 1, 8, 77, 139] {
      let input = Self.rows(sample..<sample + 1, of: inputs)
      let alone = Self.network(input: input.values).solve(from: Array(repeating: 1, count: 12))
      #expect(together[sample].outcome == .converged && together[sample].steps == alone.steps)
      #expect(Self.distance(together[sample].iterate, alone.iterate) <= 1e-13)
      let single = try Batch(Self.network(input: [1, 2, 3, 4, 5]), inputs: input)
      #expect(single.solve(from: Self.rows(0..<1, of: starts))[0] == together[sample])
    }
  }

  @Test func anInputOutsideTheDomainIsNamed() throws {
    let network = SampleNetwork.network(2, input: Tensor(vector: [1, 1])) { _, _ in
      [("inject", ["activation": .text("sqrt")]), ("scale", ["by": .number(0.5)])]
    }
    let inputs = Matrix(rows: 2, columns: 2, values: [1, 4, 9, -1])
    #expect {
      _ = try Batch(network, inputs: inputs)
    } throws: { error in
      (error as? FieldError)?.found.contains("input 1, entry 1") ?? false
    }
  }

  // MARK: Allocation

  /// A batch makes as many allocations for 300 steps as for 10: all of them where a sample begins or ends. An unoptimised
  /// build allocates the frame of one accessor a step, however many samples there are.
  @Test(.enabled(if: Allocations.areCounted), arguments: [3, 87])
  func aStepAllocatesNothing(size: Int) {
    let batch = Batch(SampleNetwork.layer(size), count: 20)
    let starts = Self.starts(20, around: Array(repeating: 1, count: size))
    let counts = [10, 10, 300].map { steps in
      Allocations.count {
        _ = batch.solve(
          from: starts, by: Damped(factor: 0.02), stopping: StoppingRule(tolerance: 0, maxSteps: steps))
      }
    }
    #if DEBUG
      #expect(counts[2] - counts[1] <= 290)
    #else
      #expect(counts[2] == counts[1])
    #endif
  }
}
