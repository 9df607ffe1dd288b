import FixedPoint
import LinearAlgebra
import TestSupport
import Testing

/// Networks of the independent oracles (high-precision fixed points and quantities).
@Suite(.enabled(if: FixedPointOracle.isAvailable, "the oracles lie beside the repository"))
struct NetworkOracleTests {
  @Test func everyCaseIsRead() { #expect(FixedPointOracle.all.count == 14) }

  @Test(arguments: FixedPointOracle.all)
  func fixedPointsAreFixed(_ oracle: FixedPointOracle) {
    for point in oracle.fixedPoints {
      let image = oracle.network.image(of: point.iterate)
      let error = zip(image, point.iterate).map { abs($0 - $1) }.max() ?? .infinity
      #expect(error <= 1e-13 * max(1, point.iterate.map(abs).max() ?? 1), "\(oracle.name): \(error)")
    }
  }

  @Test(arguments: FixedPointOracle.all)
  func supNormOfTheJacobian(_ oracle: FixedPointOracle) throws {
    for point in oracle.fixedPoints {
      let expected = try #require(point.quantities["jacobian_norm_inf"])
      let ones = [Double](repeating: 1, count: oracle.network.dimension)
      let sums = oracle.network.pushForwardAbsolute(ones, at: point.iterate)
      #expect(abs((sums.max() ?? .nan) - expected) <= 1e-12 * expected)
    }
  }

  @Test(arguments: FixedPointOracle.all)
  func spectrumOfTheJacobian(_ oracle: FixedPointOracle) throws {
    for point in oracle.fixedPoints {
      let jacobian = oracle.network.jacobian(at: point.iterate)
      let norm = try #require(point.quantities["jacobian_norm_2"])
      let radius = try #require(point.quantities["jacobian_spectral_radius"])
      let found = (norm: try jacobian.norm2(), radius: try jacobian.spectralRadius())
      #expect(abs(found.norm - norm) <= 1e-11 * norm)
      #expect(abs(found.radius - radius) <= 1e-9 * max(1, radius))
    }
  }

  @Test(arguments: FixedPointOracle.all)
  func enclosuresHoldTheFixedPoint(_ oracle: FixedPointOracle) throws {
    for point in oracle.fixedPoints {
      let box = IntervalVector(
        lower: point.iterate.map { $0 - 1e-12 }, upper: point.iterate.map { $0 + 1e-12 })
      let image = try oracle.network.enclose(box)
      #expect(image.width <= 1e-10)
      #expect((0..<box.count).allSatisfy { image[$0].intersection(box[$0]) != nil })
    }
  }

  @Test(arguments: FixedPointOracle.all)
  func normsOfTheAffinePart(_ oracle: FixedPointOracle) throws {
    guard !oracle.weight.isEmpty else { return #expect(oracle.network.oneAffinePart == nil) }
    let weight = try #require(oracle.network.oneAffinePart)
    let rowSums = (0..<weight.rows).map { i in (0..<weight.columns).reduce(0) { $0 + abs(weight[i, $1]) } }
    let columnSums = (0..<weight.columns).map { j in (0..<weight.rows).reduce(0) { $0 + abs(weight[$1, j]) } }
    #expect(abs((rowSums.max() ?? .nan) - (oracle.weight["norm_inf"] ?? .nan)) <= 1e-12)
    let found = (norm: try weight.norm2(), radius: try weight.spectralRadius())
    #expect(abs(found.norm - (oracle.weight["norm_2"] ?? .nan)) <= 1e-11)
    #expect(abs(found.radius - (oracle.weight["spectral_radius"] ?? .nan)) <= 1e-9)
    #expect(abs((columnSums.max() ?? .nan) - (oracle.weight["norm_1"] ?? .nan)) <= 1e-12)
  }
}
