import LinearAlgebra
import TestSupport
import Testing

@testable import FixedPoint

struct AnalysisTests {
  private static let signed = [[1.0, -1], [-1, 1]]

  private func box(_ lower: [Double], _ upper: [Double]) -> IntervalVector {
    IntervalVector(lower: lower, upper: upper)
  }

  /// From (1, 1) Picard reaches (1.2, 1.2), where ρ = 2; from elsewhere it reaches a point where ρ = 0.166.
  @Test func localQuantitiesAreThoseOfTheFixedPointThatTheStartReaches() throws {
    let network = try Network(2, [.dense(Self.signed), .activation(.tanh, shift: 1.2)])
    let symmetric = Analysis(network: network, start: [1, 1])
    let reached = try #require(symmetric.computedFixedPoint)
    #expect(Distance.sup(reached.point.span, [1.2, 1.2].span) < 1e-12)
    #expect(LocalSpectralRadius.certify(symmetric).verdict == .refuted)
    #expect(LocalSpectralRadius.certify(Analysis(network: network, start: [1.3, 1.1])).verdict == .proved)
  }

  @Test func aGraphWithPositiveWeightsPreservesTheOrder() throws {
    let context = OperatorContext(incoming: Shape([3, 1]), state: Shape([3, 1]), input: nil)
    let graph = try Propagate(FieldValues(["edges": .edges([[0, 1], [1, 2]])]), in: context)
    let shifted = try Activate(FieldValues(["kind": .text("tanh"), "shift": .number(0.5)]), in: context)
    let network = try Network(stateShape: Shape([3, 1]), operators: [graph, shifted])
    #expect(SubhomogeneousOrderPreserving.certify(Analysis(network: network)).isUnique)
  }

  @Test func allOfSpaceIsALegalBox() throws {
    let network = try Network(2, [.dense([[2, 0], [0, 0]]), .activation(.tanh, shift: 1)])
    let whole = box([-.infinity, -.infinity], [.infinity, .infinity])
    let image = try network.enclose(whole)
    #expect(image.contains(box([0, 1], [2, 1])))
    #expect(box([0, 1], [2, 1]).contains(image))
  }

  @Test(arguments: ActivationKind.allCases)
  func unboundedRangesHoldSamples(_ kind: ActivationKind) throws {
    let network = try Network(1, [.activation(kind)])
    let start = kind.domainStart == -1 ? -0.5 : kind.domainStart
    let image = try network.enclose(box([start], [.infinity]))
    for t in [-1e6, -30, -2, -0.7, -0.1, 0, 0.3, 1, 2.5, 40, 600] where t >= start {
      #expect(image.contains(network.image(of: [t])), "\(kind) at \(t)")
    }
  }

  @Test func aBoundedMapHasABoxThatHoldsEveryFixedPoint() throws {
    let network = try Network(2, [.dense(AnalysisTests.signed), .activation(.tanh, shift: 1.2)])
    let found = try #require(Analysis(network: network).boxEverywhere)
    #expect(found.domain.kind == .everywhere && found.isPositive)
    #expect(found.box.contains([2.1575, 0.2425]) && found.box.contains([0.2425, 2.1575]))
    #expect(found.box.contains(try network.enclose(found.box)))
    #expect(found.box.upper[0] < 2.17 && found.box.lower[0] > 0.23)
  }

  @Test func anUnboundedMapHasABoxAroundItsFixedPoint() throws {
    // z = relu(z / 2) + 1 has its one fixed point at 2.
    let network = try Network(1, [.dense([[0.5]]), .activation(.relu), .inject([1])])
    let analysis = Analysis(network: network)
    #expect(analysis.boxEverywhere == nil)
    let found = try #require(analysis.boxAroundFixedPoint)
    #expect(found.box.contains([2]))
    let positive = try #require(analysis.boxAroundPositiveFixedPoint)
    #expect(positive.isPositive && positive.box.contains([2]))
    #expect(positive.domain.kind == .localBox)
    let domain = try #require(positive.domain.box)
    #expect(domain.contains([1.5]) && domain.contains([1000]))
  }

  @Test func anExpandingMapHasNone() throws {
    let network = try Network(1, [.dense([[2]]), .activation(.identity), .inject([1])])
    #expect(Analysis(network: network).box == nil)
  }

  @Test func threeFixedPointsAreFoundAndTwoProved() throws {
    let network = try Network(2, [.dense(AnalysisTests.signed), .activation(.tanh, shift: 1.2)])
    let analysis = Analysis(network: network)
    #expect(analysis.fixedPoints.count == 3)
    #expect(analysis.fixedPoints.filter(\.attracts).count == 2)
    let repelling = try #require(analysis.fixedPoints.last)
    #expect(repelling.point == [1.2, 1.2] && abs((repelling.spectralRadius ?? 0) - 2) < 1e-12)
    #expect(analysis.severalFixedPoints(in: .openCone(isInvariant: true))?.count == 3)
  }

  @Test func aContractionHasOneFixedPoint() throws {
    let network = try Network(2, [.dense([[0.2, -0.1], [0.1, 0.2]]), .activation(.tanh), .inject([1, 2])])
    let analysis = Analysis(network: network)
    #expect(analysis.fixedPoints.count == 1)
    #expect(analysis.severalFixedPoints(in: .openCone(isInvariant: true)) == nil)
  }

  @Test func slopesOverTheBoxHoldThoseOfOrbits() throws {
    let network = try Network(2, [.dense([[0.5, -0.4], [0.3, 0.2]]), .activation(.tanh, shift: 1.2)])
    let analysis = Analysis(network: network)
    let slopes = try #require(analysis.slopesOverBox(at: 1))
    let box = try #require(analysis.box)
    let jacobian = try #require(analysis.jacobianOverBox)
    var numbers = SeededGenerator(seed: 4)
    for _ in 0..<200 {
      let point = (0..<2).map { numbers.number(in: box.box.lower[$0]...box.box.upper[$0]) }
      let exact = network.jacobian(at: point)
      #expect(jacobian.contains(exact))
      #expect(slopes.contains([exact[0, 0] / 0.5, exact[1, 1] / 0.2]))
    }
    #expect(slopes.upper.allSatisfy { $0 < 1 })
  }
}
