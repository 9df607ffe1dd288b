import FixedPoint
import Screen
import Sessions

/// Where the parts of the race screen are: shared by drawing and by the mouse.
struct RaceLayout {
  let plot: Rect
  let table: Rect
  /// What the selected method is, or why it could not run.
  let detail: Rect

  init(_ size: Size, count: Int) {
    let body = size.height - 4
    let tableHeight = min(count + 1, body / 2)
    plot = Rect(x: 0, y: 2, width: size.width, height: body - tableHeight)
    table = Rect(x: 0, y: plot.maxY, width: size.width, height: tableHeight)
    detail = Rect(x: 0, y: table.maxY, width: size.width, height: 1)
  }

  /// First method shown, so that the selected one is seen.
  func first(for selection: Int) -> Int { max(0, selection - (table.height - 1) + 1) }

  /// The method under a cell.
  func row(at point: Point, in board: RaceBoard) -> Int? {
    guard table.contains(point), point.y > table.y else { return nil }
    let row = first(for: board.selection) + point.y - table.y - 1
    return row < board.entrants.count ? row : nil
  }
}

/// The race screen: the methods' residuals in one plot, and their costs in a table.
struct RaceView {
  let title: String
  let board: RaceBoard
  let size: Size

  func draw(on canvas: inout Canvas, _ look: Look) {
    let layout = RaceLayout(size, count: board.entrants.count)
    canvas.write(DisplayWidth.truncate(title, to: size.width - 2), look[.title], at: 1, 0)
    canvas.write(board.conclusion, look[.focus], at: 1, 1, width: size.width - 2)
    drawPlot(in: layout.plot, on: &canvas, look)
    board.table(first: layout.first(for: board.selection)).draw(in: layout.table, on: &canvas, look)
    canvas.write(board.detail, look[.dim], at: 1, layout.detail.y, width: size.width - 2)
  }

  private func drawPlot(in rect: Rect, on canvas: inout Canvas, _ look: Look) {
    let inside = canvas.box(
      rect, look[.border], title: "relative residual", titleStyle: look[.title],
      caption: board.axis == .evaluations ? "against evaluations of f" : "against time", captionStyle: look[.dim])
    board.plot.draw(in: inside, on: &canvas, look)
  }
}

extension RaceBoard {
  /// Stands for an entrant in the plot and in the table.
  static func letter(_ index: Int) -> Unicode.Scalar {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ".unicodeScalars)
    return letters[index % letters.count]
  }

  private static let roles: [Theme.Role] = [
    .series1, .series2, .series3, .series4, .series5, .series6, .series7, .series8,
  ]

  private static func role(_ index: Int) -> Theme.Role { roles[index % roles.count] }

  /// The relative residual of every entrant that is on; the selected one on top. The axis ends with the last of those
  /// that converged.
  var plot: LinePlot {
    let shown = results
    let order = shown.indices.filter { $0 != selection && shown[$0]?.trace.isEmpty == false } + [selection]
    let unit = TimeUnit(for: shown.compactMap { $0?.duration }.max() ?? 0)
    let series = order.compactMap { index in
      shown[index].map { result in
        LinePlot.Series(
          entrants[index].source.label, letter: Self.letter(index), result.trace.map(\.residualRelative),
          positions: positions(of: result, unit), role: Self.role(index))
      }
    }
    let ends = shown.compactMap { $0 }.filter { shown.fewestEvaluations == nil || $0.hasConverged }
      .compactMap { positions(of: $0, unit).last }
    let rule = race.stopping
    return LinePlot(
      frozenSeries(unit) + series.filter { !$0.values.isEmpty },
      levels: rule.measure == .residualRelative && rule.tolerance > 0
        ? [LinePlot.Level(rule.tolerance, "tolerance")] : [],
      scale: .log10, stepName: axis == .evaluations ? "evaluations" : unit.rawValue,
      steps: 0...max(1, ends.max() ?? 1))
  }

  private func frozenSeries(_ unit: TimeUnit) -> [LinePlot.Series] {
    frozen.map { curve in
      let values = curve.result.trace.map(\.residualRelative)
      return LinePlot.Series(curve.label, values, positions: positions(of: curve.result, unit)).frozen()
    }
  }

  private func positions(of result: RaceResult, _ unit: TimeUnit) -> [Double] {
    switch axis {
    case .evaluations: result.trace.map { Double($0.evaluations) }
    case .time: result.seconds.map { $0 * unit.perSecond }
    }
  }

  /// One row a method; `best` says in what a method wins.
  func table(first: Int) -> Table {
    let (fewest, fastest) = (results.fewestEvaluations, results.fastest)
    return Table(
      [
        Table.Column("", .fixed(1)), Table.Column("on", .fixed(2)), Table.Column("method", .flexible(minimum: 16)),
        Table.Column("outcome", .fixed(15)), Table.Column("steps", .fixed(5), .right),
        Table.Column("evals", .fixed(6), .right), Table.Column("to 1e-6", .fixed(7), .right),
        Table.Column("time", .fixed(8), .right), Table.Column("best", .fixed(5)),
      ],
      rows: entrants.count, selected: selection, offset: first
    ) { row, column in
      let best = row == fewest ? (row == fastest ? "both" : "evals") : row == fastest ? "time" : ""
      return cell(row, column, best: best)
    }
  }

  private func cell(_ row: Int, _ column: Int, best: String) -> Table.Cell {
    let entrant = entrants[row]
    switch column {
    case 0: return Table.Cell(String(Character(Self.letter(row))), Self.role(row))
    case 1: return Table.Cell(entrant.isOn ? "+" : "-", entrant.isOn ? .good : .dim)
    case 2: return Table.Cell(entrant.source.label, entrant.isOn ? .text : .dim)
    case 8: return Table.Cell(best, .focus)
    default: break
    }
    guard entrant.isOn else { return Table.Cell("", .dim) }
    guard let result = entrant.result else { return Table.Cell(column == 3 ? waiting(row) : "", .dim) }
    return switch column {
    case 3: Table.Cell(result.outcome.letter + " " + result.outcome.word, result.outcome.role)
    case 4: Table.Cell(String(result.steps), .number)
    case 5: Table.Cell(String(result.evaluations), .number)
    case 6: Table.Cell(result.evaluations(to: 1e-6).map(String.init) ?? NumberText.undefined, .number)
    default: Table.Cell(result.durationText, .number)
    }
  }

  private func waiting(_ row: Int) -> String { running == row ? "running…" : "waiting…" }

  /// What the selected method is, or why it could not run.
  var detail: String {
    let name = selected.source.label
    if let reason = selected.result?.reason { return "\(name): \(reason)" }
    return "\(name): " + (MethodCatalog.named(selected.source.method)?.description.summary ?? "")
  }
}
