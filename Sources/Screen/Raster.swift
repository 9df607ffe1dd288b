/// A field of dots to draw curves on, several to a cell. Dots that share a cell are united; the cell has the style of
/// the last.
public struct Raster: Sendable {
  /// In cells.
  public let size: Size
  public let dots: Dots
  private var masks: [UInt8]
  private var styles: [Style]

  public init(size: Size, dots: Dots) {
    self.size = Size(width: max(0, size.width), height: max(0, size.height))
    self.dots = dots
    let count = self.size.width * self.size.height
    self.masks = Array(repeating: 0, count: count)
    self.styles = Array(repeating: .plain, count: count)
  }

  /// Dots across.
  public var width: Int { size.width * dots.perCell.width }
  /// Dots from top to bottom.
  public var height: Int { size.height * dots.perCell.height }

  /// Sets one dot; nothing outside the field.
  public mutating func set(_ x: Int, _ y: Int, _ style: Style) {
    guard x >= 0, x < width, y >= 0, y < height else { return }
    let cell = dots.perCell
    let index = (y / cell.height) * size.width + x / cell.width
    masks[index] |= DotGlyph.bit(x % cell.width, y % cell.height)
    styles[index] = style
  }

  /// Which dots of a line are set.
  public enum Stroke: Sendable, Hashable {
    case solid
    case dashed
    case dotted

    func sets(_ index: Int) -> Bool {
      switch self {
      case .solid: true
      case .dashed: index % 6 < 4
      case .dotted: index % 3 == 0
      }
    }
  }

  /// Draws a line between two points in dots, clipped to the field. `phase` counts the dots of a curve made of several
  /// lines. Lines with an end that is not finite are not drawn.
  public mutating func line(
    from start: (x: Double, y: Double), to end: (x: Double, y: Double), _ style: Style,
    _ stroke: Stroke = .solid, phase: inout Int
  ) {
    guard let (first, last) = clipped(start, end) else { return }
    let deltaX = Int(last.x.rounded()) - Int(first.x.rounded())
    let deltaY = Int(last.y.rounded()) - Int(first.y.rounded())
    let count = max(abs(deltaX), abs(deltaY))
    for index in 0...count {
      let share = count == 0 ? 0 : Double(index) / Double(count)
      if stroke.sets(phase) {
        let x = first.x + share * (last.x - first.x)
        let y = first.y + share * (last.y - first.y)
        set(Int(x.rounded()), Int(y.rounded()), style)
      }
      if index < count { phase += 1 }
    }
  }

  /// A solid line.
  public mutating func line(from start: (x: Double, y: Double), to end: (x: Double, y: Double), _ style: Style) {
    var phase = 0
    line(from: start, to: end, style, .solid, phase: &phase)
  }

  /// Sets every dot between two rows of a column of dots.
  public mutating func fill(column x: Int, from top: Int, through bottom: Int, _ style: Style) {
    for y in Range(min(top, bottom)...max(top, bottom)).clamped(to: 0..<height) { set(x, y, style) }
  }

  /// The part of a line inside the field.
  ///
  /// Source: Liang, Barsky, *A new concept and method for line clipping*, ACM TOG 1984.
  private func clipped(
    _ start: (x: Double, y: Double), _ end: (x: Double, y: Double)
  ) -> (first: (x: Double, y: Double), last: (x: Double, y: Double))? {
    let delta = (x: end.x - start.x, y: end.y - start.y)
    guard width > 0, height > 0, start.x.isFinite, start.y.isFinite, delta.x.isFinite, delta.y.isFinite else {
      return nil
    }
    var (enter, leave) = (0.0, 1.0)
    let edges = [
      (-delta.x, start.x + 0.5), (delta.x, Double(width) - 0.501 - start.x),
      (-delta.y, start.y + 0.5), (delta.y, Double(height) - 0.501 - start.y),
    ]
    for (rate, room) in edges {
      if rate == 0 {
        if room < 0 { return nil }
      } else if rate < 0 {
        enter = max(enter, room / rate)
      } else {
        leave = min(leave, room / rate)
      }
    }
    guard enter <= leave else { return nil }
    return (
      (start.x + enter * delta.x, start.y + enter * delta.y), (start.x + leave * delta.x, start.y + leave * delta.y)
    )
  }

  /// Puts the cells that have dots on a canvas, with the field's corner at (x, y).
  public func draw(on canvas: inout Canvas, at x: Int, _ y: Int) {
    for row in 0..<size.height {
      for column in 0..<size.width {
        let mask = masks[row * size.width + column]
        if mask != 0 { canvas.put(dots.glyph(mask), styles[row * size.width + column], at: x + column, y + row) }
      }
    }
  }
}
