/// A grid of cells: a value to draw into, compare, and print.
///
/// Coordinates are those of the current region (``draw(in:_:)``), at first the whole canvas. Drawing clips to the
/// region; nothing outside it is changed.
public struct Canvas: Sendable, Equatable {
  public struct Cell: Sendable, Hashable {
    /// The character shown; a wide character is followed by a cell with ``continuation``.
    public var scalar: Unicode.Scalar
    public var style: Style

    public init(_ scalar: Unicode.Scalar = " ", _ style: Style = .plain) {
      self.scalar = scalar
      self.style = style
    }

    /// Marks the second cell of a wide character.
    public static let continuation: Unicode.Scalar = "\0"
  }

  public let size: Size
  /// Row by row.
  public internal(set) var cells: [Cell]
  /// The current region in canvas coordinates: its corner is (0, 0) for drawing.
  private(set) var region: Rect
  /// What drawing may change, in canvas coordinates.
  private(set) var clip: Rect

  public init(size: Size) {
    self.size = Size(width: max(0, size.width), height: max(0, size.height))
    self.cells = Array(repeating: Cell(), count: self.size.width * self.size.height)
    self.region = Rect(self.size)
    self.clip = Rect(self.size)
  }

  /// The current region in its own coordinates.
  public var bounds: Rect { Rect(region.size) }

  /// The cell at a position of the region; blank outside the canvas.
  public subscript(x: Int, y: Int) -> Cell {
    let column = x + region.x
    let row = y + region.y
    guard column >= 0, column < size.width, row >= 0, row < size.height else { return Cell() }
    return cells[row * size.width + column]
  }

  /// Draws with `rect` as the region: (0, 0) is its corner, and nothing outside it (or outside the regions around it)
  /// is changed.
  @discardableResult
  public mutating func draw<Result>(in rect: Rect, _ body: (inout Canvas) throws -> Result) rethrows -> Result {
    let outer = (region, clip)
    region = rect.translated(by: region.origin)
    clip = clip.intersection(region)
    defer { (region, clip) = outer }
    return try body(&self)
  }

  /// Sets one cell, if it lies in the region. Does not look at the scalar's width.
  public mutating func put(_ scalar: Unicode.Scalar, _ style: Style = .plain, at x: Int, _ y: Int) {
    let column = x + region.x
    let row = y + region.y
    guard column >= clip.x, column < clip.maxX, row >= clip.y, row < clip.maxY else { return }
    cells[row * size.width + column] = Cell(scalar, style)
  }

  /// Applies a change to every cell of a rectangle.
  public mutating func update(_ rect: Rect, _ change: (inout Cell) -> Void) {
    let area = rect.translated(by: region.origin).intersection(clip)
    for row in area.y..<area.maxY {
      for index in (row * size.width + area.x)..<(row * size.width + area.maxX) { change(&cells[index]) }
    }
  }

  /// Fills a rectangle with one character.
  public mutating func fill(_ rect: Rect, _ scalar: Unicode.Scalar = " ", _ style: Style = .plain) {
    update(rect) { $0 = Cell(scalar, style) }
  }
}
