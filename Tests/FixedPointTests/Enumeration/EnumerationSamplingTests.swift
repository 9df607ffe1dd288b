import LinearAlgebra
import TestSupport
import Testing

@testable import FixedPoint

/// Enumeration against sampling: nothing that Newton's iteration finds is missing, and nothing listed is spurious.
@Suite struct EnumerationSamplingTests {
  private static let maps = 500

  @Test func nothingIsMissingAndNothingSpurious() throws {
    var (listed, several) = (0, 0)
    for index in 0..<Self.maps {
      var generator = SeededGenerator(seed: 7000 + UInt64(index))
      let network = try Self.network(index, &generator)
      let region = Self.region(network)
      var search = Enumeration(of: region, under: network)
      search.run(network, budget: 20_000)
      #expect(search.isComplete, "map \(index)")
      try Self.expectNothingSpurious(search, network, "map \(index)")
      Self.expectNothingMissing(search, network, starts: 60, &generator, "map \(index)")
      listed += search.fixedPoints.count
      several += search.fixedPoints.count > 1 ? 1 : 0
    }
    #expect(listed >= Self.maps * 3 / 4 && several >= Self.maps / 8, "the maps are no trivial ones")
  }

  /// The three-unit map of gain 3 with the most fixed points among some seeds: 10,000 starts find no other.
  @Test func tenThousandStartsFindNoOtherFixedPoint() throws {
    var best: (count: Int, network: Network, search: Enumeration)?
    for seed in 0..<40 {
      var generator = SeededGenerator(seed: 300 + UInt64(seed))
      let network = try Network(3, [.dense(generator.gaussianRows(3, 3, gain: 3)), .activation(.tanh)])
      var search = Enumeration(of: Self.region(network), under: network)
      search.run(network, budget: 20_000)
      #expect(search.isComplete, "seed \(seed)")
      if search.fixedPoints.count > best?.count ?? 0 { best = (search.fixedPoints.count, network, search) }
    }
    let (count, network, search) = try #require(best)
    #expect(count >= 7)
    try Self.expectNothingSpurious(search, network, "")
    var generator = SeededGenerator(seed: 1)
    Self.expectNothingMissing(search, network, starts: 10_000, &generator, "")
  }

  private static func network(_ index: Int, _ generator: inout SeededGenerator) throws -> Network {
    let size = 1 + index % 4
    let dense = Link.dense(generator.gaussianRows(size, size, gain: generator.number(in: 0.5...4)))
    let inject = Link.inject(generator.vector(size, in: -0.5...0.5))
    switch (index / 4) % 8 {
    case 0, 1: return try Network(size, [dense, inject, .activation(.tanh)])
    case 2: return try Network(size, [dense, .activation(.tanh, shift: 1.2), inject])
    case 3:
      return try Network(size, [dense, .activation(.tanh, shift: 1.603), .normalize([1, 2, .infinity][index % 3])])
    case 4: return try Network(size, [dense, inject, .activation(.relu)])
    case 5: return try Network(size, [dense, inject, .activation([.sin, .gelu, .silu][index % 3])])
    case 6: return try Network(size, [dense, .activation(.hardtanh), inject, .skip(-0.3)])
    default:
      let second = Link.dense(generator.gaussianRows(size, size, gain: 2))
      return try Network(size, [dense, inject, .activation(.arctan), second, .activation(.sigmoid)])
    }
  }

  /// The box that all of Rⁿ ends in, or a wide one where there is none.
  private static func region(_ network: Network) -> IntervalVector {
    Analysis(network: network).boxEverywhere?.box
      ?? IntervalVector(Array(repeating: Interval(-8, 8), count: network.dimension))
  }

  private static func expectNothingSpurious(_ search: Enumeration, _ network: Network, _ map: String) throws {
    for point in search.fixedPoints {
      let limit = try #require(newton(point.center, network), "\(map)")
      #expect(Distance.sup(limit.span, point.center.span) <= point.radius + 1e-12, "\(map)")
      let residual = Distance.sup(network.image(of: point.center).span, point.center.span)
      #expect(residual <= 1e-11, "\(map)")
    }
  }

  private static func expectNothingMissing(
    _ search: Enumeration, _ network: Network, starts: Int, _ generator: inout SeededGenerator, _ map: String
  ) {
    for _ in 0..<starts {
      let start = generator.point(in: search.region)
      guard let limit = newton(start, network), search.region.contains(limit) else { continue }
      let holding = search.fixedPoints.count { Distance.sup(limit.span, $0.center.span) <= $0.radius + 1e-10 }
      #expect(holding == 1, "\(map) at \(limit)")
    }
  }

  /// Newton's iteration to a step at the level of rounding; `nil` if it does not get there.
  private static func newton(_ start: [Double], _ network: Network) -> [Double]? {
    var iterate = start
    for _ in 0..<30 {
      let residual = zip(network.image(of: iterate), iterate).map { $0 - $1 }
      var system = network.jacobian(at: iterate)
      for i in system.values.indices { system.values[i] = -system.values[i] }
      for i in 0..<system.rows { system[i, i] += 1 }
      guard residual.allSatisfy(\.isFinite), let factors = try? LUFactorization(system) else { return nil }
      let step = factors.solve(residual)
      iterate = zip(iterate, step).map { $0 + $1 }
      guard iterate.allSatisfy({ abs($0) < 1e6 }) else { return nil }
      if Vector.normSup(step) <= 1e-13 {
        return Vector.normSup(residual) <= 1e-12 * (1 + Vector.normSup(iterate)) ? iterate : nil
      }
    }
    return nil
  }
}
