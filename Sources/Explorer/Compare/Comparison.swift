import FixedPoint
import Screen

/// Two runs side by side at one step: plots and table.
struct Comparison {
  let sides: [Run<Network>]
  let step: Int
  let measure: Measure
  let board: CompareBoard

  /// `nil` until there are two sides.
  init?(_ watch: Watch) {
    guard let other = watch.comparison.other else { return nil }
    sides = [watch.run, other.run]
    step = watch.cursor
    measure = watch.measure
    board = watch.comparison
  }

  static let letters: [Unicode.Scalar] = ["A", "B"]
  static let roles: [Theme.Role] = [.series1, .series2]

  /// The row of a side at the step; `nil` before the first and after its last.
  private func row(_ side: Int) -> TraceRow? {
    (1...max(1, sides[side].stepCount)).contains(step) ? sides[side].trace.dropFirst(step - 1).first : nil
  }

  private var stepRange: ClosedRange<Double> { 0...Double(max(10, sides.map(\.stepCount).max() ?? 0)) }
}

// MARK: - Plots

extension Comparison {
  var residualPlot: LinePlot {
    let isBySteps = board.axis == .steps
    let series = sides.indices.map { side in
      LinePlot.Series(
        "", letter: Self.letters[side], sides[side].trace.map { $0[measure] },
        positions: sides[side].trace.map { Double(isBySteps ? $0.step : $0.evaluations) }, role: Self.roles[side])
    }
    let last = sides.compactMap { $0.trace.last.map { Double($0.evaluations) } }.max() ?? 10
    return LinePlot(
      series.filter { !$0.values.isEmpty }, scale: .log10, stepName: isBySteps ? "step" : "evaluations",
      cursor: isBySteps ? Double(step) : nil, steps: isBySteps ? stepRange : 0...max(10, last))
  }

  /// Both distances of the states at each step; `nil` where the shapes differ.
  var differencePlot: LinePlot? {
    let differences = board.differences
    guard !differences.isEmpty else { return nil }
    let curves = [
      LinePlot.Series("Euclidean", letter: "2", differences.map(\.euclidean), role: .series3),
      LinePlot.Series("Thompson", letter: "T", differences.map(\.thompson), role: .series5),
    ]
    return LinePlot(
      curves.filter { $0.values.contains { $0 != nil } }, scale: .log10, cursor: Double(step), steps: stepRange)
  }

  var contractionPlot: LinePlot {
    let series = sides.indices.map { side in
      let rows = sides[side].trace.dropFirst()
      return LinePlot.Series(
        "", letter: Self.letters[side], rows.map(\.ratioEuclidean), positions: rows.map { Double($0.step) },
        role: Self.roles[side])
    }
    let largest = sides.lazy.flatMap { $0.trace.lazy.compactMap(\.ratioEuclidean) }.max() ?? 1
    return LinePlot(
      series.filter { !$0.values.isEmpty }, levels: [LinePlot.Level(1, "1")], cursor: Double(step), steps: stepRange,
      values: 0...max(1.1, min(3, largest * 1.05)))
  }
}

// MARK: - Table

extension Comparison {
  /// The facts of both sides, one a row, those of the step first; as many as fit into `height` rows.
  func table(height: Int) -> Table {
    let facts = Array(facts(height: height).prefix(max(0, height - 1)))
    return Table(
      [
        Table.Column("", .flexible(minimum: 11)), Table.Column("A", .flexible(minimum: 9, weight: 2), .right),
        Table.Column("B", .flexible(minimum: 9, weight: 2), .right),
      ], rows: facts.count
    ) { row, column in
      column == 0
        ? Table.Cell(facts[row].name, .dim) : Table.Cell(facts[row].values[column - 1], facts[row].role)
    }
  }

  private typealias Fact = (name: String, values: [String], role: Theme.Role)

  private func facts(height: Int) -> [Fact] {
    let here = sides.indices.map { row($0) }
    let facts: [Fact] = [
      ("residual", here.map { NumberText.scientific($0?[measure]) }, .number),
      ("ratio", here.map { NumberText.significant($0?.ratioEuclidean) }, .number),
      ("evaluations", here.map { $0.map { String($0.evaluations) } ?? NumberText.undefined }, .number),
      ("outcome", sides.map { $0.outcome.map { $0.letter + " " + $0.word } ?? "goes on" }, .text),
    ]
    let all = stride(from: 1, to: 12, by: 2).map { RaceResult.decades[$0] }
    let few = [2, 5, 8].map { RaceResult.decades[$0] }
    return facts + (facts.count + all.count < height ? all : few).map(evaluations)
  }

  /// Evaluations until the relative residual was first so small.
  private func evaluations(to level: Double) -> Fact {
    let counts = sides.map { run in run.trace.first { $0.residualRelative.map { $0 <= level } ?? false }?.evaluations }
    let name = "evals \(NumberText.scientific(level, digits: 1))"
    return (name, counts.map { $0.map(String.init) ?? NumberText.undefined }, .number)
  }

  /// Where the states of the step differ most, in one line; the curves say how far they are apart.
  var differenceText: String {
    guard !board.differences.isEmpty else { return "the states have different shapes" }
    guard board.differences.indices.contains(step) else { return "step \(step): one side has ended" }
    let here = board.differences[step]
    if here.euclidean == 0 { return "step \(step): the same state" }
    guard let unit = here.unit else { return "step \(step): no entry can be compared" }
    return "step \(step): most in unit \(unit), by \(NumberText.scientific(here.largest))"
  }
}
