import FixedPoint
import Glibc
import Sessions
import TestSupport
import Testing

/// Diagrams with closed forms: every event is there, none is invented, each to the digits that are printed.
struct BifurcationCaseTests {
  /// A diagram, and what is right of it.
  struct Case: Sendable, CustomTestStringConvertible {
    let file: (room: String, name: String)
    let path: String
    let range: ClosedRange<Double>
    let branches: Int
    /// Each once, by parameter.
    let events: [(kind: BifurcationEvent.Kind, parameter: Double)]
    var lines: [(parameter: Double, extent: FixedLine.Extent)] = []
    /// The parameters at which branches leave to infinity.
    var limits: [Double] = []

    var testDescription: String { file.name }
  }

  private static let by = "network.operators[1].by"

  static let cases: [Case] = [
    // z = a (sigmoid(z) - 1/2): the slope at 0 is a/4.
    Case(
      file: ("studies", "sig.deq.json"), path: by, range: -10...10, branches: 2,
      events: [(.periodDoubling, -4), (.branchPoint, 4)]),
    // z = a (exp(z) - 1): the slope at 0 is a; the other branch a = z / (exp(z) - 1) comes to 0 at infinity.
    Case(
      file: ("studies", "exp1.deq.json"), path: by, range: -3...3, branches: 2,
      events: [(.periodDoubling, -1), (.branchPoint, 1)], limits: [0]),
    // z = a (z² - z): 0 with slope -a, and 1 + 1/a with slope a + 2.
    Case(
      file: ("studies", "logi.deq.json"), path: "network.operators[2].by", range: -4...0.9, branches: 3,
      events: [(.periodDoubling, -3), (.branchPoint, -1)], limits: [0, 0]),
    // z = a leaky-relu(z): at 0 the slopes are a and a/5, which repel if one is above 1, or both are negative with a
    // product above 1.
    Case(
      file: ("studies", "leaky.deq.json"), path: by, range: -3...6, branches: 1,
      events: [(.periodDoubling, -5.0.squareRoot()), (.branchPoint, 1), (.branchPoint, 5)],
      lines: [(1, .halfLine), (5, .halfLine)]),
    // z = hardtanh(2z + m): -1 for m <= 1, -m between, 1 for m >= -1.
    Case(
      file: ("studies", "hardfold.deq.json"), path: "network.operators[1].bias.values[0]", range: -2...2, branches: 1,
      events: [(.fold, -1), (.fold, 1)]),
    // By enumeration of the nine pieces, each affine.
    Case(
      file: ("studies", "hard3.deq.json"), path: by, range: 0...3, branches: 5,
      events: [
        (.kink, 0.735_537_831_784), (.kink, 19.0 / 24), (.fold, 0.864_578_611_409), (.kink, 0.875),
        (.kink, 1.300_964_073_258), (.fold, 1.3125), (.fold, 1.353_506_494_974), (.fold, 11.0 / 7),
      ]),
    // z² + p² = 1, a closed curve.
    Case(
      file: ("studies", "isola.deq.json"), path: "network.operators[1].bias.values[1]", range: -1.5...1.5, branches: 1,
      events: [(.fold, -1), (.fold, 1)]),
    // z = a elu(z): the slope at 0 is a; at a = 1 every z > 0 is a fixed point; a = z / (exp(z) - 1) for z < 0.
    Case(
      file: ("studies", "elu.deq.json"), path: by, range: -3...3.5, branches: 2,
      events: [(.periodDoubling, -1), (.branchPoint, 1)], lines: [(1, .halfLine)]),
    // z = a gelu(z): the slope at 0 is a/2; the other branch a = 1/Φ(z) comes to 1 at infinity.
    Case(
      file: ("studies", "gelu.deq.json"), path: by, range: -3...3.5, branches: 2,
      events: [(.periodDoubling, -2), (.branchPoint, 2)], limits: [1]),
    // z = a z + 1: 1/(1 - a) leaves at a = 1 to both sides.
    Case(
      file: ("solvers", "bifurcate-hang-asymptote.deq.json"), path: "network.operators[0].by", range: 0...2,
      branches: 2, events: [], limits: [1, 1]),
    // z = a relu(z - 1) + 1/2: 1/2 for all a, and (a - 1/2)/(a - 1) for a > 1.
    Case(
      file: ("solvers", "bifurcate-hang-relu.deq.json"), path: "network.operators[2].by", range: -3...3, branches: 2,
      events: [], limits: [1]),
    // z = a W z with the eigenvalues 0.4 ± √0.03: the second is met beyond 4.
    Case(
      file: ("hostile", "bif_generic.deq.json"), path: "network.operators[0].by", range: 0...4, branches: 1,
      events: [(.branchPoint, 1 / (0.4 + 0.03.squareRoot()))], lines: [(1 / (0.4 + 0.03.squareRoot()), .line)]),
    Case(
      file: ("hostile", "bif_line1.deq.json"), path: "network.operators[0].by", range: 0...4, branches: 1,
      events: [(.branchPoint, 1)], lines: [(1, .line)]),
  ]

  static func diagram(_ file: (room: String, name: String), _ path: String, _ range: ClosedRange<Double>) throws
    -> BifurcationDiagram
  {
    let (document, problem) = try Problem.open(CaseFile.path(file.room, file.name))
    let family = try NetworkFamily(of: document, directory: ".", path: path, over: range)
    return BifurcationDiagram(of: family, start: problem.start)
  }

  @Test(.timeLimit(.minutes(2)), arguments: cases)
  func eventsAreCompleteAndNoneIsInvented(_ item: Case) throws {
    let diagram = try Self.diagram(item.file, item.path, item.range)
    #expect(diagram.isComplete)
    #expect(diagram.branches.count == item.branches)
    let found = Self.distinct(diagram)
    #expect(found.map(\.kind) == item.events.map(\.kind), "\(found)")
    for (event, right) in zip(found, item.events) {
      let error = abs(event.parameter - right.parameter)
      #expect(error <= 1e-11 * max(1, abs(right.parameter)), "\(event), right \(right.parameter)")
      #expect(error <= max(event.uncertainty, 2e-12), "\(event) is within its uncertainty")
    }
    let lines = diagram.lines.sorted { $0.parameter < $1.parameter }
    #expect(lines.map(\.extent) == item.lines.map(\.extent))
    for (line, right) in zip(lines, item.lines) { #expect(abs(line.parameter - right.parameter) < 1e-11) }
    let limits = Self.limits(diagram)
    #expect(limits.count == item.limits.count, "\(limits)")
    for (limit, right) in zip(limits, item.limits) { #expect(abs(limit - right) < 1e-6, "\(limit), right \(right)") }
  }

  /// The events of all branches, each once, by parameter.
  static func distinct(
    _ diagram: BifurcationDiagram
  ) -> [(kind: BifurcationEvent.Kind, parameter: Double, uncertainty: Double)] {
    var found: [(kind: BifurcationEvent.Kind, parameter: Double, uncertainty: Double)] = []
    for event in diagram.branches.flatMap({ $0.events.map(\.event) }) {
      let parameter = event.point.parameter
      if !found.contains(where: { $0.kind == event.kind && abs($0.parameter - parameter) < 1e-12 }) {
        found.append((event.kind, parameter, event.uncertainty))
      }
    }
    return found.sorted { $0.parameter < $1.parameter }
  }

  private static func limits(_ diagram: BifurcationDiagram) -> [Double] {
    diagram.branches.flatMap { [$0.start, $0.end] }.compactMap { end in
      if case .infinity(let limit) = end { limit } else { nil }
    }.sorted()
  }

  @Test func smoothBranchesHaveNoGaps() throws {
    let range = -10.0...10
    for (name, slope) in [("sig.deq.json", 0.25), ("exp1.deq.json", 1)] {
      let diagram = try Self.diagram(("studies", name), Self.by, range)
      let zero = try #require(diagram.branches.first { $0.points.allSatisfy { abs($0.state[0]) < 1e-12 } })
      let ends = [zero.points.first, zero.points.last].compactMap { $0?.parameter }.sorted()
      #expect(ends == [-10, 10], "0 is a fixed point everywhere")
      for point in zero.points { #expect(abs(point.spectralRadius - abs(point.parameter * slope)) < 1e-12) }
    }
  }

  /// At 0 the slopes of 3.5 relu(z) are 0 and 3.5: starts at any small z > 0 leave.
  @Test func stabilityAtAKinkCountsBothSides() throws {
    let diagram = try Self.diagram(("studies", "leaky.deq.json"), Self.by, -3...6)
    let zero = try #require(diagram.branches.first)
    for point in zero.points where point.parameter.rounded() != point.parameter {
      let (right, left) = (point.parameter, 0.2 * point.parameter)
      let attracts = right < 1 && left < 1 && (right > 0 || right * left < 1)
      #expect(point.stability == (attracts ? .attracting : .repelling), "at \(point.parameter)")
      #expect(abs(point.spectralRadius - abs(right)) < 1e-12, "the larger of both slopes")
    }
  }

  @Test func theClosedCurveIsTracedOnce() throws {
    let diagram = try Self.diagram(
      ("studies", "isola.deq.json"), "network.operators[1].bias.values[1]", -1.5...1.5)
    let loop = try #require(diagram.branches.first)
    #expect(loop.start == .closed && loop.end == .closed && loop.points.first?.state == loop.points.last?.state)
    for point in loop.points {
      let (z, p) = (point.state[0], point.parameter)
      #expect(abs(z * z + p * p - 1) < 1e-12)
    }
    let length = zip(loop.points, loop.points.dropFirst()).reduce(0) { sum, pair in
      sum + hypot(pair.1.state[0] - pair.0.state[0], pair.1.parameter - pair.0.parameter)
    }
    #expect(abs(length - 2 * Double.pi) < 0.01, "once around")
  }

  @Test func aWholeNumberFieldIsRefused() throws {
    let (document, _) = try Problem.open(CaseFile.path("studies", "zero.deq.json"))
    for (path, range) in [("network.operators[0].weight.seed", 1.0...5), ("stopping.maxSteps", 10...2000.5)] {
      do {
        _ = try NetworkFamily(of: document, directory: ".", path: path, over: range)
        Issue.record("\(path) takes whole numbers alone")
      } catch {
        #expect(error.message.contains("expected a number that may take any value, found a whole-number field"))
        #expect(error.file == nil, "a mistake of the command line")
      }
    }
    _ = try NetworkFamily(of: document, directory: ".", path: "network.operators[0].weight.gain", over: 1...5)
  }
}
