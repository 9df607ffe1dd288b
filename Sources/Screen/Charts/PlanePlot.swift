internal import Glibc

/// Curves, arrows and marks in a plane with two axes, over regions that letter and colour tell apart.
///
/// Places within the plot are also told as shares: 0 to 1 from left to right and from below upwards.
public struct PlanePlot: Drawable {
  /// A line through points; those that are not finite leave a gap.
  public struct Curve: Sendable {
    public var points: [(x: Double, y: Double)]
    public var role: Theme.Role
    public var stroke: Raster.Stroke

    public init(_ points: [(x: Double, y: Double)], role: Theme.Role, stroke: Raster.Stroke = .solid) {
      self.points = points
      self.role = role
      self.stroke = stroke
    }
  }

  /// A direction at a place: only where it points is shown.
  public struct Arrow: Sendable {
    public var from: (x: Double, y: Double)
    public var to: (x: Double, y: Double)

    public init(from: (x: Double, y: Double), to: (x: Double, y: Double)) {
      self.from = from
      self.to = to
    }
  }

  /// One character at a place, or one between brackets.
  public struct Mark: Sendable {
    public var x: Double
    public var y: Double
    public var glyph: Unicode.Scalar
    public var role: Theme.Role
    public var brackets: Brackets?

    public init(_ x: Double, _ y: Double, glyph: Unicode.Scalar, role: Theme.Role, brackets: Brackets? = nil) {
      self.x = x
      self.y = y
      self.glyph = glyph
      self.role = role
      self.brackets = brackets
    }
  }

  /// What stands to the left and to the right of a mark.
  public enum Brackets: Sendable {
    case square, angle, round

    public var scalars: (left: Unicode.Scalar, right: Unicode.Scalar) {
      switch self {
      case .square: ("[", "]")
      case .angle: ("<", ">")
      case .round: ("(", ")")
      }
    }
  }

  /// What a place belongs to.
  public struct Region: Sendable, Equatable {
    public var letter: Unicode.Scalar
    public var role: Theme.Role
    /// 0 to 1: how strong the colour is, in three shades.
    public var strength: Double

    public init(_ letter: Unicode.Scalar, role: Theme.Role, strength: Double) {
      self.letter = letter
      self.role = role
      self.strength = strength
    }
  }

  public var x: Axis
  public var y: Axis
  /// The name of the axis across.
  public var name: String
  /// The region at shares across and up; `nil` where there is none.
  public var region: (@Sendable (_ across: Double, _ up: Double) -> Region?)?
  public var arrows: [Arrow] = []
  /// Drawn in order: the last lies on top.
  public var curves: [Curve] = []
  public var marks: [Mark] = []
  /// Where the person points.
  public var cursor: (x: Double, y: Double)?

  public init(x: Axis, y: Axis, name: String) {
    self.x = x
    self.y = y
    self.name = name
  }

  /// What axes and labels leave for the plot itself: the same for all data.
  public static func area(in rect: Rect) -> Rect { frame(in: rect).area }

  /// The shares of the middle of a cell; `nil` outside the plot's area.
  public static func shares(at point: Point, in rect: Rect) -> (across: Double, up: Double)? {
    let area = area(in: rect)
    guard area.contains(point) else { return nil }
    return (
      (Double(point.x - area.x) + 0.5) / Double(area.width), 1 - (Double(point.y - area.y) + 0.5) / Double(area.height)
    )
  }

  private static let labelWidth = 7

  private static func frame(in rect: Rect) -> PlotFrame {
    PlotFrame(in: rect, labelWidth: labelWidth, hasLegend: false)
  }

  public func draw(in rect: Rect, on canvas: inout Canvas, _ look: Look) {
    guard !rect.isEmpty else { return }
    let frame = Self.frame(in: Rect(rect.size))
    canvas.draw(in: rect) { region in
      drawAxes(frame, on: &region, look)
      region.draw(in: frame.area) { area in
        drawRegions(on: &area, look)
        for arrow in arrows { draw(arrow, on: &area, look) }
        drawCurves(on: &area, look)
        for mark in marks { drawBrackets(of: mark, on: &area, look) }
        for mark in marks { draw(mark.glyph, look[mark.role].with(.bold), at: (mark.x, mark.y), on: &area) }
        if let cursor { draw("╋", look[.cursor], at: cursor, on: &area) }
      }
    }
  }
}

// MARK: - Places

extension PlanePlot {
  /// The cell of a place in an area; `nil` where it is not in it.
  private func cell(_ place: (x: Double, y: Double), _ size: Size) -> Point? {
    guard let across = x.position(of: place.x), let up = y.position(of: place.y), (0..<1).contains(across),
      (0..<1).contains(1 - up)
    else { return nil }
    return Point(x: Int(across * Double(size.width)), y: Int((1 - up) * Double(size.height)))
  }

  /// The same in dots, also outside.
  private func dot(_ place: (x: Double, y: Double), _ raster: Raster) -> (x: Double, y: Double)? {
    guard let across = x.position(of: place.x), let up = y.position(of: place.y) else { return nil }
    return (across * Double(raster.width) - 0.5, (1 - up) * Double(raster.height) - 0.5)
  }

  private func drawAxes(_ frame: PlotFrame, on canvas: inout Canvas, _ look: Look) {
    let area = frame.area
    let rows = y.ticks(max(2, area.height / 3)).compactMap { tick in
      row(of: tick.value, area).map { (row: $0, text: tick.label) }
    }
    frame.drawValueAxis(rows, on: &canvas, look)
    let columns = x.ticks(max(2, area.width / 9)).compactMap { tick in
      column(of: tick.value, area).map { (column: $0, text: tick.label) }
    }
    frame.drawStepAxis(columns, name: name, cursor: nil, on: &canvas, look)
  }

  private func row(of value: Double, _ area: Rect) -> Int? {
    y.position(of: value).flatMap { Self.index(1 - $0, area.height) }.map { $0 + area.y }
  }

  private func column(of value: Double, _ area: Rect) -> Int? {
    x.position(of: value).flatMap { Self.index($0, area.width) }.map { $0 + area.x }
  }

  private static func index(_ share: Double, _ count: Int) -> Int? {
    share >= -1e-9 && share <= 1 + 1e-9 ? max(0, min(count - 1, Int(share * Double(count)))) : nil
  }
}

// MARK: - Layers

extension PlanePlot {
  /// Puts a character over what is there: the background stays.
  private func put(_ scalar: Unicode.Scalar, _ style: Style, at x: Int, _ y: Int, on canvas: inout Canvas) {
    let under = canvas[x, y].style.background
    canvas.put(scalar, Style(style.foreground, on: under, style.attributes), at: x, y)
  }

  private func draw(_ glyph: Unicode.Scalar, _ style: Style, at place: (x: Double, y: Double), on canvas: inout Canvas)
  {
    if let cell = cell(place, canvas.bounds.size) { put(glyph, style, at: cell.x, cell.y, on: &canvas) }
  }

  private func drawBrackets(of mark: Mark, on canvas: inout Canvas, _ look: Look) {
    guard let (left, right) = mark.brackets?.scalars, let cell = cell((mark.x, mark.y), canvas.bounds.size) else {
      return
    }
    let style = look[mark.role].with(.bold)
    if cell.x > 0 { put(left, style, at: cell.x - 1, cell.y, on: &canvas) }
    if cell.x + 1 < canvas.bounds.width { put(right, style, at: cell.x + 1, cell.y, on: &canvas) }
  }

  private func draw(_ arrow: Arrow, on canvas: inout Canvas, _ look: Look) {
    let bounds = canvas.bounds
    guard let place = cell(arrow.from, bounds.size), let across = x.position(of: arrow.from.x),
      let up = y.position(of: arrow.from.y), let toAcross = x.position(of: arrow.to.x),
      let toUp = y.position(of: arrow.to.y)
    else { return }
    // A cell is about twice as high as it is wide.
    let step = (x: (toAcross - across) * Double(bounds.width), y: (toUp - up) * Double(2 * bounds.height))
    let glyph = Self.glyph(step, isAscii: look.profile.glyphs == .ascii)
    put(glyph, look[.text], at: place.x, place.y, on: &canvas)
  }

  /// An arrow for a step in cells' widths; a point for one too short to be seen.
  private static func glyph(_ step: (x: Double, y: Double), isAscii: Bool) -> Unicode.Scalar {
    guard step.x.isFinite, step.y.isFinite, hypot(step.x, step.y) >= 0.25 else { return "·" }
    let glyphs: [Unicode.Scalar] = isAscii ? [">", "^", "<", "v"] : ["→", "↗", "↑", "↖", "←", "↙", "↓", "↘"]
    let turns = atan2(step.y, step.x) / (2 * Double.pi) * Double(glyphs.count)
    return glyphs[(Int(turns.rounded()) + glyphs.count) % glyphs.count]
  }

  /// Curves are drawn apart and laid over the regions.
  private func drawCurves(on canvas: inout Canvas, _ look: Look) {
    let size = canvas.bounds.size
    var raster = Raster(size: size, dots: look.dots)
    for curve in curves { draw(curve, on: &raster, look) }
    var layer = Canvas(size: size)
    raster.draw(on: &layer, at: 0, 0)
    for row in 0..<size.height {
      for column in 0..<size.width where layer[column, row].scalar != " " {
        put(layer[column, row].scalar, layer[column, row].style, at: column, row, on: &canvas)
      }
    }
  }

  private func draw(_ curve: Curve, on raster: inout Raster, _ look: Look) {
    var phase = 0
    var last: (x: Double, y: Double)?
    for point in curve.points {
      let next = dot(point, raster)
      if let last, let next { raster.line(from: last, to: next, look[curve.role], curve.stroke, phase: &phase) }
      last = next
    }
  }

  private func drawRegions(on canvas: inout Canvas, _ look: Look) {
    guard let region else { return }
    let size = canvas.bounds.size
    let isFine = HeatMap.Ink.isFine(look.profile) && look[.series1].foreground != .standard
    for row in 0..<size.height {
      for column in 0..<size.width {
        let across = (Double(column) + 0.5) / Double(size.width)
        let upper = region(across, 1 - (Double(row) + 0.25) / Double(size.height))
        let lower = region(across, 1 - (Double(row) + 0.75) / Double(size.height))
        if isFine {
          drawFine(upper, lower, at: column, row, on: &canvas, look)
        } else if let lower, (column + row).isMultiple(of: 2) {
          canvas.put(lower.letter, Self.coarse(lower, look), at: column, row)
        }
      }
    }
  }

  /// Two colours in a cell; here and there the letter of the lower one.
  private func drawFine(
    _ upper: Region?, _ lower: Region?, at column: Int, _ row: Int, on canvas: inout Canvas, _ look: Look
  ) {
    let colors = [upper, lower].map { $0.map { Self.color($0, look) } ?? .standard }
    if let lower, row % 4 == 1, (column + (row / 4 % 2) * 6) % 12 == 5 {
      canvas.put(lower.letter, Style(look[.cursor].foreground, on: colors[1]), at: column, row)
    } else if colors[0] != .standard {
      canvas.put("▀", Style(colors[0], on: colors[1]), at: column, row)
    } else if colors[1] != .standard {
      canvas.put("▄", Style(colors[1]), at: column, row)
    }
  }

  /// One of three shades of the role's colour on the theme's ground, which keep their hue in a palette of 256 colours.
  private static func color(_ region: Region, _ look: Look) -> Color {
    let shades = [0.55, 0.75, 0.9]
    return look[.cursor].foreground.contrast.blended(with: look[region.role].foreground, shades[region.shade])
  }

  private static func coarse(_ region: Region, _ look: Look) -> Style {
    let shades: [Style.Attributes] = [.dim, [], .bold]
    return look[region.role].with(shades[region.shade])
  }
}

extension PlanePlot.Region {
  /// 0, 1 or 2.
  fileprivate var shade: Int { strength < 1.0 / 3 ? 0 : strength < 2.0 / 3 ? 1 : 2 }
}

extension Color {
  /// So much of the other colour, 0 to 1, and the rest of this one; this one where either is the terminal's own.
  func blended(with other: Color, _ share: Double) -> Color {
    guard case .rgb(let red, let green, let blue) = self, case .rgb(let r, let g, let b) = other else { return self }
    func mix(_ a: UInt8, _ b: UInt8) -> UInt8 { UInt8((Double(a) + share * (Double(b) - Double(a))).rounded()) }
    return .rgb(mix(red, r), mix(green, g), mix(blue, b))
  }
}
