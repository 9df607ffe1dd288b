/// A time line with the current position and marks: `━━━●──◆───── 9/14`.
public struct Scrubber: Drawable {
  public struct Mark: Sendable, Hashable {
    public var position: Int
    public var glyph: Unicode.Scalar
    public var role: Theme.Role

    public init(_ position: Int, glyph: Unicode.Scalar = "◆", role: Theme.Role = .focus) {
      self.position = position
      self.glyph = glyph
      self.role = role
    }
  }

  /// Positions are 0 to `last`.
  public var last: Int
  public var position: Int
  public var marks: [Mark]

  public init(position: Int, last: Int, marks: [Mark] = []) {
    self.last = max(0, last)
    self.position = min(max(0, position), self.last)
    self.marks = marks
  }

  public func draw(in rect: Rect, on canvas: inout Canvas, _ look: Look) {
    let length = length(in: rect)
    canvas.draw(in: rect) { region in
      let here = column(of: position, length)
      region.fill(Rect(x: 0, y: 0, width: length, height: 1), "─", look[.dim])
      region.fill(Rect(x: 0, y: 0, width: here, height: 1), "━", look[.focus])
      for mark in marks where (0...last).contains(mark.position) {
        region.put(mark.glyph, look[mark.role], at: column(of: mark.position, length), 0)
      }
      region.put("●", look[.cursor], at: here, 0)
      if length < rect.width { region.write(counter, look[.number], at: rect.width - counter.count, 0) }
    }
  }

  /// The position under a cell, to scrub by mouse; `nil` outside the line.
  public func position(at point: Point, in rect: Rect) -> Int? {
    let length = length(in: rect)
    let column = point.x - rect.x
    guard point.y == rect.y, rect.height > 0, column >= 0, column < length else { return nil }
    guard length > 1 else { return 0 }
    return (2 * column * last + length - 1) / (2 * (length - 1))
  }

  private var counter: String {
    let total = String(last)
    return DisplayWidth.pad(String(position), to: total.count, .right) + "/" + total
  }

  private func length(in rect: Rect) -> Int {
    let room = rect.width - counter.count - 1
    return room >= 4 ? room : rect.width
  }

  private func column(of position: Int, _ length: Int) -> Int {
    last == 0 ? 0 : (2 * position * (length - 1) + last) / (2 * last)
  }
}
