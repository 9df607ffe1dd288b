import TestSupport
import Testing

@testable import FixedPoint

struct ConclusionTests {
  private func certificates(_ network: Network) -> [Certificate] {
    let analysis = Analysis(network: network)
    return TheoremCatalog.all.map { $0.certify(analysis) }
  }

  private func box(_ lower: Double, _ upper: Double) -> IntervalVector { IntervalVector([Interval(lower, upper)]) }

  private func claim(_ claim: Claim, _ scope: Scope, _ points: [IntervalVector] = []) -> Certificate {
    Certificate(
      id: "invented", theorem: "", verdict: .proved, claim: claim, scope: scope, hypotheses: [], fixedPoints: points,
      reason: "")
  }

  @Test func aContractionHasExactlyOne() throws {
    let network = try Network(2, [.dense([[0.2, -0.1], [0.1, 0.2]]), .activation(.tanh), .inject([1, 2])])
    let conclusion = try Conclusion(of: certificates(network))
    #expect(conclusion.verdict == .exactlyOne && conclusion.scope == .everywhere())
    #expect(conclusion.theorems.contains("lipschitz-2") && conclusion.fixedPoints.count == 1)
  }

  /// tanh(1.5 z + 2) contracts in the box that it maps all of R into, and not where it is steepest: two different sets.
  @Test func aBoxFormsRateHoldsInTheBox() throws {
    let network = try Network(1, [.dense([[1.5]]), .inject([2]), .activation(.tanh)])
    let proofs = certificates(network).filter { $0.isUnique && $0.rate != nil && $0.scope.kind == .everywhere }
    #expect(proofs.contains { $0.id == "lipschitz-inf" })
    for proof in proofs where proof.iteration == .picard {
      let (scope, rate) = (try #require(proof.rateScope), try #require(proof.rate))
      #expect(rate < 1 && scope.isInvariant, "\(proof.id)")
      #expect(scope.box != nil && !scope.contains([-4.0 / 3]), "\(proof.id): the slope there is 1.5")
    }
  }

  @Test func threeFixedPointsAreMoreThanOne() throws {
    let network = try Network(2, [.dense([[1, -1], [-1, 1]]), .activation(.tanh, shift: 1.2)])
    let conclusion = try Conclusion(of: certificates(network))
    #expect(conclusion.verdict == .moreThanOne && conclusion.fixedPoints.count == 3)
    #expect(conclusion.scope.kind == .everywhere && !conclusion.theorems.isEmpty)
  }

  /// One positive fixed point, and others outside of the cone: the answer is about the cone, and says so.
  @Test func theConeAnswersForItself() throws {
    let network = try Network(1, [.dense([[5]]), .activation(.tanh, shift: 0.1)])
    let conclusion = try Conclusion(of: certificates(network))
    #expect(conclusion.verdict == .exactlyOne && conclusion.scope.kind == .openCone)
    #expect(conclusion.fixedPoints.count == 1 && conclusion.fixedPointsOutside.count == 2)
  }

  @Test func aLocalBoxAnswersNothing() throws {
    let local = Scope.localBox(box(0, 1), isInvariant: true)
    let conclusion = try Conclusion(of: [claim(.exactlyOne, local)])
    #expect(conclusion.verdict == .open && conclusion.local?.scope == local && !conclusion.isUnique)
  }

  @Test func atMostOneIsLessThanExactlyOne() throws {
    let cone = Scope.openCone(isInvariant: true)
    #expect(try Conclusion(of: [claim(.atMostOne, cone)]).verdict == .atMostOne)
    #expect(try Conclusion(of: [claim(.atMostOne, cone), claim(.exactlyOne, cone)]).verdict == .exactlyOne)
  }

  /// Two boxes apart, each with a fixed point, and a proof that there is one: nothing may be said.
  @Test func aContradictionStopsTheProgramsMouth() throws {
    let points = [box(0.1, 0.2), box(0.3, 0.4)]
    for scope in [Scope.everywhere(), .openCone(isInvariant: true), .localBox(box(0, 1), isInvariant: true)] {
      for wrong in [Claim.exactlyOne, .atMostOne, .none] {
        let conflict = #expect(throws: CertificateConflict.self) {
          _ = try Conclusion(of: [claim(wrong, scope), claim(.local, scope, points)])
        }
        #expect(conflict?.text.contains("report") == true)
      }
    }
    #expect(throws: CertificateConflict.self) {
      _ = try Conclusion(of: [claim(.none, .everywhere()), claim(.exactlyOne, .openCone(isInvariant: true))])
    }
  }

  /// Boxes that meet may hold one and the same fixed point; boxes on the border are not certainly of the cone.
  @Test func whatMayBeOnePointIsNoContradiction() throws {
    let scope = Scope.openCone(isInvariant: true)
    let proof = claim(.exactlyOne, scope)
    _ = try Conclusion(of: [proof, claim(.local, scope, [box(0.1, 0.2), box(0.2, 0.4)])])
    _ = try Conclusion(of: [proof, claim(.local, scope, [box(-0.1, 0.1), box(0.2, 0.4)])])
    _ = try Conclusion(of: [proof, claim(.local, scope, [box(-0.4, -0.1), box(0.2, 0.4)])])
  }
}
