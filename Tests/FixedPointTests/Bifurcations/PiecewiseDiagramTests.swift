import FixedPoint
import Glibc
import TestSupport
import Testing

/// Diagrams of maps with kinks, by closed forms of their pieces.
struct PiecewiseDiagramTests {
  private typealias Link = (String, [String: FieldValue])

  private func diagram(
    _ size: Int, over range: ClosedRange<Double>, box: ClosedRange<Double>? = nil,
    _ links: @escaping @Sendable (Double) -> [(String, [String: FieldValue])]
  ) -> BifurcationDiagram {
    let family = NetworkFamily(over: range) { value in SampleNetwork.network(size) { _, _ in links(value) } }
    return BifurcationDiagram(of: family, box: box)
  }

  private func bias(_ value: Double) -> Link { ("inject", ["bias": .tensor(Tensor(vector: [value]))]) }
  private func events(_ diagram: BifurcationDiagram) -> [BifurcationEvent] {
    diagram.branches.flatMap { $0.events.map(\.event) }.sorted { $0.point.parameter < $1.point.parameter }
  }

  /// z = hardtanh(a z + 0.1): 1 from a = 0.9 on, where it has a corner; two more are born at a = 1.1.
  @Test func pointsAreBornAtABorder() {
    let diagram = diagram(1, over: 0...2) { a in
      [("scale", ["by": .number(a)]), bias(0.1), ("activation", ["kind": .text("hardtanh")])]
    }
    let events = events(diagram)
    #expect(diagram.branches.count == 2)
    #expect(events.map(\.kind) == [.kink, .fold])
    for (event, right) in zip(events, [0.9, 1.1]) {
      #expect(abs(event.point.parameter - right) < 1e-14)
      #expect(event.collision != nil && event.uncertainty < 1e-13)
    }
    #expect(abs((events.first?.collision?.before ?? 0) + (events.first?.collision?.after ?? 0) - 0.9) < 1e-12)
  }

  /// z = 2 relu(z) + b: b and -b for b < 0, which meet in 0.
  @Test func aFoldOfRelu() {
    let diagram = diagram(1, over: -2...1) { b in
      [("activation", ["kind": .text("relu")]), ("scale", ["by": .number(2)]), bias(b)]
    }
    #expect(diagram.branches.count == 1)
    #expect(events(diagram).map(\.kind) == [.fold])
    for event in events(diagram) { #expect(abs(event.point.parameter) < 1e-14) }
  }

  /// z = softshrink(a z) + 2 with threshold 1: (2 - 1)/(1 - a) beyond a z = 1, 2 between: a corner at a = 1/2.
  @Test func aCornerOfSoftshrink() {
    let diagram = diagram(1, over: 0...0.9) { a in
      [
        ("scale", ["by": .number(a)]), ("activation", ["kind": .text("softshrink"), "threshold": .number(1)]), bias(2),
      ]
    }
    #expect(events(diagram).map(\.kind) == [.kink])
    for event in events(diagram) { #expect(abs(event.point.parameter - 0.5) < 1e-14) }
  }

  /// z = hardtanh(a z): at a = 1 all of [-1, 1], from there on -1, 0 and 1.
  @Test func aSegmentOfFixedPointsIsNamed() {
    let diagram = diagram(1, over: 0...2) { a in
      [("scale", ["by": .number(a)]), ("activation", ["kind": .text("hardtanh")])]
    }
    #expect(diagram.branches.count == 3)
    #expect(events(diagram).map(\.kind) == [.branchPoint])
    #expect(diagram.lines.map(\.extent) == [.segment])
    for line in diagram.lines { #expect(abs(line.parameter - 1) < 1e-12 && abs(line.point[0]) < 1e-12) }
  }

  /// z = log1p(relu(a z)) and the like reach 0 from above at a = 1; below it 0 alone is there, and attracts.
  @Test func aCrossingAtAKink() {
    let diagram = diagram(1, over: 0.2...3) { a in
      [("scale", ["by": .number(a)]), ("activation", ["kind": .text("relu")]), ("activation", ["kind": .text("tanh")])]
    }
    let events = events(diagram)
    #expect(diagram.branches.count == 2)
    #expect(Set(events.map(\.kind)) == [.branchPoint])
    for event in events { #expect(abs(event.point.parameter - 1) < 1e-11) }
    let zero = diagram.branches.first { $0.points.allSatisfy { $0.state[0] == 0 } }
    for point in zero?.points ?? [] where abs(point.parameter - 1) > 1e-6 {
      #expect(point.stability == (point.parameter < 1 ? .attracting : .repelling))
    }
  }

  /// z = relu(W z) with both units at 0: the rays of the pieces decide, not the one slope that relu has at 0 for training.
  @Test func unitsThatRestAtAKinkAreHonest() {
    let weight = Tensor(shape: Shape([2, 2]), values: [0, 1, 1, 0])
    let diagram = diagram(2, over: 0.2...0.8) { a in
      [("dense", ["weight": .tensor(weight)]), ("scale", ["by": .number(a)]), ("activation", ["kind": .text("relu")])]
    }
    for point in diagram.branches.flatMap(\.points) {
      #expect(point.stability == .attracting && abs(point.spectralRadius - point.parameter) < 1e-12)
    }
    let beyond = self.diagram(2, over: 1.2...2) { a in
      [("dense", ["weight": .tensor(weight)]), ("scale", ["by": .number(a)]), ("activation", ["kind": .text("relu")])]
    }
    #expect(!beyond.branches.isEmpty)
    for point in beyond.branches.flatMap(\.points) { #expect(point.stability == .repelling) }
  }

  @Test func aBoxBoundsTheBranches() {
    let family: @Sendable (Double) -> [(String, [String: FieldValue])] = { a in
      [("scale", ["by": .number(a)]), ("inject", ["bias": .tensor(Tensor(vector: [1]))])]
    }
    let diagram = diagram(1, over: 0...2, box: -3...3, family)
    #expect(diagram.branches.count == 2)
    for branch in diagram.branches {
      #expect(branch.points.allSatisfy { abs($0.state[0]) <= 3 } && [branch.start, branch.end].contains(.box))
    }
  }

  @Test func aSearchThatIsNotWantedEnds() {
    let family = NetworkFamily(over: 0...3) { a in
      SampleNetwork.network(1) { _, _ in [("scale", ["by": .number(a)]), ("activation", ["kind": .text("tanh")])] }
    }
    var asked = 0
    let diagram = BifurcationDiagram(of: family) { _ in
      asked += 1
      return asked < 30
    }
    #expect(!diagram.isComplete && asked < 40)
  }
}
