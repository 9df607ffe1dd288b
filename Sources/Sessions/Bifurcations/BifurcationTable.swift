public import FixedPoint

/// A bifurcation diagram as CSV (RFC 4180, CRLF): a row a point of a branch, in the order along the branch, and a row an
/// event at its place among them.
///
/// Columns: `branch`, `parameter`, `spectral_radius`, `stable` (empty where it is not decided), `event` (empty for a plain
/// point), then the state, `z_0,…`. Shortest round-trip digits.
public struct BifurcationTable: Sendable {
  private let diagram: BifurcationDiagram

  public init(_ diagram: BifurcationDiagram) { self.diagram = diagram }

  public var header: String {
    let count = diagram.branches.first?.points.first?.state.count ?? 0
    let names = ["branch", "parameter", "spectral_radius", "stable", "event"] + (0..<count).map { "z_\($0)" }
    return names.joined(separator: ",") + "\r\n"
  }

  /// The rows of one branch.
  public func lines(ofBranch number: Int) -> [String] {
    let branch = diagram.branches[number]
    return branch.points.indices.flatMap { index in
      let events = branch.events.filter { $0.after == index }.map(\.event)
      return [Self.line(number, branch.points[index], "")]
        + events.map { Self.line(number, $0.point, $0.kind.rawValue) }
    }
  }

  /// Writes the table to a file that appears when it is complete.
  /// - Throws: `SessionError` of kind `unwritable`.
  public func write(to path: String) throws(SessionError) {
    try FileSystem.replace(path) { (file: inout FileSystem.Output) throws(SessionError) in
      try file.append(header)
      for number in diagram.branches.indices { for line in lines(ofBranch: number) { try file.append(line) } }
    }
  }

  private static func line(_ number: Int, _ point: BranchPoint, _ event: String) -> String {
    let radius = point.spectralRadius.isFinite ? shortestDigits(point.spectralRadius) : ""
    let cells = ["\(number + 1)", shortestDigits(point.parameter), radius, stable(point), event]
    return (cells + point.state.map(shortestDigits)).joined(separator: ",") + "\r\n"
  }

  private static func stable(_ point: BranchPoint) -> String {
    switch point.stability {
    case .attracting: "TRUE"
    case .repelling: "FALSE"
    case .undecided: ""
    }
  }
}
