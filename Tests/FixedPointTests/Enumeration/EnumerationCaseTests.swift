import TestSupport
import Testing

@testable import FixedPoint

/// Maps that were left open, or counted wrongly, against closed forms.
@Suite struct EnumerationCaseTests {
  private func search(_ network: Network, _ low: Double, _ high: Double, budget: Int = 4000) -> Enumeration {
    let region = IntervalVector(Array(repeating: Interval(low, high), count: network.dimension))
    var search = Enumeration(of: region, under: network)
    search.run(network, budget: budget)
    return search
  }

  private func expectExactly(_ points: [[Double]], in search: Enumeration) {
    #expect(search.isComplete && search.fixedPoints.count == points.count, "\(search.fixedPoints.map(\.center))")
    for (found, point) in zip(search.fixedPoints, points) {
      #expect(Distance.sup(found.center.span, point.span) <= found.radius + 1e-12)
    }
  }

  /// 1.5 z - z³ / 2: -1, 0 and 1, with the slopes 0, 1.5 and 0.
  @Test func aCubicWellHasThree() throws {
    let network = try Network(1, [.activation(.identity, power: 3), .scale(-0.5), .skip(1.5)])
    let search = search(network, -2, 2)
    expectExactly([[-1], [0], [1]], in: search)
    #expect(search.fixedPoints.map(\.stability) == [.attracting, .repelling, .attracting])
    #expect(search.unbounded == 0 && search.obstacle == nil)
  }

  /// z² / 2 + 1/4: 1 ∓ 1/√2, both above 0.
  @Test func aParabolaOverNegativeNumbers() throws {
    let network = try Network(1, [.activation(.identity, power: 2), .scale(0.5), .inject([0.25])])
    expectExactly([], in: search(network, -3, 0))
    let root = (0.5).squareRoot()
    expectExactly([[1 - root], [1 + root]], in: search(network, -3, 3))
  }

  @Test func steepRamps() throws {
    let one = try Network(1, [.scale(1000), .activation(.hardtanh)])
    let all = search(one, -1, 1)
    expectExactly([[-1], [0], [1]], in: all)
    #expect(all.fixedPoints.map(\.stability) == [.attracting, .repelling, .attracting])
    let pair = try Network(2, [.dense([[0, -1], [-1, 0]]), .scale(1e6), .activation(.hardtanh)])
    let three = search(pair, -1, 1)
    expectExactly([[-1, 1], [0, 0], [1, -1]], in: three)
    #expect(three.fixedPoints.map(\.stability) == [.attracting, .repelling, .attracting])
  }

  /// 1 / (1 - z/5): (5 ∓ √5) / 2, and a pole at 5.
  @Test func aPoleIsTold() throws {
    let network = try Network(1, [.scale(-0.2), .activation(.identity, shift: 1, power: -1)])
    let search = search(network, 0, 10)
    let points = [(5 - (5.0).squareRoot()) / 2, (5 + (5.0).squareRoot()) / 2]
    #expect(search.fixedPoints.count == 2)
    for (found, point) in zip(search.fixedPoints, points) { #expect(abs(found.center[0] - point) <= 1e-12) }
    #expect(!search.isComplete && search.unbounded > 0)
    #expect(search.obstacle?.position == 1 && search.obstacle?.reason.contains("holds 0") == true)
  }

  /// √(z + 2) = z at 2 alone; left of -2 nothing is defined, and nothing to be found.
  @Test func whereNothingIsDefinedNothingIsFixed() throws {
    let network = try Network(1, [.inject([2]), .activation(.sqrt)])
    let search = search(network, -1000, 1000)
    expectExactly([[2]], in: search)
  }

  /// A box whose width is beyond the largest number.
  @Test func theWidestBox() throws {
    let network = try Network(1, [.activation(.tanh), .scale(2)])
    let search = search(network, -1e308, 1e308)
    #expect(search.isComplete && search.fixedPoints.count == 3)
    let two = try Network(2, [.normalize(1), .normalize(.infinity)])
    _ = self.search(two, -1e308, 1e308, budget: 200)
  }

  /// sin of large numbers: three fixed points of c + g sin(z + B), computed with 80 digits.
  @Test func aSineFarOut() throws {
    let network = try Network(
      1,
      [
        .inject([1_000_000_000_001_876.6]), .activation(.sin), .scale(1.001455075886791),
        .inject([-0.062291270373755994]),
      ])
    let search = search(network, -3, 3, budget: 300)
    for point in [-0.155680631680698, -0.0622912703737581, 0.0310980909331877] {
      // Each is listed, or left open, and never ruled out.
      #expect(!search.isComplete || search.fixedPoints.contains { abs($0.center[0] - point) < 1e-9 })
    }
    expectNoUniqueness(network)
    let maximum = try Network(
      1, [.inject([1_000_000_000_894.4407]), .activation(.sin), .inject([-0.9999391226920372])])
    let near = self.search(maximum, -3, 3, budget: 300)
    let root = 6.0877307962781e-5
    #expect(!near.isComplete || near.fixedPoints.contains { abs($0.center[0] - root) <= $0.radius + 1e-17 })
  }

  /// sin(1e20 z + 0.3) has a fixed point, by Brouwer's theorem, and very many.
  @Test(arguments: [0, 0.3])
  func aSineOfHugeSlope(_ bias: Double) throws {
    let network = try Network(1, [.scale(1e20), .inject([bias]), .activation(.sin)])
    #expect(!search(network, -1, 1, budget: 500).isComplete)
    expectNoUniqueness(network)
  }

  private func expectNoUniqueness(_ network: Network) {
    let analysis = Analysis(network: network)
    let verdicts: [Certificate] = TheoremCatalog.all.map { $0.certify(analysis) }
    #expect(verdicts.allSatisfy { !$0.isUnique || $0.scope.kind != .everywhere })
  }
}
