public import FixedPoint
import Glibc
import LinearAlgebra
public import Screen

/// A bifurcation diagram as curves: attracting fixed points solid, the others dashed, letters where something happens.
public struct BifurcationPicture: Sendable {
  /// What of a fixed point stands upwards.
  public enum Coordinate: Sendable, Hashable {
    case unit(Int)
    /// The Euclidean norm.
    case norm

    public var name: String {
      switch self {
      case .unit(let unit): "z\(unit)"
      case .norm: "|z|"
      }
    }

    func value(_ state: [Double]) -> Double {
      switch self {
      case .unit(let unit): state.indices.contains(unit) ? state[unit] : .nan
      case .norm: Vector.norm2(state)
      }
    }
  }

  public let coordinate: Coordinate
  /// Everything that happens, each once, by parameter.
  public let events: [BifurcationEvent]
  /// Without the cursor.
  public let plot: PlanePlot
  private let diagram: BifurcationDiagram

  public init(_ diagram: BifurcationDiagram, over range: ClosedRange<Double>, name: String, _ coordinate: Coordinate) {
    self.diagram = diagram
    self.coordinate = coordinate
    events = Self.distinct(diagram, range)
    var plot = PlanePlot(
      x: Axis(.linear, from: range.lowerBound, to: range.upperBound).widened(by: 0.02),
      y: Self.axis(diagram, coordinate), name: name)
    plot.curves = diagram.branches.flatMap { Self.curves($0, coordinate) }
    plot.marks = events.map { event in
      PlanePlot.Mark(
        event.point.parameter, coordinate.value(event.point.state), glyph: event.kind.letter, role: .focus)
    }
    self.plot = plot
  }

  private static func axis(_ diagram: BifurcationDiagram, _ coordinate: Coordinate) -> Axis {
    let all = diagram.branches.flatMap(\.points).map { coordinate.value($0.state) }
    let leaves = diagram.branches.contains { [$0.start, $0.end].contains(where: \.leaves) }
    guard leaves else { return Axis(.linear, covering: all).widened(by: 0.05) }
    let marked = diagram.branches.flatMap { branch in
      branch.events.map(\.event.point.state)
        + [(branch.start, branch.points.first), (branch.end, branch.points.last)].compactMap { end, point in
          end.leaves ? nil : point?.state
        }
    }.map { abs(coordinate.value($0)) }
    // Of a branch that leaves, what is of the order of the rest; half of its points if there is no rest.
    let middle = all.map { abs($0) }.sorted()[all.count / 2]
    let reach = 1.5 * (marked.max().flatMap { $0 > 0 ? $0 : nil } ?? middle)
    return Axis(.linear, covering: all.filter { abs($0) <= reach }).widened(by: 0.05)
  }

  /// What was found on two branches at once, or passed twice, is one event.
  private static func distinct(_ diagram: BifurcationDiagram, _ range: ClosedRange<Double>) -> [BifurcationEvent] {
    let width = range.upperBound - range.lowerBound
    var kept: [BifurcationEvent] = []
    for event in diagram.branches.flatMap({ $0.events.map(\.event) }) {
      let isKnown = kept.contains { other in
        other.kind == event.kind && abs(other.point.parameter - event.point.parameter) <= 1e-6 * width
          && zip(other.point.state, event.point.state).allSatisfy { abs($0 - $1) <= 1e-4 * (1 + abs($0)) }
      }
      if !isKnown { kept.append(event) }
    }
    return kept.sorted { $0.point.parameter < $1.point.parameter }
  }

  /// How many fixed points the branches have at a parameter, and how many of them attract.
  public func count(at parameter: Double) -> (all: Int, attracting: Int) {
    let passing = diagram.branches.flatMap { branch in
      zip(branch.points, branch.points.dropFirst()).compactMap { first, last -> Bool? in
        let isBetween = (first.parameter <= parameter) != (last.parameter <= parameter)
        return isBetween || last.parameter == parameter && last == branch.points.last ? first.isStable : nil
      }
    }
    return (passing.count, passing.count { $0 })
  }
}

extension BranchEnd {
  /// Whether the state grows beyond what a picture can have.
  fileprivate var leaves: Bool {
    switch self {
    case .infinity, .box: true
    case .range, .closed, .line, .meeting, .lost, .limit: false
    }
  }
}

// MARK: - Curves

extension BifurcationPicture {
  /// A branch cut where its stability changes.
  private static func curves(_ branch: Branch, _ coordinate: Coordinate) -> [PlanePlot.Curve] {
    var curves: [PlanePlot.Curve] = []
    for index in branch.points.indices.dropLast() {
      let (first, last) = (branch.points[index], branch.points[index + 1])
      let between = branch.events.filter { $0.after == index }.map(\.event.point)
      let stops = [first] + between + [last]
      for (place, (from, to)) in zip(stops, stops.dropFirst()).enumerated() {
        // At an event itself neither holds: each side is what its own end is.
        let isStable = place == 0 ? first.isStable : place == between.count && last.isStable
        add(from, to, isStable, coordinate, to: &curves)
      }
    }
    return curves
  }

  private static func add(
    _ from: BranchPoint, _ to: BranchPoint, _ isStable: Bool, _ coordinate: Coordinate,
    to curves: inout [PlanePlot.Curve]
  ) {
    let stroke: Raster.Stroke = isStable ? .solid : .dashed
    let end = (x: to.parameter, y: coordinate.value(to.state))
    let start = (x: from.parameter, y: coordinate.value(from.state))
    if let last = curves.last, last.stroke == stroke, let here = last.points.last, here == start {
      curves[curves.count - 1].points.append(end)
    } else {
      curves.append(PlanePlot.Curve([start, end], role: isStable ? .series1 : .series2, stroke: stroke))
    }
  }
}

extension BifurcationEvent.Kind {
  /// Stands on the curve.
  var letter: Unicode.Scalar {
    switch self {
    case .fold: "F"
    case .branchPoint: "B"
    case .periodDoubling: "D"
    case .neimarkSacker: "N"
    case .kink: "K"
    }
  }
}

extension Axis {
  /// With so much of its length more at both ends.
  func widened(by share: Double) -> Axis {
    switch scale {
    case .linear:
      let margin = (upper / 2 - lower / 2) * 2 * share
      return Axis(.linear, from: lower - margin, to: upper + margin)
    case .log10:
      let factor = pow(upper / lower, share)
      return Axis(.log10, from: lower / factor, to: upper * factor)
    }
  }
}
