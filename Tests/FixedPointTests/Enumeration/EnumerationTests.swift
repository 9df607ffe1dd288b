import Dispatch
import Glibc
import LinearAlgebra
import TestSupport
import Testing

@testable import FixedPoint

/// Every fixed point and no other: against closed forms, independent oracles, all patterns of piecewise linear maps, and
/// sampling.
@Suite struct EnumerationTests {
  private func search(_ network: Network, _ region: IntervalVector? = nil, budget: Int = 20_000) throws -> Enumeration {
    var search = Enumeration(
      of: try #require(region ?? Analysis(network: network).boxEverywhere?.box), under: network)
    search.run(network, budget: budget)
    return search
  }

  private func cube(_ low: Double, _ high: Double, _ count: Int) -> IntervalVector {
    IntervalVector(Array(repeating: Interval(low, high), count: count))
  }

  /// Whether the listed fixed points are these, each enclosed, and no other.
  private func expectExactly(_ points: [[Double]], in search: Enumeration, rounding: Double = 1e-13) {
    #expect(search.isComplete && search.undecided == 0 && search.decidedShare == 1)
    #expect(search.fixedPoints.count == points.count)
    for point in points {
      #expect(search.fixedPoints.count { Distance.sup($0.center.span, point.span) <= $0.radius + rounding } == 1)
    }
    for (one, next) in zip(search.fixedPoints, search.fixedPoints.dropFirst()) {
      #expect(one.center.lexicographicallyPrecedes(next.center))
    }
  }

  @Test(arguments: FixedPointOracle.all.filter { $0.network.dimension <= 8 })
  func theOraclesFixedPointsAreAll(_ oracle: FixedPointOracle) throws {
    let box = Analysis(network: oracle.network).enumerationBox?.box ?? cube(-10, 10, oracle.network.dimension)
    let search = try search(oracle.network, box)
    expectExactly(oracle.fixedPoints.map(\.iterate), in: search, rounding: 1e-12)
    for expected in oracle.fixedPoints where oracle.name != "bistable-normalized" {
      let found = search.fixedPoints.first { Distance.sup($0.center.span, expected.iterate.span) < 1e-9 }
      let radius = try #require(expected.quantities["jacobian_spectral_radius"])
      #expect(abs((found?.spectralRadius ?? -1) - radius) < 1e-9)
      #expect(found?.stability.isStable == (radius < 1))
    }
  }

  /// tanh(W z) + 1.2 with W = [[1, -1], [-1, 1]], and (tanh(2 W z) + 1.603) / ‖·‖_inf.
  @Test(arguments: [false, true])
  func theSignedTwoUnitMapsHaveThree(_ isNormalized: Bool) throws {
    let gain: Double = isNormalized ? 2 : 1
    let layer: [Link] = [
      .dense([[gain, -gain], [-gain, gain]]), .activation(.tanh, shift: isNormalized ? 1.603 : 1.2),
    ]
    let search = try search(Network(2, isNormalized ? layer + [.normalize(.infinity)] : layer))
    #expect(search.isComplete && search.fixedPoints.count == 3)
    let middle = try #require(search.fixedPoints.first { abs($0.center[0] - $0.center[1]) < 1e-12 })
    // The normalised map has a kink where its entries are equal, with slopes on both sides of 1.
    #expect(middle.stability == (isNormalized ? .undecided : .saddle))
    #expect(search.fixedPoints.count { $0.stability == .attracting } == 2)
  }

  /// Near the gain 1/2, where three fixed points become one, the box that holds no other is wide and the slopes in it vary
  /// much; the enclosure is narrow all the same, so that the stability is decided.
  @Test(arguments: [0.55, 0.6, 0.7, 0.8])
  func enclosuresAreNarrowHoweverWideTheirBoxes(_ gain: Double) throws {
    let search = try search(Network(2, [.dense([[gain, -gain], [-gain, gain]]), .activation(.tanh, shift: 1.2)]))
    #expect(search.isComplete && search.fixedPoints.allSatisfy { $0.radius < 1e-12 })
    #expect(search.fixedPoints.map(\.stability) == [.attracting, .saddle, .attracting])
  }

  /// 10 sin z = z has seven solutions: 0, one hump on each side, and two crossings of the next.
  @Test func theCrossingsOfASineAreCounted() throws {
    let network = try Network(1, [.activation(.sin), .scale(10)])
    let search = try search(network)
    #expect(search.isComplete && search.fixedPoints.count == 7)
    for point in search.fixedPoints { #expect(abs(10 * sin(point.center[0]) - point.center[0]) < 1e-12) }
  }

  @Test(arguments: 0..<12)
  func aMapOfRectifiersIsSolvedByAllItsPatterns(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: 900 + seed)
    let size = 2 + Int(seed % 3)
    let weight = generator.gaussianRows(size, size, gain: 2)
    let bias = generator.vector(size)
    let network = try Network(size, [.dense(weight), .inject(bias), .activation(.relu)])
    let patterns = Patterns(weight: weight, bias: bias, pieces: [(0, 0, -.infinity, 0), (1, 0, 0, .infinity)])
    let expected = patterns.fixedPoints.filter { $0.allSatisfy { $0 < 50 } }
    expectExactly(expected, in: try search(network, cube(-1, 50, size)), rounding: 1e-10)
  }

  @Test(arguments: 0..<12)
  func aMapOfRampsIsSolvedByAllItsPatterns(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: 950 + seed)
    let size = 2 + Int(seed % 2)
    let weight = generator.gaussianRows(size, size, gain: 3)
    let bias = generator.vector(size, in: -0.3...0.3)
    let network = try Network(size, [.dense(weight), .inject(bias), .activation(.hardtanh)])
    let patterns = Patterns(
      weight: weight, bias: bias, pieces: [(0, -1, -.infinity, -1), (1, 0, -1, 1), (0, 1, 1, .infinity)])
    expectExactly(patterns.fixedPoints, in: try search(network), rounding: 1e-10)
  }

  /// hardtanh(3 z): -1, 0 and 1, of which two are corners of the image's box.
  @Test func fixedPointsOnTheBorderAreListed() throws {
    let network = try Network(1, [.dense([[3]]), .activation(.hardtanh)])
    expectExactly([[-1], [0], [1]], in: try search(network))
    expectExactly([[0], [1]], in: try search(network, cube(0, 1, 1)))
    expectExactly([[1]], in: try search(network, cube(1, 5, 1)))
    expectExactly([], in: try search(network, cube(1.25, 5, 1)))
  }

  /// A fixed point in a corner where many boxes meet is listed once.
  @Test func aFixedPointBetweenBoxesIsListedOnce() throws {
    let network = try Network(2, [.dense([[1, -1], [-1, 1]]), .activation(.tanh, shift: 1.2)])
    let whole = try search(network)
    let corner = whole.fixedPoints[1].center
    for region in [
      IntervalVector(lower: corner, upper: [3, 3]), IntervalVector(lower: [0, 0], upper: corner),
      IntervalVector(lower: [corner[0], 0], upper: [3, corner[1]]),
    ] {
      let part = try search(network, region)
      #expect(part.isComplete)
      #expect(part.fixedPoints.count { abs($0.center[0] - 1.2) < 1e-9 } <= 1)
    }
    let parts = [
      try search(network, IntervalVector(lower: corner, upper: [3, 3])),
      try search(network, IntervalVector(lower: [0, 0], upper: corner)),
    ]
    #expect(parts.contains { !$0.fixedPoints.isEmpty }, "it lies in one of them at least")
  }

  /// z = f(z) on a segment, and a triple root: what cannot be proved is left undecided, never listed.
  @Test func degenerateFixedPointsStayUndecided() throws {
    let segment = try Network(1, [.activation(.hardtanh)])
    let all = try search(segment, budget: 300)
    #expect(!all.isComplete && all.fixedPoints.isEmpty && all.undecided > 0)
    let triple = try Network(1, [.activation(.tanh)])
    let tripleRoot = try search(triple, budget: 3000)
    #expect(!tripleRoot.isComplete && tripleRoot.fixedPoints.isEmpty && tripleRoot.undecided > 0)
    #expect(tripleRoot.decidedShare > 0.99)
  }

  @Test func theNumberOfTasksAndInterruptionsDoNotMatter() async throws {
    var generator = SeededGenerator(seed: 31)
    let weight = generator.gaussianRows(5, 5, gain: 4)
    let network = try Network(5, [.dense(weight), .activation(.tanh)])
    let whole = try search(network)
    #expect(whole.isComplete && whole.examined > 64, "several generations")
    var parallel = Enumeration(of: whole.region, under: network)
    while !parallel.isFinished { await parallel.advance(network, tasks: 3) }
    #expect(parallel == whole)
    var divided = Enumeration(of: whole.region, under: network)
    while !divided.isFinished {
      divided.advance(network, parts: 5) { DispatchQueue.concurrentPerform(iterations: $0, execute: $1) }
    }
    #expect(divided == whole)
    var resumed = Enumeration(of: whole.region, under: network)
    for budget in stride(from: 10, to: 20_000, by: 50) {
      let share = resumed.decidedShare
      resumed.run(network, budget: budget)
      #expect(resumed.decidedShare >= share - 1e-9)
    }
    #expect(resumed == whole)
  }

  /// |z₁| and |z₂| by two rectifiers each: fixed points on kinks, where slopes on both sides agree on the orientation.
  @Test func aFixedPointOnAKinkIsProvedWhereItIsTheOnlyOne() throws {
    // relu(-2 z): 0 is fixed, with slopes -2 and 0. relu(2 z) - z / 2: slopes -1/2 and 3/2 lie on both sides of 1.
    let simple = try Network(1, [.dense([[-2]]), .activation(.relu)])
    expectExactly([[0]], in: try search(simple, cube(-3, 4, 1)))
    let fold = try Network(1, [.dense([[2]]), .activation(.relu), .skip(-0.5)])
    #expect(try !search(fold, cube(-3, 4, 1), budget: 2000).isComplete)
    // Units that inhibit each other: the slopes' hull holds singular matrices, no single selection does.
    let pair = try Network(2, [.dense([[0.5, -3], [0.5, 0.5]]), .activation(.relu)])
    expectExactly([[0, 0]], in: try search(pair, cube(-3, 4, 2)))
  }

  @Test func guessesAreProvedOrDropped() throws {
    let network = try Network(1, [.dense([[2]]), .activation(.tanh)])
    let guessed = Enumeration(of: cube(-1, 1, 1), under: network, guesses: [[0.9], [0.95], [-0.001], [0.55]])
    #expect(guessed.fixedPoints.count <= 3 && guessed.fixedPoints.count >= 2)
    #expect(guessed.examined == 0 && !guessed.isComplete)
    #expect([EnclosedFixedPoint].proved(near: [[0.9], [0.95]], of: network).count == 1)
  }
}

/// All fixed points of σ(W z + b) for a σ of linear pieces: each combination of pieces is one linear system.
private struct Patterns {
  let weight: [[Double]]
  let bias: [Double]
  /// σ(t) = slope · t + offset for t between low and high.
  let pieces: [(slope: Double, offset: Double, low: Double, high: Double)]

  var fixedPoints: [[Double]] {
    let size = bias.count
    let count = (0..<size).reduce(1) { count, _ in count * pieces.count }
    return (0..<count).compactMap { number in
      var rest = number
      let pattern = (0..<size).map { _ in
        defer { rest /= pieces.count }
        return pieces[rest % pieces.count]
      }
      return solution(pattern)
    }
  }

  private func solution(_ pattern: [(slope: Double, offset: Double, low: Double, high: Double)]) -> [Double]? {
    var system = Matrix.identity(bias.count)
    for i in bias.indices { for j in bias.indices { system[i, j] -= pattern[i].slope * weight[i][j] } }
    let right = bias.indices.map { pattern[$0].slope * bias[$0] + pattern[$0].offset }
    guard let point = try? LUFactorization(system).solve(right) else { return nil }
    let fits = bias.indices.allSatisfy { i in
      let t = zip(weight[i], point).reduce(bias[i]) { $0 + $1.0 * $1.1 }
      return pattern[i].low < t && t < pattern[i].high
    }
    return fits ? point : nil
  }
}
