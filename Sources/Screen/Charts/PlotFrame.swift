/// Where the parts of a plot lie: legend above, value axis at the left, step axis below; parts that have no room are
/// left out.
struct PlotFrame {
  let legend: Rect?
  let area: Rect
  /// Column of the value axis; its labels stand left of it from `labels`.
  let axisColumn: Int?
  let labelWidth: Int
  /// Row of the step axis.
  let axisRow: Int?
  let labelRow: Int?
  let left: Int

  init(in rect: Rect, labelWidth: Int, hasLegend: Bool) {
    let hasLegend = hasLegend && rect.height >= 5 && rect.width >= 8
    let hasAxisRow = rect.height >= 3 && rect.width >= 6
    let hasLabelRow = rect.height >= 4 && rect.width >= 6
    let hasAxisColumn = rect.width >= 6
    self.labelWidth = rect.width >= labelWidth + 7 && rect.height >= 2 ? labelWidth : 0
    let margin = self.labelWidth + (hasAxisColumn ? 1 : 0)
    let top = rect.y + (hasLegend ? 1 : 0)
    let below = (hasAxisRow ? 1 : 0) + (hasLabelRow ? 1 : 0)
    self.left = rect.x
    self.legend = hasLegend ? Rect(x: rect.x, y: rect.y, width: rect.width, height: 1) : nil
    self.area = Rect(x: rect.x + margin, y: top, width: rect.width - margin, height: rect.maxY - below - top)
    self.axisColumn = hasAxisColumn ? rect.x + margin - 1 : nil
    self.axisRow = hasAxisRow ? area.maxY : nil
    self.labelRow = hasLabelRow ? area.maxY + 1 : nil
  }

  /// Draws the value axis with labels at rows of the area.
  func drawValueAxis(_ labels: [(row: Int, text: String)], on canvas: inout Canvas, _ look: Look) {
    guard let axisColumn else { return }
    canvas.fill(Rect(x: axisColumn, y: area.y, width: 1, height: area.height), "│", look[.border])
    for label in labels where label.row >= area.y && label.row < area.maxY {
      canvas.put("┤", look[.border], at: axisColumn, label.row)
      canvas.write(label.text, look[.dim], at: left, label.row, width: labelWidth, .right)
    }
  }

  /// Draws the step axis: labels at columns of the area, as many as fit, the name at the right; the cursor's label
  /// first.
  func drawStepAxis(
    _ labels: [(column: Int, text: String)], name: String, cursor: (column: Int, text: String)?,
    on canvas: inout Canvas, _ look: Look
  ) {
    guard let axisRow else { return }
    canvas.fill(Rect(x: area.x, y: axisRow, width: area.width, height: 1), "─", look[.border])
    if let axisColumn { canvas.put("└", look[.border], at: axisColumn, axisRow) }
    if let cursor { canvas.put("▴", look[.cursor], at: cursor.column, axisRow) }
    guard let labelRow else { return }
    var row = LabelRow(y: labelRow, from: left, to: area.maxX)
    if let cursor { row.place(cursor.text, at: cursor.column, look[.cursor], on: &canvas) }
    row.placeName(name, look[.dim], on: &canvas)
    for label in labels where row.place(label.text, at: label.column, look[.dim], on: &canvas) {
      if label.column != cursor?.column { canvas.put("┬", look[.border], at: label.column, axisRow) }
    }
  }

  /// Marks columns of the area on the step axis.
  func drawMarks(_ columns: [Int], on canvas: inout Canvas, _ look: Look) {
    guard let axisRow else { return }
    for column in columns { canvas.put("◆", look[.focus], at: column, axisRow) }
  }
}

/// A line of labels that never touch each other.
struct LabelRow {
  let y: Int
  let from: Int
  let to: Int
  private var taken: [Range<Int>] = []

  init(y: Int, from: Int, to: Int) {
    self.y = y
    self.from = from
    self.to = to
  }

  /// Writes a label centred on a column, moved inside the row, if it has room with a blank at both sides.
  @discardableResult
  mutating func place(_ text: String, at column: Int, _ style: Style, on canvas: inout Canvas) -> Bool {
    let width = DisplayWidth.of(text)
    let start = max(from, min(column - width / 2, to - width))
    guard width > 0, start + width <= to, !taken.contains(where: { $0.overlaps(start - 1..<start + width + 1) }) else {
      return false
    }
    taken.append(start..<start + width)
    canvas.write(text, style, at: start, y)
    return true
  }

  /// Writes the axis' name at the right end, if it takes less than half of the row.
  mutating func placeName(_ text: String, _ style: Style, on canvas: inout Canvas) {
    guard DisplayWidth.of(text) * 2 < to - from else { return }
    place(text, at: to, style, on: &canvas)
  }
}
