import Explorer
import FixedPoint
import LinearAlgebra
import Screen
import Sessions

/// What `deq bifurcate` says: the branches, and what happens on each.
struct BifurcationReport {
  private let diagram: BifurcationDiagram
  /// Of the parameter: the last part of its path.
  private let name: String
  private let width: Double

  init(_ diagram: BifurcationDiagram, path: String, over range: ClosedRange<Double>) {
    self.diagram = diagram
    name = path.split(separator: ".").last.map(String.init) ?? path
    width = range.upperBound - range.lowerBound
  }

  var json: JSON {
    [
      "branches": JSON(diagram.branches.map(Self.json)), "lines": JSON(diagram.lines.map(Self.json)),
      "complete": JSON(diagram.isComplete),
    ]
  }

  private static func json(_ branch: Branch) -> JSON {
    let ends = zip([branch.points.first, branch.points.last].compactMap(\.self), [branch.start, branch.end])
    return [
      "ends": JSON(
        ends.map { point, end in
          [
            "parameter": JSON(point.parameter), "fixedPoint": JSON(point.state), "reason": JSON(end.name),
            "limit": JSON(end.limit),
          ]
        }),
      "events": JSON(branch.events.map { json($0.event) }),
    ]
  }

  private static func json(_ event: BifurcationEvent) -> JSON {
    [
      "kind": JSON(event.kind.rawValue), "parameter": JSON(event.point.parameter),
      "uncertainty": JSON(event.uncertainty), "fixedPoint": JSON(event.point.state),
      "eigenvalue": JSON([event.eigenvalue?.real ?? .nan, event.eigenvalue?.imaginary ?? .nan]),
      "collision": event.collision.map { ["before": JSON($0.before), "after": JSON($0.after)] } ?? .null,
    ]
  }

  private static func json(_ line: FixedLine) -> JSON {
    [
      "parameter": JSON(line.parameter), "extent": JSON(line.extent.rawValue), "fixedPoint": JSON(line.point),
      "direction": JSON(line.direction),
    ]
  }

  /// The same for people.
  var text: String {
    let count = diagram.branches.count == 1 ? "1 branch" : "\(diagram.branches.count) branches"
    let cut = diagram.isComplete ? [] : ["not complete: the search was broken off"]
    return ([count] + diagram.branches.enumerated().flatMap(lines) + diagram.lines.map { $0.text(name) } + cut)
      .joined(separator: "\n")
  }

  private func lines(_ index: Int, _ branch: Branch) -> [String] {
    let parameters = branch.points.map(\.parameter)
    let reach = [parameters.min(), parameters.max()].map { NumberText.significant($0, digits: 10) }
    let title = "\(index + 1)  \(branch.points.count) points, parameter \(reach[0]) to \(reach[1])"
    let ends = branch.end == .closed ? [branch.end] : [branch.start, branch.end]
    return [title] + branch.events.map { "   " + text($0.event) }
      + ends.compactMap { $0.text(name, width) }.map { "   " + $0 }
  }

  private func text(_ event: BifurcationEvent) -> String {
    "\(event.kind.rawValue) at \(event.parameterText)" + (event.collisionText.map { " (\($0))" } ?? "")
  }
}
