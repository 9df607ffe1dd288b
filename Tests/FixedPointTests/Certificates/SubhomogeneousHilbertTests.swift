import FixedPoint
import Glibc
import LinearAlgebra
import TestSupport
import Testing

struct SubhomogeneousHilbertTests {
  /// (tanh(a W z) + 1.603) / ‖.‖_inf with W = [[1, -1], [-1, 1]]: (1, 1) repels as soon as 2 a > 1.603, and there are two
  /// more fixed points then.
  private func signed(_ gain: Double) throws -> Network {
    try Network(
      2, [.dense([[gain, -gain], [-gain, gain]]), .activation(.tanh, shift: 1.603), .normalize(.infinity)])
  }

  @Test(arguments: [0.8016, 0.85, 1, 1.5, 2, 4])
  func threeFixedPointsAreNeverCalledOne(_ gain: Double) throws {
    let analysis = Analysis(network: try signed(gain))
    for theorem in TheoremCatalog.all {
      #expect(!theorem.certify(analysis).isUnique, "\(theorem.id) at \(gain)")
    }
  }

  @Test(arguments: [0.05, 0.1, 0.2, 0.3, 0.5])
  func smallGainsAreProved(_ gain: Double) throws {
    let proof = SubhomogeneousHilbert.certify(Analysis(network: try signed(gain)))
    #expect(proof.isUnique && proof.metric == .hilbert, "\(proof.reason)")
    #expect(proof.scope.kind == .everywhere)
  }

  @Test func aSecondFixedPointRefutes() throws {
    let certificate = SubhomogeneousHilbert.certify(Analysis(network: try signed(2)))
    #expect(certificate.verdict == .refuted && certificate.reason.contains("two fixed points"))
  }

  @Test func nonNegativeWeightsAreProvedByTheCalculus() throws {
    let network = try Network(
      2, [.dense([[3, 2], [1, 4]]), .activation(.tanh, shift: 1.2), .normalize(2)])
    let proof = SubhomogeneousHilbert.certify(Analysis(network: network))
    #expect(proof.isUnique && abs((proof.rate ?? 0) - 0.246_993_982_6) < 1e-6)
  }

  @Test func othersDoNotApply() throws {
    let network = try Network(2, [.dense([[3, 2], [1, 4]]), .activation(.tanh, shift: 1.2)])
    #expect(SubhomogeneousHilbert.certify(Analysis(network: network)).verdict == .notApplicable)
  }

  @Test(arguments: [1, 2, 3.5, Double.infinity])
  func sampledContractionStaysBelowTheRate(_ norm: Double) throws {
    var numbers = SeededGenerator(seed: 5)
    var proofs = 0
    for count in [2, 3, 5] {
      for gain in [0.3, 0.6] {
        let rows = numbers.gaussianRows(count, count, gain: gain)
        let network = try Network(count, [.dense(rows), .activation(.tanh, shift: 1.4), .normalize(norm)])
        let proof = SubhomogeneousHilbert.certify(Analysis(network: network))
        guard proof.isUnique, let rate = proof.rate else { continue }
        proofs += 1
        let region = proof.rateScope?.box ?? IntervalVector(Array(repeating: Interval(1e-3, 1), count: count))
        for _ in 0..<200 {
          let (x, y) = (onSphere(&numbers, region, norm), onSphere(&numbers, region, norm))
          guard let x, let y else { continue }
          let before = try #require(CertificateMetric.hilbert.distance(x, y))
          let after = try #require(CertificateMetric.hilbert.distance(network.image(of: x), network.image(of: y)))
          #expect(after <= rate * before * (1 + 1e-9) + 1e-13)
        }
      }
    }
    #expect(proofs >= 3)
  }

  /// A point of the sphere at or above the region's lower bounds.
  private func onSphere(_ numbers: inout SeededGenerator, _ region: IntervalVector, _ norm: Double) -> [Double]? {
    let point = numbers.point(in: region)
    let size = norm == .infinity ? point.max() ?? 1 : pow(point.reduce(0) { $0 + pow($1, norm) }, 1 / norm)
    let scaled = point.map { $0 / size }
    return zip(scaled, region.lower).allSatisfy { $0 >= $1 } ? scaled : nil
  }
}
