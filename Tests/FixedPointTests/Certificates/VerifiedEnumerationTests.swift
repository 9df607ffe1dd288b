import TestSupport
import Testing

@testable import FixedPoint

struct VerifiedEnumerationTests {
  private func certify(_ size: Int, _ links: [Link]) throws -> Certificate {
    VerifiedEnumeration.certify(Analysis(network: try Network(size, links)))
  }

  @Test func oneFixedPointOfABoundedMapIsUniqueEverywhere() throws {
    let certificate = try certify(2, [.dense([[1, -2], [2, 0.5]]), .activation(.tanh)])
    #expect(certificate.isUnique && certificate.scope.kind == .everywhere && certificate.rate == nil)
    #expect(certificate.hypotheses.allSatisfy(\.holds) && certificate.hypotheses.count == 3)
  }

  /// exp(-z) is bounded on the cone alone: its fixed point is the omega constant.
  @Test func aMapThatIsBoundedOnTheConeIsCertifiedThere() throws {
    let certificate = try certify(1, [.dense([[-1]]), .activation(.exp)])
    #expect(certificate.isUnique && certificate.scope.kind == .openCone)
  }

  /// tanh(2 log(1 + z)) has the fixed points t - 1, with the tribonacci constant t, and 0, which is enclosed as 0 itself:
  /// the border is no part of the cone.
  @Test func aFixedPointOnTheConesBorderIsNoneOfTheCone() throws {
    let links: [Link] = [.activation(.log1p), .scale(2), .activation(.tanh)]
    let certificate = try certify(1, links)
    #expect(certificate.isUnique && certificate.scope.kind == .openCone)
    let points = [EnclosedFixedPoint].proved(near: [[0.001], [0.8]], of: try Network(1, links))
    #expect(points.map(\.center.count) == [1, 1] && points[0].center == [0] && points[0].radius.sign == .plus)
    #expect(abs(points[1].center[0] - 0.839_286_755_214_161_1) < 1e-13)
  }

  /// Sparse coding: the box is so thin in some entries that the enclosure reaches over its border, but f maps it into
  /// itself, so that it holds a fixed point.
  @Test func anInvariantBoxHoldsTheOnlyListedFixedPoint() throws {
    let problem = try #require(ShippedProblem.all.first { $0.name == "07-sparse-coding" })
    let certificate = VerifiedEnumeration.certify(Analysis(network: problem.network, start: problem.start))
    #expect(certificate.scope.kind == .localBox)
    #expect(certificate.provesExactlyOne && !certificate.isUnique)
  }

  @Test(arguments: [false, true])
  func threeFixedPointsRefute(_ isNormalized: Bool) throws {
    let layer: [Link] = [.dense([[2, -2], [-2, 2]]), .activation(.tanh, shift: 1.603)]
    let certificate = try certify(2, isNormalized ? layer + [.normalize(.infinity)] : layer)
    #expect(certificate.verdict == .refuted && certificate.reason.contains("fixed points"))
  }

  @Test func whatIsNotDecidedIsInconclusive() throws {
    let triple = try certify(1, [.activation(.tanh)])
    #expect(triple.verdict == .inconclusive && triple.reason.contains("boxes were not decided"))
    let large = try certify(
      17, [.dense(Array(repeating: Array(repeating: 0.01, count: 17), count: 17)), .activation(.tanh)])
    #expect(large.verdict == .notApplicable && large.isTooLarge)
    let unbounded = try certify(1, [.dense([[2]]), .inject([1])])
    #expect(unbounded.verdict == .notApplicable)
  }
}
