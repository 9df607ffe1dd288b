extension Canvas {
  /// The picture as text: a line for each row, blanks at its end left out.
  public var text: String { rows.joined(separator: "\n") }

  /// The rows of ``text``.
  public var rows: [String] { (0..<size.height).map { row in rowText(row) } }

  private func rowText(_ row: Int) -> String {
    var line = String.UnicodeScalarView()
    let start = row * size.width
    for column in 0..<size.width where !isSecondHalf(start, column) { line.append(mended(start, column)) }
    while line.last == " " { line.removeLast() }
    return String(line)
  }

  /// Whether the cell is the second half of a wide character that is still whole.
  func isSecondHalf(_ start: Int, _ column: Int) -> Bool {
    cells[start + column].scalar == Cell.continuation && column > 0
      && DisplayWidth.of(cells[start + column - 1].scalar) == 2
  }

  /// The cell's scalar, or a blank where half of a wide character was drawn over.
  func mended(_ start: Int, _ column: Int) -> Unicode.Scalar {
    let scalar = cells[start + column].scalar
    if scalar.value < 0x1100 && scalar != Cell.continuation { return scalar }
    if scalar == Cell.continuation { return isSecondHalf(start, column) ? scalar : " " }
    guard DisplayWidth.of(scalar) == 2 else { return scalar }
    let isWhole = column + 1 < size.width && cells[start + column + 1].scalar == Cell.continuation
    return isWhole ? scalar : " "
  }

  /// The picture as text, then a line `y x0-x1 style` for each run of cells that is not plain; styles are named by
  /// the theme where it has them.
  public func styledText(_ theme: Theme) -> String {
    ([text, ""] + styleRuns(theme)).joined(separator: "\n")
  }

  private func styleRuns(_ theme: Theme) -> [String] {
    var runs: [String] = []
    for row in 0..<size.height {
      var column = 0
      while column < size.width {
        let style = cells[row * size.width + column].style
        let first = column
        while column < size.width, cells[row * size.width + column].style == style { column += 1 }
        if style != .plain { runs.append("\(row) \(first)-\(column - 1) \(theme.name(of: style))") }
      }
    }
    return runs
  }
}
