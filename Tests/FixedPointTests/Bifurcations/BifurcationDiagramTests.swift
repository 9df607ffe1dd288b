import FixedPoint
import Glibc
import LinearAlgebra
import TestSupport
import Testing

struct BifurcationDiagramTests {
  /// z -> tanh(λ W z + b) + shift, then divided by its sup norm if that is wanted.
  private func family(
    _ weight: [[Double]], over range: ClosedRange<Double>, shift: Double = 0,
    normalized: [(String, [String: FieldValue])] = []
  ) -> NetworkFamily {
    let size = weight.count
    let tensor = Tensor(shape: Shape([size, size]), values: weight.flatMap(\.self))
    return NetworkFamily(over: range) { gain in
      SampleNetwork.network(size) { _, _ in
        [
          ("dense", ["weight": .tensor(tensor)]), ("scale", ["by": .number(gain)]),
          ("activation", ["kind": .text("tanh"), "shift": .number(shift)]),
        ] + normalized
      }
    }
  }

  private static let signed: [[Double]] = [[1, -1], [-1, 1]]
  private static let supNorm: [(String, [String: FieldValue])] = [("normalize", ["norm": .text("inf")])]

  private func events(_ diagram: BifurcationDiagram) -> [BifurcationEvent] {
    diagram.branches.flatMap { $0.events.map(\.event) }
  }

  @Test(arguments: [0, 0.3, 1.2, -2.5])
  func theSignedMapSplitsAtOneHalf(_ shift: Double) {
    let diagram = BifurcationDiagram(of: family(Self.signed, over: 0...1.3, shift: shift))
    let events = events(diagram)
    #expect(diagram.branches.count == 2, "the symmetric one, and one curve through both others")
    #expect(events.count == 2 && events.allSatisfy { $0.kind == .branchPoint })
    for event in events { #expect(abs(event.point.parameter - 0.5) < 1e-9) }
  }

  @Test(arguments: [0.7, 1.603, 2.4])
  func theNormalisedMapSplitsAtHalfTheShift(_ shift: Double) {
    let range = 0.1 * shift...1.2 * shift
    let diagram = BifurcationDiagram(of: family(Self.signed, over: range, shift: shift, normalized: Self.supNorm))
    let events = events(diagram)
    #expect(diagram.branches.count == 3, "the others meet in a corner: the norm has a tie there")
    #expect(events.map(\.kind) == [.branchPoint])
    for event in events { #expect(abs(event.point.parameter - shift / 2) < 1e-9) }
    for branch in diagram.branches.dropFirst() {
      let least = branch.points.map(\.parameter).min() ?? 0
      #expect(abs(least - shift / 2) < 1e-6 * shift)
    }
  }

  @Test func branchesThatLeaveAreFollowedWithoutBeingSearched() {
    let diagram = BifurcationDiagram(of: family(Self.signed, over: 0...1.2, shift: 1.2), searches: 1)
    #expect(diagram.branches.count == 2, "the only search is at 0.458, where there is one fixed point")
  }

  @Test func everyPointIsAFixedPointAndNoneIsMissing() throws {
    let family = family(Self.signed, over: 0...1.2, shift: 1.2)
    let diagram = BifurcationDiagram(of: family)
    for branch in diagram.branches {
      for point in branch.points {
        let network = try #require(family.network(at: point.parameter))
        #expect(zip(network.image(of: point.state), point.state).allSatisfy { abs($0 - $1) < 1e-12 })
        #expect(abs(point.spectralRadius - (try network.jacobian(at: point.state).spectralRadius())) < 1e-12)
      }
    }
    let network = try #require(family.network(at: 1.2))
    var search = Enumeration(of: IntervalVector([Interval(0, 3), Interval(0, 3)]), under: network)
    search.run(network, budget: 10_000)
    let ends = diagram.branches.flatMap { [$0.points.first, $0.points.last] }.compactMap(\.self)
      .filter { $0.parameter == 1.2 }
    #expect(search.isComplete && search.fixedPoints.count == 3 && ends.count == 3)
    for point in search.fixedPoints {
      #expect(ends.contains { end in zip(end.state, point.center).allSatisfy { abs($0 - $1) < 1e-9 } })
    }
  }

  /// z = tanh(2z + b) turns where 2(1 - z²) = 1.
  @Test func foldsArePassed() {
    let family = NetworkFamily(over: -1...1) { bias in
      SampleNetwork.network(1) { _, _ in
        [
          ("scale", ["by": .number(2)]), ("inject", ["bias": .tensor(Tensor(vector: [bias]))]),
          ("activation", ["kind": .text("tanh")]),
        ]
      }
    }
    let diagram = BifurcationDiagram(of: family)
    let turn = 2 * 0.5.squareRoot() - atanh(0.5.squareRoot())
    #expect(diagram.branches.count == 1)
    #expect(events(diagram).map(\.kind) == [.fold, .fold])
    for event in events(diagram) { #expect(abs(abs(event.point.parameter) - turn) < 1e-12) }
    let stable = diagram.branches[0].points.map(\.isStable)
    #expect(stable.first == true && stable.last == true && stable.contains(false))
  }

  @Test func anEigenvalueThatPassesMinusOneDoublesThePeriod() {
    let events = events(BifurcationDiagram(of: family([[-1]], over: -0.5...3)))
    #expect(events.map(\.kind) == [.periodDoubling])
    for event in events { #expect(abs(event.point.parameter - 1) < 1e-9) }
  }

  @Test func aComplexPairPassesTogether() {
    let events = events(BifurcationDiagram(of: family([[0.6, -0.8], [0.8, 0.6]], over: 0.3...3)))
    #expect(events.map(\.kind) == [.neimarkSacker])
    for event in events { #expect(abs(event.point.parameter - 1) < 1e-9) }
  }

  /// z = 2 relu(z) + b has the fixed points b and -b for b < 0, which meet at the kink.
  @Test func branchesMeetAtAKink() {
    let family = NetworkFamily(over: -2...1) { bias in
      SampleNetwork.network(1) { _, _ in
        [
          ("activation", ["kind": .text("relu")]), ("scale", ["by": .number(2)]),
          ("inject", ["bias": .tensor(Tensor(vector: [bias]))]),
        ]
      }
    }
    let diagram = BifurcationDiagram(of: family)
    for event in events(diagram) { #expect(abs(event.point.parameter) < 1e-6) }
    let ends = diagram.branches.flatMap { [$0.points.first, $0.points.last] }.compactMap(\.self)
    for state in [2.0, -2.0] { #expect(ends.contains { $0.parameter == -2 && abs($0.state[0] - state) < 1e-12 }) }
  }
}
