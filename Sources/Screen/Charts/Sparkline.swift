/// Values as one line of text, rising from `▁` to `█`. Where several values share a place the largest is shown;
/// what is undefined is `×`, 0 on a log scale `▾`, infinity `▴`.
public struct Sparkline: Drawable {
  public var values: [Double?]
  public var scale: Scale
  public var role: Theme.Role

  public init(_ values: [Double?], scale: Scale = .linear, role: Theme.Role = .series1) {
    self.values = values
    self.scale = scale
    self.role = role
  }

  public func draw(in rect: Rect, on canvas: inout Canvas, _ look: Look) {
    canvas.draw(in: rect) { region in
      region.write(text(width: rect.width), look[role], at: 0, max(0, rect.height - 1))
    }
  }

  /// The line, at most `width` characters and no longer than the values.
  public func text(width: Int) -> String {
    let places = min(max(0, width), values.count)
    var extremes = Extremes()
    for value in values.lazy.compactMap({ $0 }) where scale == .linear || value > 0 { extremes.add(value) }
    let axis = extremes.range.map { Axis(scale, from: $0.lowerBound, to: $0.upperBound) }
    var line = String.UnicodeScalarView()
    for place in 0..<places { line.append(glyph(HeatGrid.span(place, of: places, over: values.count), axis)) }
    return String(line)
  }

  private func glyph(_ span: Range<Int>, _ axis: Axis?) -> Unicode.Scalar {
    var largest = -Double.infinity
    for index in span {
      guard let value = values[index], !value.isNaN, scale == .linear || value >= 0 else { return "×" }
      largest = max(largest, value)
    }
    guard largest < .infinity else { return "▴" }
    guard let axis, let position = axis.position(of: largest) else { return "▾" }
    return Self.levels[min(7, max(0, Int(position * 8)))]
  }

  private static let levels: [Unicode.Scalar] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
}
