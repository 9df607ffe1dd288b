import Screen

/// Where the parts of the build screen are: shared by drawing and by the mouse.
struct BuildLayout {
  /// What is open, and whether it can be solved.
  let status: Rect
  /// How the session ends as it stands.
  let solution: Rect
  let lights: Rect
  let list: Rect
  /// The rows inside the list's border.
  let rows: Rect
  let detail: Rect
  /// Where the solution's units are shown; `nil` in a low window.
  let units: Rect?
  /// The cells of the selected tensor inside the detail's border.
  let cells: Rect
  /// The number under the cell cursor, below the cells.
  let readout: Rect
  /// What the selected row is, or what is wrong with it.
  let hint: Rect

  init(_ size: Size) {
    func line(_ y: Int) -> Rect { Rect(x: 0, y: y, width: size.width, height: 1) }
    (status, solution, lights, hint) = (line(0), line(1), line(2), line(size.height - 2))
    let width = max(44, size.width * 11 / 20)
    list = Rect(x: 0, y: 3, width: width, height: size.height - 5)
    let beside = Rect(x: width, y: 3, width: size.width - width, height: size.height - 5)
    let parts = beside.rows([.flexible(minimum: 17, weight: 3), .flexible(minimum: 12, weight: 2, priority: -1)])
    (detail, units) = (parts[0] ?? beside, parts[1])
    rows = list.inset
    let inside = detail.inset
    cells = Rect(x: inside.x, y: inside.y, width: inside.width, height: inside.height - 1)
    readout = Rect(x: inside.x, y: inside.maxY - 1, width: inside.width, height: 1)
  }

  /// The row under a cell of the screen.
  func row(at point: Point, in board: BuildBoard) -> Int? {
    guard rows.contains(point) else { return nil }
    let row = board.offset + point.y - rows.y
    return row < board.rows.count ? row : nil
  }

  /// Columns of the list: where values and notes begin.
  static let valueColumn = 17
  static let noteColumn = 30
}
