import Explorer
import FixedPoint
import Screen
import Sessions

/// What `deq race` says of the methods that ran.
struct RaceReport {
  struct Line {
    let solver: String
    let result: RaceResult
  }

  private let lines: [Line]
  private let fewest: Int?
  private let fastest: Int?

  init(_ lines: [Line]) {
    self.lines = lines
    let results: [RaceResult?] = lines.map(\.result)
    fewest = results.fewestEvaluations
    fastest = results.fastest
  }

  var hasWinner: Bool { fewest != nil }

  var json: JSON {
    [
      "solvers": JSON(lines.map(Self.json)),
      "winner": ["evaluations": name(fewest), "time": name(fastest)],
    ]
  }

  private func name(_ index: Int?) -> JSON { index.map { JSON(lines[$0].solver) } ?? .null }

  private static func json(_ line: Line) -> JSON {
    let result = line.result
    let outcome = RecordedOutcome(result.outcome)
    var members = [JSON.Member("solver", JSON(line.solver)), JSON.Member("outcome", JSON(outcome.name))]
    if let period = outcome.period { members.append(JSON.Member("period", JSON(period))) }
    members += [
      JSON.Member("steps", JSON(result.steps)), JSON.Member("evaluations", JSON(result.evaluations)),
      JSON.Member("seconds", JSON(result.duration)),
      JSON.Member("residual_relative", JSON(result.trace.last?.residualRelative)),
      JSON.Member(
        "decades",
        JSON(
          RaceResult.decades.map { level in
            JSON.Member(Self.name(level), result.evaluations(to: level).map { JSON($0) } ?? .null)
          })),
    ]
    if let reason = result.reason { members.append(JSON.Member("reason", JSON(reason))) }
    return JSON(members)
  }

  /// `1e-01`
  private static func name(_ level: Double) -> String { NumberText.scientific(level, digits: 1) }

  /// A table, one method a line; what could not run is named below it.
  var text: String {
    let shown = [1e-3, 1e-6, 1e-9, 1e-12]
    let header =
      ["", "method", "outcome", "steps", "evals"] + shown.map(Self.name) + ["time"]
    let rows = lines.indices.map { index in
      let result = lines[index].result
      return [mark(index), lines[index].solver, result.outcome.word, String(result.steps), String(result.evaluations)]
        + shown.map { result.evaluations(to: $0).map(String.init) ?? NumberText.undefined } + [result.durationText]
    }
    let reasons = lines.compactMap { line in line.result.reason.map { "\(line.solver): \($0)" } }
    return (TextTable([header] + rows, leading: 3).lines + [""] + winners + reasons).joined(separator: "\n")
  }

  private func mark(_ index: Int) -> String { (index == fewest ? "E" : "") + (index == fastest ? "T" : "") }

  private var winners: [String] {
    guard let fewest, let fastest else { return ["no method converged"] }
    return [
      "E fewest evaluations: \(lines[fewest].solver), \(lines[fewest].result.evaluations)",
      "T shortest time: \(lines[fastest].solver), \(lines[fastest].result.durationText)",
    ]
  }
}

/// Rows of words under each other: the leading columns start together, the others end together.
struct TextTable {
  let lines: [String]

  init(_ rows: [[String]], leading: Int) {
    let count = rows.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in rows.map { DisplayWidth.of($0[column]) }.max() ?? 0 }
    lines = rows.map { row in
      let cells = row.enumerated().map { column, text in
        DisplayWidth.pad(text, to: widths[column], column < leading ? .left : .right)
      }
      return String(cells.joined(separator: "  ").reversed().drop { $0 == " " }.reversed())
    }
  }
}
