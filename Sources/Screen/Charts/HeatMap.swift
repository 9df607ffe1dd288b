/// A matrix as colours: units down, steps across.
///
/// With 256 colours each cell shows two rows as half blocks; otherwise, and on ASCII, one row as a character of a
/// density ramp. Where several values share a place, the one farthest from the palette's origin is shown, and the
/// legend says how many; a place with an undefined value among them is shown as undefined.
public struct HeatMap: Drawable {
  /// How values become colours.
  public enum Coloring: Sendable, Hashable {
    /// Symmetric around 0; `limit` is the value of the end colours, `nil` the largest magnitude.
    case diverging(limit: Double? = nil)
    /// From small to large; `nil` from the least to the greatest.
    case sequential(ClosedRange<Double>? = nil)
  }

  public var rows: Int
  public var columns: Int
  /// The value at a row and a column; `nil` and what is not finite are undefined.
  public var value: @Sendable (_ row: Int, _ column: Int) -> Double?
  public var coloring: Coloring
  public var columnName: String
  /// The number of the first column, for labels and cursor.
  public var firstColumn: Int
  /// The number of each column, ascending, where they do not follow one another.
  public var columnNumbers: [Int]?
  /// The number of each row, for labels; `nil`: 0, 1, 2, …
  public var rowNumbers: [Int]?
  /// Number of the column to mark.
  public var cursor: Int?
  /// Index of the row to mark.
  public var rowCursor: Int?
  /// How many values there are, row by row, where they do not fill the last row; `nil` for all of it.
  public var count: Int?

  public init(
    rows: Int, columns: Int, coloring: Coloring = .diverging(), columnName: String = "step", firstColumn: Int = 0,
    columnNumbers: [Int]? = nil, rowNumbers: [Int]? = nil, cursor: Int? = nil, rowCursor: Int? = nil,
    count: Int? = nil,
    value: @escaping @Sendable (_ row: Int, _ column: Int) -> Double?
  ) {
    self.rows = max(0, rows)
    self.columns = max(0, columns)
    self.coloring = coloring
    self.columnName = columnName
    self.firstColumn = firstColumn
    self.columnNumbers = columnNumbers
    self.rowNumbers = rowNumbers
    self.cursor = cursor
    self.rowCursor = rowCursor
    self.count = count
    self.value = value
  }

  public func draw(in rect: Rect, on canvas: inout Canvas, _ look: Look) {
    guard !rect.isEmpty else { return }
    let frame = frame(in: rect)
    let perCell = Ink.isFine(look.profile) ? 2 : 1
    let area = frame.area
    let grid = HeatGrid(self, width: area.width, height: area.height * perCell, spread: 2 * perCell)
    let ink = Ink(coloring, grid: grid, look)
    canvas.draw(in: rect) { region in
      drawAxes(grid, frame, perCell, on: &region, look)
      for row in 0..<(grid.height + perCell - 1) / perCell {
        for column in 0..<grid.width {
          let (upper, lower) = (grid[row * perCell, column], grid[row * perCell + perCell - 1, column])
          let cell = ink.cell(upper, lower, isMarked: column == cursorPlace(grid))
          region.put(cell.scalar, cell.style, at: area.x + column, area.y + row)
        }
      }
      if let legend = frame.legend { ink.drawLegend(from: area.x, to: legend.maxX, grid, on: &region) }
    }
  }

  /// The number of the column under a cell, to scrub by mouse; `nil` outside the map.
  public func column(at point: Point, in rect: Rect) -> Int? {
    guard !rect.isEmpty else { return nil }
    let area = frame(in: rect).area
    let places = HeatGrid.places(columns, in: area.width, spread: 4)
    let place = point.x - rect.x - area.x
    guard area.contains(Point(x: point.x - rect.x, y: point.y - rect.y)), place < places else { return nil }
    return number(of: HeatGrid.span(place, of: places, over: columns).lowerBound)
  }

  /// The index of the row under a cell; of several that share it the first. `nil` outside the map.
  public func row(at point: Point, in rect: Rect, _ profile: Profile) -> Int? {
    guard !rect.isEmpty else { return nil }
    let area = frame(in: rect).area
    let perCell = Ink.isFine(profile) ? 2 : 1
    let places = HeatGrid.places(rows, in: area.height * perCell, spread: 2 * perCell)
    let place = (point.y - rect.y - area.y) * perCell
    guard area.contains(Point(x: point.x - rect.x, y: point.y - rect.y)), place < places else { return nil }
    return HeatGrid.span(place, of: places, over: rows).lowerBound
  }

  private func frame(in rect: Rect) -> PlotFrame {
    let largest = rowNumbers?.last ?? max(0, rows - 1)
    return PlotFrame(in: Rect(rect.size), labelWidth: String(largest).count, hasLegend: true)
  }

  /// Place of the cursor's column.
  private func cursorPlace(_ grid: HeatGrid) -> Int? {
    guard let cursor, let column = index(of: cursor) else { return nil }
    return HeatGrid.place(of: column, in: grid.width, over: columns)
  }

  private func number(of column: Int) -> Int { columnNumbers?[column] ?? firstColumn + column }

  /// The column of a number, the last one before it where it has none.
  private func index(of number: Int) -> Int? {
    guard let columnNumbers else { return (0..<columns).contains(number - firstColumn) ? number - firstColumn : nil }
    return columnNumbers.lastIndex { $0 <= number }
  }

  private func drawAxes(_ grid: HeatGrid, _ frame: PlotFrame, _ perCell: Int, on canvas: inout Canvas, _ look: Look) {
    let area = frame.area
    guard rows > 0, columns > 0, area.width > 0, area.height > 0 else { return }
    let units = rowTicks(max(1, area.height / 2)).map { row, text in
      (row: area.y + HeatGrid.place(of: row, in: grid.height, over: rows) / perCell, text: text)
    }
    frame.drawValueAxis(units, on: &canvas, look)
    if let rowCursor, let column = frame.axisColumn {
      let row = HeatGrid.place(of: rowCursor, in: grid.height, over: rows) / perCell
      canvas.put("▸", look[.cursor], at: column, area.y + row)
    }
    let steps = columnTicks(max(1, grid.width / 6)).map { column, text in
      (column: area.x + HeatGrid.place(of: column, in: grid.width, over: columns), text: text)
    }
    let mark = cursorPlace(grid).map { (column: area.x + $0, text: String(cursor ?? 0)) }
    frame.drawStepAxis(steps, name: columnName, cursor: mark, on: &canvas, look)
  }

  /// At most about `count` rows to name, with their numbers.
  func rowTicks(_ count: Int) -> [(row: Int, text: String)] {
    let ticks = Axis(.linear, from: 0, to: Double(rows)).wholeTicks(count)
    return ticks.map { Int($0.value) }.filter { $0 < rows }.map { (row: $0, text: String(rowNumbers?[$0] ?? $0)) }
  }

  /// At most about `count` columns to name, with their numbers.
  func columnTicks(_ count: Int) -> [(column: Int, text: String)] {
    let (first, last) = (number(of: 0), number(of: columns - 1))
    let ticks = Axis(.linear, from: Double(first), to: Double(last + 1)).wholeTicks(count)
    return ticks.filter { $0.value <= Double(last) }.compactMap { tick in
      index(of: Int(tick.value)).map { (column: $0, text: tick.label) }
    }
  }
}
