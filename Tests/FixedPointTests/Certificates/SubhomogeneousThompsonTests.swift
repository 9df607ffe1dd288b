import FixedPoint
import LinearAlgebra
import TestSupport
import Testing

struct SubhomogeneousThompsonTests {
  private func certificate(_ network: Network) -> Certificate {
    SubhomogeneousThompson.certify(Analysis(network: network))
  }

  /// tanh(a W z) + 1.2 with W = [[1, -1], [-1, 1]]: on the line z = (1.2 + d, 1.2 - d), d = tanh(2 a d) has other roots
  /// than 0 as soon as 2 a > 1.
  private func signed(_ gain: Double) throws -> Network {
    try Network(2, [.dense([[gain, -gain], [-gain, gain]]), .activation(.tanh, shift: 1.2)])
  }

  @Test(arguments: [0.500_001, 0.51, 0.6, 0.75, 1, 2, 5])
  func threeFixedPointsAreNeverCalledOne(_ gain: Double) throws {
    let analysis = Analysis(network: try signed(gain))
    for theorem in TheoremCatalog.all {
      #expect(!theorem.certify(analysis).isUnique, "\(theorem.id) at \(gain)")
    }
  }

  @Test(arguments: [0.05, 0.1, 0.2, 0.25])
  func smallGainsAreProved(_ gain: Double) throws {
    let proof = certificate(try signed(gain))
    #expect(proof.isUnique && proof.scope.kind == .everywhere, "\(proof.reason)")
    #expect((proof.rate ?? 1) < 1)
  }

  @Test func aSecondFixedPointRefutes() throws {
    let certificate = certificate(try signed(1))
    #expect(certificate.verdict == .refuted)
    #expect(certificate.reason.contains("3 fixed points") && certificate.witness != nil)
  }

  /// `tanh(W z) + relu(y) + 1.2` with normal entries of standard deviation gain/√n, and normal y.
  static func subDEQ(_ count: Int, gain: Double, seed: UInt64) throws -> Network {
    var numbers = SeededGenerator(seed: seed)
    let rows = numbers.gaussianRows(count, count, gain: gain)
    let injection = (0..<count).map { _ in max(numbers.gaussian(), 0) }
    return try Network(count, [.dense(rows), .activation(.tanh), .inject(injection.map { $0 + 1.2 })])
  }

  @Test(arguments: [(16, 0.3, 98), (4, 0.7, 93)])
  func strengthOnSignedMaps(_ count: Int, _ gain: Double, _ least: Int) throws {
    var proved = 0
    for seed in 0..<100 {
      let proof = certificate(try Self.subDEQ(count, gain: gain, seed: UInt64(1000 + seed)))
      if proof.isUnique { proved += 1 }
    }
    #expect(proved >= least, "\(proved) of 100 with \(count) units at gain \(gain)")
  }

  @Test func sampledContractionStaysBelowTheRate() throws {
    var numbers = SeededGenerator(seed: 77)
    for seed in 0..<40 {
      let network = try Self.subDEQ(3 + seed % 6, gain: 0.5, seed: UInt64(seed))
      let proof = certificate(network)
      guard proof.isUnique, let rate = proof.rate, let metric = proof.metric else { continue }
      let box = try #require(proof.rateScope?.box)
      for _ in 0..<300 {
        let (x, y) = (numbers.point(in: box), numbers.point(in: box))
        let before = try #require(metric.distance(x, y))
        let after = try #require(metric.distance(network.image(of: x), network.image(of: y)))
        #expect(after <= rate * before * (1 + 1e-9) + 1e-13)
      }
    }
  }

  @Test func unboundedMapsAreProvedInABox() throws {
    let network = try Network(2, [.dense([[0.3, -0.2], [0.1, 0.3]]), .activation(.softplus), .inject([1, 1])])
    let proof = certificate(network)
    #expect(proof.provesExactlyOne && !proof.isUnique, "\(proof.reason)")
    #expect(proof.scope.kind == .localBox)
    let box = try #require(proof.scope.box)
    #expect(box.contains(Analysis(network: network).fixedPoints[0].point))
  }

  @Test func mapsThatLeaveTheConeDoNotApply() throws {
    let network = try Network(1, [.dense([[-0.5]]), .activation(.tanh), .inject([-3])])
    #expect(certificate(network).verdict == .notApplicable)
  }
}
