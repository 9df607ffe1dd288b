import FixedPoint
import Screen

/// Every fixed point as a list over the screen: where it is, how narrowly it is enclosed, whether it attracts, and how many
/// starts reach it.
public struct FixedPointsPanel: Sendable, Equatable {
  var selection = 0
}

extension OverlayView {
  func draw(_ panel: FixedPointsPanel, on canvas: inout Canvas, _ look: Look) {
    guard let board = model.watch?.fixedPoints else { return }
    let width = min(96, canvas.bounds.width - 2)
    let notes = TextBlock(board.notes).lines(width: width - 4)
    let rows = max(1, min(board.fixedPoints.count, canvas.bounds.height - notes.count - 11))
    let inside = box(width, rows + notes.count + 9, "every fixed point", on: &canvas, look).inset(horizontally: 1)
    for (row, line) in board.summary.enumerated() {
      canvas.write(line, look[row == 0 ? .focus : .dim], at: inside.x, inside.y + row, width: inside.width)
    }
    let list = Rect(x: inside.x, y: inside.y + 3, width: inside.width, height: rows + 1)
    board.table(selected: panel.selection, rows: rows, width: list.width).draw(in: list, on: &canvas, look)
    for (row, line) in notes.enumerated() {
      canvas.write(line, look[.dim], at: inside.x, inside.y + 5 + rows + row)
    }
    canvas.write(board.hint, look[.dim], at: inside.x, inside.maxY - 1, width: inside.width)
  }
}

extension FixedPointsBoard {
  fileprivate var hint: String {
    let search = isSearching ? "   space stop" : canSearch ? "   space search on" : ""
    return "↑ ↓ choose   Enter start there   d start beside it" + search
  }

  fileprivate var notes: String {
    let proof = fixedPoints.isEmpty ? "" : "Proved: a cube of this width holds exactly one."
    return [proof, sharesText].filter { !$0.isEmpty }.joined(separator: "\n")
  }

  /// As many units as fit are enough to tell fixed points apart.
  fileprivate func table(selected: Int, rows: Int, width: Int) -> Table {
    let units = min(dimension, max(1, (width - Self.otherColumns) / Self.unitWidth))
    let title = units < dimension ? "the first \(units) of \(dimension) units" : "z"
    return Table(
      [
        Table.Column("#", .fixed(3), .right), Table.Column(title, .flexible(minimum: Self.unitWidth)),
        Table.Column("width", .fixed(7), .right), Table.Column("rho(J)", .fixed(7), .right),
        Table.Column("", .fixed(10)), Table.Column("starts", .fixed(6), .right),
      ], rows: fixedPoints.count, selected: fixedPoints.isEmpty ? nil : selected, offset: max(0, selected - rows + 1)
    ) { row, column in cell(row, column, units) }
  }

  /// Cells of a unit's value, and of all columns but these.
  private static let unitWidth = 10
  private static let otherColumns = 3 + 7 + 7 + 10 + 6 + 5

  private func cell(_ row: Int, _ column: Int, _ units: Int) -> Table.Cell {
    let point = fixedPoints[row]
    return switch column {
    case 0: Table.Cell("\(row + 1)")
    case 1: Table.Cell(place(point, units), .number)
    case 2: Table.Cell(NumberText.scientific(2 * point.radius), .number)
    case 3: Table.Cell(NumberText.significant(point.spectralRadius, digits: 4), point.stability.role)
    case 4: Table.Cell(point.stability == .undecided ? "undecided" : point.stability.rawValue, point.stability.role)
    default: Table.Cell(share(row), .number)
    }
  }

  private func place(_ point: EnclosedFixedPoint, _ units: Int) -> String {
    point.center.prefix(units).map { entry in
      // What is nothing beside the enclosure's width is 0.
      NumberText.significant(abs(entry) <= point.radius ? 0 : entry, digits: 5, width: 9)
    }.joined(separator: " ")
  }

  private func share(_ row: Int) -> String {
    guard let shares, shares.isComplete, shares.counts.indices.contains(row) else { return "…" }
    return NumberText.percent(Double(shares.counts[row]) / Double(shares.tried), places: 1)
  }
}
