import TestSupport
import Testing

@testable import FixedPoint

struct FixedPointProofTests {
  @Test func aLineOfFixedPointsIsNoPairOfProvedOnes() throws {
    // The identity: every point is fixed, and I - J is singular, so that none can be proved to be one.
    let network = try Network(2, [.dense([[1, 0], [0, 1]])])
    #expect(Analysis(network: network).severalFixedPoints(in: .everywhere()) == nil)
  }

  @Test func theThreeFixedPointsOfACubicAreTold() throws {
    // tanh(2 z) has the fixed points 0 and ± 0.957….
    let network = try Network(1, [.dense([[2]]), .activation(.tanh)])
    let analysis = Analysis(network: network)
    #expect(analysis.fixedPoints.count == 3)
    #expect(analysis.severalFixedPoints(in: .everywhere())?.count == 3)
    #expect(analysis.severalFixedPoints(in: .openCone(isInvariant: true)) == nil)
  }
}
