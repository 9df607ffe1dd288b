/// A matrix cell by cell, to look at and to edit: numbers where they fit, else colours, with one cell marked.
///
/// Where not all cells fit, the page that holds the marked cell is shown; a click on a page therefore never moves it.
public struct MatrixMap: Drawable {
  /// A cell of the matrix, both counted from 0.
  public struct Cell: Sendable, Hashable {
    public var row: Int
    public var column: Int

    public init(row: Int, column: Int) {
      self.row = row
      self.column = column
    }
  }

  public var rows: Int
  public var columns: Int
  /// Row by row.
  public var values: [Double]
  /// The cell whose page is shown.
  public var cursor: Cell
  /// Whether the cell is marked.
  public var isMarked: Bool

  public init(rows: Int, columns: Int, values: [Double], cursor: Cell, isMarked: Bool) {
    precondition(values.count == rows * columns, "a matrix has as many values as cells")
    self.rows = rows
    self.columns = columns
    self.values = values
    self.cursor = cursor
    self.isMarked = isMarked
  }

  private static let numberWidth = 9
  private static let colorWidth = 2

  /// Where cells are, and which.
  private struct Page {
    let area: Rect
    let cellWidth: Int
    let first: Cell
    let size: Size
  }

  private func page(in size: Size) -> Page {
    let labels = String(max(0, rows - 1)).count + 1
    let area = Rect(x: labels, y: 1, width: size.width - labels, height: size.height - 1)
    let cellWidth = columns * Self.numberWidth <= area.width ? Self.numberWidth : Self.colorWidth
    let fitting = Size(width: max(1, area.width / cellWidth), height: max(1, area.height))
    let first = Cell(
      row: cursor.row / fitting.height * fitting.height, column: cursor.column / fitting.width * fitting.width)
    return Page(area: area, cellWidth: cellWidth, first: first, size: fitting)
  }

  /// The cell of the matrix under a point; `nil` outside.
  public func cell(at point: Point, in rect: Rect) -> Cell? {
    let page = page(in: rect.size)
    let place = Point(x: point.x - rect.x, y: point.y - rect.y)
    guard page.area.contains(place) else { return nil }
    let cell = Cell(
      row: page.first.row + place.y - page.area.y,
      column: page.first.column + (place.x - page.area.x) / page.cellWidth)
    return cell.row < rows && cell.column < min(columns, page.first.column + page.size.width) ? cell : nil
  }

  public func draw(in rect: Rect, on canvas: inout Canvas, _ look: Look) {
    guard !rect.isEmpty, rows > 0, columns > 0 else { return }
    let page = page(in: rect.size)
    let ink = HeatMap.Ink(limit: values.lazy.filter(\.isFinite).map(abs).max() ?? 1, look)
    canvas.draw(in: rect) { region in
      drawColumnNumbers(page, on: &region, look)
      for row in page.first.row..<min(rows, page.first.row + page.size.height) {
        let y = page.area.y + row - page.first.row
        let isHere = isMarked && row == cursor.row
        region.write(String(row), look[isHere ? .focus : .dim], at: 0, y, width: page.area.x - 1, .right)
        for column in page.first.column..<min(columns, page.first.column + page.size.width) {
          draw(Cell(row: row, column: column), page, ink, at: y, on: &region, look)
        }
      }
    }
  }

  private func drawColumnNumbers(_ page: Page, on canvas: inout Canvas, _ look: Look) {
    let stride = page.cellWidth == Self.numberWidth ? 1 : 5
    for column in page.first.column..<min(columns, page.first.column + page.size.width) {
      guard column.isMultiple(of: stride) else { continue }
      let x = page.area.x + (column - page.first.column) * page.cellWidth
      let isHere = isMarked && column == cursor.column
      let width = stride == 1 ? page.cellWidth : String(column).count
      canvas.write(String(column), look[isHere ? .focus : .dim], at: x, 0, width: width, stride == 1 ? .right : .left)
    }
  }

  private func draw(
    _ cell: Cell, _ page: Page, _ ink: HeatMap.Ink, at y: Int, on canvas: inout Canvas, _ look: Look
  ) {
    let value = values[cell.row * columns + cell.column]
    let x = page.area.x + (cell.column - page.first.column) * page.cellWidth
    let isHere = isMarked && cell == cursor
    if page.cellWidth == Self.numberWidth {
      let role: Theme.Role = !value.isFinite ? .undefined : value == 0 ? .dim : value < 0 ? .series1 : .series2
      let text = NumberText.significant(value)
      canvas.write(
        text, look[role].with(isHere ? .reverse : []), at: x + 1, y, width: Self.numberWidth - 1, .right)
      return
    }
    let place = value.isFinite ? HeatMap.Place.value(value) : .undefined
    let drawn = ink.cell(place, place, isMarked: false)
    if isHere {
      canvas.write("[]", look[.cursor].with(.reverse), at: x, y)
    } else {
      for offset in 0..<Self.colorWidth { canvas.put(drawn.scalar, drawn.style, at: x + offset, y) }
    }
  }
}
