/// Rows and columns of text with a header, a selected row and a scroll position.
public struct Table: Drawable {
  public struct Column: Sendable, Hashable {
    public var title: String
    public var width: Pane
    public var alignment: Alignment

    public init(_ title: String, _ width: Pane, _ alignment: Alignment = .left) {
      self.title = title
      self.width = width
      self.alignment = alignment
    }
  }

  public struct Cell: Sendable {
    public var text: String
    public var role: Theme.Role

    public init(_ text: String, _ role: Theme.Role = .text) {
      self.text = text
      self.role = role
    }
  }

  /// Columns of low priority go first where there is no room; one blank stands between columns.
  public var columns: [Column]
  public var rows: Int
  public var selected: Int?
  /// First row shown.
  public var offset: Int
  public var cell: @Sendable (_ row: Int, _ column: Int) -> Cell

  public init(
    _ columns: [Column], rows: Int, selected: Int? = nil, offset: Int = 0,
    cell: @escaping @Sendable (_ row: Int, _ column: Int) -> Cell
  ) {
    self.columns = columns
    self.rows = rows
    self.selected = selected
    self.offset = max(0, offset)
    self.cell = cell
  }

  public func draw(in rect: Rect, on canvas: inout Canvas, _ look: Look) {
    let hasBar = rows > rect.height - 1 && rect.width > 1 && rect.height > 1
    let places = places(in: rect.width - (hasBar ? 1 : 0))
    canvas.draw(in: rect) { region in
      for (column, place) in zip(columns, places) {
        guard let place else { continue }
        region.write(column.title, look[.dim], at: place.x, 0, width: place.width, column.alignment)
      }
      for line in 0..<max(0, min(rect.height - 1, rows - offset)) {
        draw(offset + line, at: line + 1, places, width: rect.width - (hasBar ? 1 : 0), on: &region, look)
      }
      let bar = Rect(x: rect.width - 1, y: 1, width: 1, height: rect.height - 1)
      if hasBar { region.scrollBar(bar, offset: offset, of: rows, look) }
    }
  }

  /// The row under a cell, to select by mouse; `nil` on the header and below the last row.
  public func row(at point: Point, in rect: Rect) -> Int? {
    guard rect.contains(point), point.y > rect.y else { return nil }
    let row = offset + point.y - rect.y - 1
    return row < rows ? row : nil
  }

  private func places(in width: Int) -> [Rect?] {
    let panes = columns.map { column in
      Pane(minimum: column.width.minimum + 1, weight: column.width.weight, priority: column.width.priority)
    }
    return Rect(x: 0, y: 0, width: width + 1, height: 1).columns(panes).map { place in
      place.map { Rect(x: $0.x, y: 0, width: $0.width - 1, height: 1) }
    }
  }

  private func draw(_ row: Int, at y: Int, _ places: [Rect?], width: Int, on canvas: inout Canvas, _ look: Look) {
    for (column, place) in places.enumerated() {
      guard let place else { continue }
      let cell = cell(row, column)
      canvas.write(cell.text, look[cell.role], at: place.x, y, width: place.width, columns[column].alignment)
    }
    if row == selected {
      canvas.update(Rect(x: 0, y: y, width: width, height: 1)) { $0.style = look[.selection] }
    }
  }
}

extension Canvas {
  /// A scroll bar: which part of `count` rows is shown in the bar's height from `offset` on.
  public mutating func scrollBar(_ rect: Rect, offset: Int, of count: Int, _ look: Look) {
    guard rect.height > 0, count > rect.height else { return }
    fill(rect, "│", look[.border])
    let length = max(1, rect.height * rect.height / count)
    let start = min(offset, count - rect.height) * (rect.height - length) / (count - rect.height)
    fill(Rect(x: rect.x, y: rect.y + start, width: 1, height: length), "█", look[.dim])
  }
}
