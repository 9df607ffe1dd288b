import FixedPoint
import LinearAlgebra
import Screen
import Sessions

/// What `deq bifurcate` says: the branches, and what happens on each.
struct BifurcationReport {
  private let branches: [Branch]

  init(_ diagram: BifurcationDiagram) { branches = diagram.branches }

  var json: JSON { ["branches": JSON(branches.map(Self.json))] }

  private static func json(_ branch: Branch) -> JSON {
    let ends = [branch.points.first, branch.points.last].compactMap(\.self)
    return [
      "ends": JSON(ends.map { ["parameter": JSON($0.parameter), "fixedPoint": JSON($0.state)] }),
      "events": JSON(branch.events.map { json($0.event) }),
    ]
  }

  private static func json(_ event: BifurcationEvent) -> JSON {
    [
      "kind": JSON(event.kind.rawValue), "parameter": JSON(event.point.parameter),
      "fixedPoint": JSON(event.point.state),
      "eigenvalue": JSON([event.eigenvalue?.real ?? .nan, event.eigenvalue?.imaginary ?? .nan]),
    ]
  }

  /// The same for people.
  var text: String {
    let count = branches.count == 1 ? "1 branch" : "\(branches.count) branches"
    return ([count] + branches.enumerated().flatMap(Self.lines)).joined(separator: "\n")
  }

  private static func lines(_ index: Int, _ branch: Branch) -> [String] {
    let parameters = branch.points.map(\.parameter)
    let reach = [parameters.min(), parameters.max()].map { NumberText.significant($0, digits: 10) }
    let title = "\(index + 1)  \(branch.points.count) points, parameter \(reach[0]) to \(reach[1])"
    return [title]
      + branch.events.map { _, event in
        "   \(event.kind.rawValue) at \(NumberText.significant(event.point.parameter, digits: 12))"
      }
  }
}
