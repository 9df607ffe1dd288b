import FixedPoint
import TestSupport
import Testing

struct ErrorBoundsTests {
  @Test func boundsHoldAlongARun() throws {
    let network = try Network(
      3, [.dense([[0.4, -0.3, 0.1], [0.2, 0.3, -0.2], [0.1, 0.1, 0.3]]), .activation(.tanh, shift: 1.4)])
    let analysis = Analysis(network: network)
    let bounds = try #require(ErrorBounds(SubhomogeneousThompson.certify(analysis)))
    let fixedPoint = analysis.fixedPoints[0].point
    var orbit = [network.image(of: network.image(of: [1, 1, 1]))]
    while let last = orbit.last, orbit.count < 25 { orbit.append(network.image(of: last)) }
    while !bounds.apply(from: orbit[0]) { orbit.removeFirst() }
    func distance(_ a: Int, _ b: Int) throws -> Double { try #require(bounds.metric.distance(orbit[a], orbit[b])) }
    let first = try distance(1, 0)
    for k in 1..<orbit.count {
      let error = try #require(bounds.metric.distance(orbit[k], fixedPoint))
      #expect(error <= bounds.aPriori(afterSteps: k, firstStep: first) + 1e-14)
      let last = try distance(k, k - 1)
      #expect(error <= bounds.aPosteriori(lastStep: last) + 1e-14)
    }
    let steps = try #require(bounds.predictedSteps(to: 1e-6, firstStep: first))
    #expect(bounds.aPriori(afterSteps: steps, firstStep: first) <= 1e-6)
    #expect(steps == 0 || bounds.aPriori(afterSteps: steps - 1, firstStep: first) > 1e-6)
  }

  @Test func closedForm() throws {
    // z/2 + 1: Lipschitz constant 1/2, from 0 the first step is 1 and the error after k steps is 2^(1-k).
    let network = try Network(1, [.dense([[0.5]]), .inject([1])])
    let bounds = try #require(ErrorBounds(LipschitzSup.certify(Analysis(network: network))))
    #expect(abs(bounds.rate - 0.5) < 1e-12)
    #expect(abs(bounds.aPriori(afterSteps: 10, firstStep: 1) - 0x1p-9) < 1e-12)
    #expect(bounds.predictedSteps(to: 0x1.1p-9, firstStep: 1) == 10)
  }

  @Test func withoutAProofThereAreNone() throws {
    let network = try Network(2, [.dense([[1, -1], [-1, 1]]), .activation(.tanh, shift: 1.2)])
    #expect(ErrorBounds(SubhomogeneousThompson.certify(Analysis(network: network))) == nil)
    #expect(ErrorBounds(SubhomogeneousRadial.certify(Analysis(network: network))) == nil)
  }
}
