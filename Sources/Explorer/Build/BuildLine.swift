import FixedPoint
import Screen
import Sessions

/// One row of the build screen: label, value, what may be given, and what is wrong.
struct BuildLine {
  let board: BuildBoard
  let index: Int
  let width: Int

  private var row: BuildRow { board.rows[index] }
  private var isSelected: Bool { index == board.selection }

  /// Draws the row; gives the place of the text cursor if it is being typed into.
  func draw(at y: Int, on canvas: inout Canvas, _ look: Look) -> Point? {
    let base: Style? = isSelected && !board.isInCells ? look[.selection] : nil
    if let base { canvas.fill(Rect(x: 0, y: y, width: width, height: 1), " ", base) }
    canvas.write(isSelected ? "›" : " ", base ?? look[.focus], at: 0, y)
    let x = 1 + 2 * row.indent
    let labelRole: Theme.Role = row.indent == 0 ? .title : .text
    canvas.write(row.label, base ?? look[labelRole], at: x, y, width: BuildLayout.valueColumn - x - 1)
    if isSelected, let entry = board.entry, entry.target != .cell {
      return draw(entry, at: y, on: &canvas, look)
    }
    let end = drawValue(at: y, base, on: &canvas, look)
    drawNote(from: end, at: y, base, on: &canvas, look)
    return nil
  }

  private func draw(_ entry: BuildBoard.Entry, at y: Int, on canvas: inout Canvas, _ look: Look) -> Point {
    let x = BuildLayout.valueColumn
    canvas.fill(Rect(x: x, y: y, width: width - x, height: 1), " ", look[.text])
    let wanted = entry.complaint == nil ? width : DisplayWidth.of(entry.field.text) + 1
    let room = min(wanted, width - x)
    let cursor = entry.field.draw(in: Rect(x: x, y: y, width: room, height: 1), on: &canvas, look)
    if let complaint = entry.complaint {
      canvas.write("x " + complaint, look[.bad], at: x + room + 1, y, width: width - x - room - 1)
    }
    return cursor
  }

  private func drawValue(at y: Int, _ base: Style?, on canvas: inout Canvas, _ look: Look) -> Int {
    let x = BuildLayout.valueColumn
    if case .link = row.content { return drawFormula(at: y, base, on: &canvas, look) }
    let isAdjustable = isSelected && !board.isInCells && row.isAdjustable
    let text = isAdjustable ? "‹\(row.value)›" : " " + row.value
    let shown = DisplayWidth.truncate(text, to: width - x - 1)
    return canvas.write(shown, base ?? look[row.isGiven ? .number : .dim], at: x, y)
  }

  private func drawFormula(at y: Int, _ base: Style?, on canvas: inout Canvas, _ look: Look) -> Int {
    guard case .link(let position) = row.content, board.complaint(ofRow: index) == nil else {
      return BuildLayout.valueColumn
    }
    let links = board.trial.links
    let shape = links.indices.contains(position) ? links[position].outgoing?.description ?? "?" : "?"
    let result = " → " + shape
    let x = width - 2 - DisplayWidth.of(result)
    let start = BuildLayout.valueColumn + 1
    canvas.write(row.value, base ?? look[.dim], at: start, y, width: x - start)
    canvas.write(result, base ?? look[.focus], at: x, y)
    return width
  }

  private func drawNote(from end: Int, at y: Int, _ base: Style?, on canvas: inout Canvas, _ look: Look) {
    let x = max(end + 1, BuildLayout.noteColumn)
    if let complaint = board.complaint(ofRow: index) {
      let start = min(x, end + 1)
      canvas.write("x " + complaint, base ?? look[.bad], at: start, y, width: width - start - 1)
    } else if row.indent > 0, !row.allowed.isEmpty, x + 4 < width {
      canvas.write(row.allowed, base ?? look[.dim], at: x, y, width: width - x - 2)
    }
  }
}

extension BuildRow {
  /// Whether the arrow keys change it.
  fileprivate var isAdjustable: Bool {
    switch content {
    case .field: true
    case .shape(let shape): shape != nil
    case .tensor(let tensor):
      if case .ensemble? = tensor.source { true } else { false }
    case .link, .edges, .text: false
    }
  }
}
