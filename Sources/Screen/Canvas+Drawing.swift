extension Canvas {
  /// Writes a text to the right of (x, y), clipped. Returns the column after it.
  @discardableResult
  public mutating func write(_ text: String, _ style: Style = .plain, at x: Int, _ y: Int) -> Int {
    var column = x + region.x
    let row = y + region.y
    let isVisible = row >= clip.y && row < clip.maxY
    let start = row * size.width
    var glyphs = Glyphs(text)
    while let (scalar, width) = glyphs.next() {
      if isVisible, column >= clip.x, column + width <= clip.maxX {
        cells[start + column] = Cell(scalar, style)
        if width == 2 { cells[start + column + 1] = Cell(Cell.continuation, style) }
      } else if isVisible, width == 2 {
        blankHalf(start, column, style)
      }
      column += width
    }
    return column - region.x
  }

  /// Writes a text into `width` cells: cut with `…` if it is longer, placed by `alignment` if it is shorter.
  public mutating func write(
    _ text: String, _ style: Style = .plain, at x: Int, _ y: Int, width: Int, _ alignment: Alignment = .left
  ) {
    let cut = DisplayWidth.truncate(text, to: width)
    write(cut, style, at: x + alignment.offset(in: max(0, width - DisplayWidth.of(cut))), y)
  }

  /// A wide character that the clip cuts through leaves a blank.
  private mutating func blankHalf(_ start: Int, _ column: Int, _ style: Style) {
    for half in column...column + 1 where half >= clip.x && half < clip.maxX {
      cells[start + half] = Cell(" ", style)
    }
  }

  /// Corners of a box.
  public enum Corners: Sendable, Hashable {
    case round
    case square
  }

  /// Draws a border around `rect` with a title at the left and a caption at the right of its upper edge, and returns
  /// what is inside.
  @discardableResult
  public mutating func box(
    _ rect: Rect, _ style: Style = .plain, corners: Corners = .round,
    title: String = "", titleStyle: Style? = nil, caption: String = "", captionStyle: Style? = nil
  ) -> Rect {
    let inside = Rect(x: rect.x + 1, y: rect.y + 1, width: rect.width - 2, height: rect.height - 2)
    guard rect.width >= 2, rect.height >= 2 else { return inside }
    border(rect, style, corners)
    let room = rect.width - 4
    let titleWidth = header(title, titleStyle ?? style, in: rect, room: room, .left)
    header(caption, captionStyle ?? style, in: rect, room: room - titleWidth - 1, .right)
    return inside
  }

  private mutating func border(_ rect: Rect, _ style: Style, _ corners: Corners) {
    let right = rect.maxX - 1
    let bottom = rect.maxY - 1
    fill(Rect(x: rect.x, y: rect.y, width: rect.width, height: 1), "─", style)
    fill(Rect(x: rect.x, y: bottom, width: rect.width, height: 1), "─", style)
    fill(Rect(x: rect.x, y: rect.y, width: 1, height: rect.height), "│", style)
    fill(Rect(x: right, y: rect.y, width: 1, height: rect.height), "│", style)
    put(corners == .round ? "╭" : "┌", style, at: rect.x, rect.y)
    put(corners == .round ? "╮" : "┐", style, at: right, rect.y)
    put(corners == .round ? "╰" : "└", style, at: rect.x, bottom)
    put(corners == .round ? "╯" : "┘", style, at: right, bottom)
  }

  /// Writes ` text ` into the upper edge, if at least three characters of it fit; returns the cells taken.
  @discardableResult
  private mutating func header(
    _ text: String, _ style: Style, in rect: Rect, room: Int, _ alignment: Alignment
  ) -> Int {
    let width = min(DisplayWidth.of(text), room - 2)
    guard width >= min(3, DisplayWidth.of(text)), width > 0 else { return 0 }
    let x = alignment == .right ? rect.maxX - 4 - width : rect.x + 2
    write(" " + DisplayWidth.truncate(text, to: width) + " ", style, at: x, rect.y)
    return width + 2
  }

  /// Dims what lies under an overlay: colours halved, bold and reverse taken away.
  public mutating func shade(_ rect: Rect) {
    update(rect) { cell in
      cell.style.foreground = cell.style.foreground.halved
      cell.style.background = cell.style.background.halved
      cell.style.attributes.subtract([.bold, .reverse])
      cell.style.attributes.insert(.dim)
    }
  }
}

extension Color {
  var halved: Color {
    guard case .rgb(let red, let green, let blue) = self else { return self }
    return .rgb(red / 2, green / 2, blue / 2)
  }
}
