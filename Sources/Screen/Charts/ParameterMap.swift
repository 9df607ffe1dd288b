/// A quantity over a grid of two parameters: the first across, the second upwards, with the rims of regions drawn over
/// it as letters.
///
/// With 256 colours each cell of the screen shows two rows as half blocks; otherwise, and on ASCII, one row as a
/// character. Where several cells of the grid share a place, the largest value is shown, and undefined if one of them is.
public struct ParameterMap: Drawable {
  /// One axis: its name, and a label for each of its values.
  public struct Side: Sendable, Equatable {
    public var name: String
    public var labels: [String]

    public init(_ name: String, labels: [String]) {
      self.name = name
      self.labels = labels
    }
  }

  /// What stands in a cell of the grid.
  public enum Content: Sendable, Equatable {
    case value(Double)
    case undefined
    /// Not known yet.
    case pending
  }

  /// One of few things that a value can stand for.
  public struct Category: Sendable, Equatable {
    public var letter: Unicode.Scalar
    public var name: String
    public var role: Theme.Role
    /// How much of the role's colour its cells have, 0 to 1: tells those of one role apart.
    public var strength: Double

    public init(_ letter: Unicode.Scalar, _ name: String, role: Theme.Role, strength: Double = 0.7) {
      self.letter = letter
      self.name = name
      self.role = role
      self.strength = strength
    }
  }

  /// How values become colours and characters.
  public enum Coloring: Sendable, Equatable {
    case sequential(Axis)
    /// Symmetric around 0; `limit` is the value of the end colours.
    case diverging(limit: Double)
    /// Value k is the k-th of these.
    case categories([Category])
  }

  /// A part of the grid whose rim is drawn.
  public struct Region: Sendable, Equatable {
    public var letter: Unicode.Scalar
    public var name: String
    public var role: Theme.Role
    /// For each cell whether it belongs to the region; `nil` where that is not known. In the order of the contents.
    public var contains: [Bool?]

    public init(_ letter: Unicode.Scalar, _ name: String, role: Theme.Role, contains: [Bool?]) {
      self.letter = letter
      self.name = name
      self.role = role
      self.contains = contains
    }
  }

  /// A cell of the grid, both counted from 0, rows upwards.
  public struct Cell: Sendable, Hashable {
    public var column: Int
    public var row: Int

    public init(column: Int, row: Int) {
      self.column = column
      self.row = row
    }
  }

  public var across: Side
  public var up: Side
  /// Row by row, the lowest first.
  public var contents: [Content]
  public var coloring: Coloring
  public var regions: [Region] = [] {
    didSet {
      precondition(regions.allSatisfy { $0.contains.count == contents.count }, "a region says of every cell what it is")
      rims = findRims()
    }
  }
  public var cursor: Cell?
  /// A cell that is marked with a dot.
  public var mark: Cell?
  /// The cells at rims, each with the letters of the regions that end there.
  private var rims: [(cell: Cell, letters: [Unicode.Scalar])] = []

  public init(across: Side, up: Side, contents: [Content], coloring: Coloring) {
    precondition(contents.count == across.labels.count * up.labels.count, "a map has as many contents as cells")
    self.across = across
    self.up = up
    self.contents = contents
    self.coloring = coloring
  }

  public var columns: Int { across.labels.count }
  public var rows: Int { up.labels.count }

  public func draw(in rect: Rect, on canvas: inout Canvas, _ look: Look) {
    guard !rect.isEmpty, !contents.isEmpty else { return }
    let layout = Layout(self, in: Rect(rect.size), look.profile)
    let ink = ParameterInk(coloring, look)
    canvas.draw(in: rect) { region in
      drawAxes(layout, on: &region, look)
      region.draw(in: layout.frame.area) { area in
        for y in 0..<layout.frame.area.height { drawLine(y, layout, ink, on: &area) }
        drawRims(layout, ink, on: &area)
        if let mark { draw("●", at: mark, layout, ink, on: &area) }
        if let cursor { draw("╋", at: cursor, layout, ink, on: &area) }
      }
      if let legend = layout.frame.legend {
        ink.drawLegend(from: layout.frame.area.x, to: legend.maxX, of: contents, on: &region)
      }
    }
  }

  /// The cell of the grid at a cell of the screen; of several that share it the first. `nil` outside the map.
  public func cell(at point: Point, in rect: Rect, _ profile: Profile) -> Cell? {
    guard !rect.isEmpty, !contents.isEmpty else { return nil }
    let layout = Layout(self, in: Rect(rect.size), profile)
    let area = layout.frame.area
    let local = Point(x: point.x - rect.x, y: point.y - rect.y)
    guard area.contains(local) else { return nil }
    return layout.cells(x: local.x - area.x, layout.lowerPlace(y: local.y - area.y)).map {
      Cell(column: $0.columns.lowerBound, row: $0.rows.lowerBound)
    }
  }

  var hasUndefined: Bool { contents.contains(.undefined) }

  func index(_ column: Int, _ row: Int) -> Int { row * columns + column }
}

// MARK: - Places

extension ParameterMap {
  /// Which cells of the grid each place of the screen shows; places are counted from the lower left corner.
  struct Layout {
    let frame: PlotFrame
    /// Places in a cell of the screen, above each other.
    let perCell: Int
    let width: Int
    let height: Int
    private let columns: Int
    private let rows: Int

    init(_ map: ParameterMap, in rect: Rect, _ profile: Profile) {
      let labelWidth = min(9, map.up.labels.map { DisplayWidth.of($0) }.max() ?? 0)
      frame = PlotFrame(in: rect, labelWidth: labelWidth, hasLegend: true)
      perCell = HeatMap.Ink.isFine(profile) ? 2 : 1
      (columns, rows) = (map.columns, map.rows)
      let (room, halves) = (frame.area.width, frame.area.height * perCell)
      width = HeatGrid.places(columns, in: room, spread: room)
      height = HeatGrid.places(rows, in: halves, spread: halves)
    }

    /// The lower place of a line of the area.
    func lowerPlace(y: Int) -> Int { (frame.area.height - 1 - y) * perCell }

    func cells(x: Int, _ place: Int) -> (columns: Range<Int>, rows: Range<Int>)? {
      guard (0..<width).contains(x), (0..<height).contains(place) else { return nil }
      return (HeatGrid.span(x, of: width, over: columns), HeatGrid.span(place, of: height, over: rows))
    }

    /// The columns of the area that show a column of the grid.
    func columns(of column: Int) -> Range<Int> {
      let start = HeatGrid.place(of: column, in: width, over: columns)
      return start..<start + max(1, width / columns)
    }

    /// The line of the area that shows the middle of a row of the grid.
    func line(of row: Int) -> Int {
      let start = HeatGrid.place(of: row, in: height, over: rows)
      return frame.area.height - 1 - (start + max(1, height / rows) / 2) / perCell
    }

    func point(of cell: Cell) -> Point {
      let span = columns(of: cell.column)
      return Point(x: (span.lowerBound + span.upperBound - 1) / 2, y: line(of: cell.row))
    }
  }

  /// What stands at a place of the area.
  func content(x: Int, _ place: Int, _ layout: Layout) -> Content? {
    layout.cells(x: x, place).map { cells in
      var largest: Double?
      for row in cells.rows {
        for column in cells.columns {
          switch contents[index(column, row)] {
          case .undefined: return .undefined
          case .value(let value): largest = max(largest ?? value, value)
          case .pending: break
          }
        }
      }
      return largest.map { .value($0) } ?? .pending
    }
  }
}

// MARK: - Drawing

extension ParameterMap {
  private func drawLine(_ y: Int, _ layout: Layout, _ ink: ParameterInk, on area: inout Canvas) {
    let lower = layout.lowerPlace(y: y)
    for x in 0..<layout.width {
      let contents = [content(x: x, lower + layout.perCell - 1, layout), content(x: x, lower, layout)]
      guard let cell = ink.cell(contents[0], contents[1], x, y) else { continue }
      area.put(cell.scalar, cell.style, at: x, y)
    }
  }

  private func draw(
    _ glyph: Unicode.Scalar, at cell: Cell, _ layout: Layout, _ ink: ParameterInk, on area: inout Canvas
  ) {
    let point = layout.point(of: cell)
    area.put(glyph, ink.over(contents[index(cell.column, cell.row)]), at: point.x, point.y)
  }

  /// A letter in every cell at the rim of a region; where several regions end in one, their letters take turns.
  private func drawRims(_ layout: Layout, _ ink: ParameterInk, on area: inout Canvas) {
    for (cell, letters) in rims {
      let y = layout.line(of: cell.row)
      let style = ink.over(contents[index(cell.column, cell.row)])
      for (place, x) in layout.columns(of: cell.column).prefix(letters.count).enumerated() {
        area.put(letters[(cell.column + cell.row + place) % letters.count], style, at: x, y)
      }
    }
  }

  /// The cells of a region that have a neighbour outside it, for every region.
  private func findRims() -> [(cell: Cell, letters: [Unicode.Scalar])] {
    var letters = [[Unicode.Scalar]](repeating: [], count: contents.count)
    for region in regions {
      let contains = region.contains
      for index in contents.indices where contains[index] == true {
        let (column, row) = (index % columns, index / columns)
        let isRim =
          column > 0 && contains[index - 1] == false || column + 1 < columns && contains[index + 1] == false
          || row > 0 && contains[index - columns] == false || row + 1 < rows && contains[index + columns] == false
        if isRim { letters[index].append(region.letter) }
      }
    }
    return letters.indices.filter { !letters[$0].isEmpty }.map {
      (Cell(column: $0 % columns, row: $0 / columns), letters[$0])
    }
  }

  private func drawAxes(_ layout: Layout, on canvas: inout Canvas, _ look: Look) {
    let (frame, area) = (layout.frame, layout.frame.area)
    guard layout.width > 0, layout.height > 0 else { return }
    let lines = Self.ticks(rows, apart: 2, places: Double(layout.height) / Double(layout.perCell * rows)).map { row in
      (row: area.y + layout.line(of: row), text: DisplayWidth.truncate(up.labels[row], to: 9))
    }
    frame.drawValueAxis(lines, on: &canvas, look)
    let widest = across.labels.map { DisplayWidth.of($0) }.max() ?? 0
    let names = Self.ticks(columns, apart: widest + 2, places: Double(layout.width) / Double(columns)).map { column in
      (column: area.x + layout.point(of: Cell(column: column, row: 0)).x, text: across.labels[column])
    }
    let here = cursor.map { (column: area.x + layout.point(of: $0).x, text: across.labels[$0.column]) }
    frame.drawStepAxis(names, name: across.name, cursor: here, on: &canvas, look)
    if let cursor, let column = frame.axisColumn {
      canvas.put("▸", look[.cursor], at: column, area.y + layout.line(of: cursor.row))
    }
  }

  /// Evenly spread indices at least `apart` places from each other, each taking `places`; where it can be, so that the
  /// last and the middle one are among them.
  static func ticks(_ count: Int, apart: Int, places: Double) -> [Int] {
    let least = max(1, Int((Double(apart) / places).rounded(.up)))
    let last = count - 1
    let even = (least...2 * least).filter { last % $0 == 0 }
    let step = even.first { last / $0 % 2 == 0 } ?? even.first ?? least
    return Array(stride(from: 0, through: max(0, last), by: step))
  }
}
