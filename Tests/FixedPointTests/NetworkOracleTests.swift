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
  func normsOfTheAffinePart(_ oracle: FixedPointOracle) throws {
    guard !oracle.weight.isEmpty else { return #expect(oracle.network.oneAffinePart == nil) }
    let weight = try #require(oracle.network.oneAffinePart)
    let rowSums = (0..<weight.rows).map { i in (0..<weight.columns).reduce(0) { $0 + abs(weight[i, $1]) } }
    let columnSums = (0..<weight.columns).map { j in (0..<weight.rows).reduce(0) { $0 + abs(weight[$1, j]) } }
    #expect(abs((rowSums.max() ?? .nan) - (oracle.weight["norm_inf"] ?? .nan)) <= 1e-12)
    #expect(abs((columnSums.max() ?? .nan) - (oracle.weight["norm_1"] ?? .nan)) <= 1e-12)
  }
}
