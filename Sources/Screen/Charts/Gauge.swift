/// A share of a whole: `label ████▌     45%`.
public struct Gauge: Drawable {
  public var label: String
  /// From 0 to 1; `nil` where undefined.
  public var share: Double?
  /// Stands at the right.
  public var text: String
  public var role: Theme.Role

  public init(_ label: String, _ share: Double?, text: String? = nil, role: Theme.Role = .series1) {
    self.label = label
    self.share = share
    self.text = text ?? NumberText.percent(share)
    self.role = role
  }

  public func draw(in rect: Rect, on canvas: inout Canvas, _ look: Look) {
    let textWidth = max(4, DisplayWidth.of(text))
    let labelWidth = label.isEmpty ? 0 : min(DisplayWidth.of(label), rect.width / 2) + 1
    let room = rect.width - labelWidth - textWidth - 1
    canvas.draw(in: rect) { region in
      region.write(label, look[.text], at: 0, 0, width: labelWidth - 1)
      region.write(Bar.text(share ?? 0, width: room), look[role], at: labelWidth, 0)
      let x = max(labelWidth, rect.width - textWidth)
      region.write(text, look[.number], at: x, 0, width: rect.width - x, .right)
    }
  }
}
