/// Labelled horizontal bars with their values, the longest as long as there is room.
public struct BarList: Drawable {
  public struct Item: Sendable {
    public var label: String
    /// Length of the bar; `nil` where undefined, which has none.
    public var value: Double?
    /// Stands at the right.
    public var text: String
    public var role: Theme.Role

    public init(_ label: String, _ value: Double?, text: String? = nil, role: Theme.Role = .series1) {
      self.label = label
      self.value = value
      self.text = text ?? NumberText.significant(value)
      self.role = role
    }
  }

  public var items: [Item]
  /// Value of the longest bar; `nil`: the largest magnitude.
  public var limit: Double?
  /// First item shown.
  public var offset: Int

  public init(_ items: [Item], limit: Double? = nil, offset: Int = 0) {
    self.items = items
    self.limit = limit
    self.offset = offset
  }

  public func draw(in rect: Rect, on canvas: inout Canvas, _ look: Look) {
    let longest = limit ?? items.compactMap { $0.value.map(abs) }.filter(\.isFinite).max() ?? 1
    let labelWidth = min(rect.width / 3, items.map { DisplayWidth.of($0.label) }.max() ?? 0)
    let textWidth = min(rect.width / 3, items.map { DisplayWidth.of($0.text) }.max() ?? 0)
    let room = rect.width - labelWidth - textWidth - 2
    canvas.draw(in: rect) { region in
      for (row, item) in items.dropFirst(max(0, offset)).prefix(rect.height).enumerated() {
        region.write(item.label, look[.text], at: 0, row, width: labelWidth)
        region.write(Bar.text(share(item, longest), width: room), look[item.role], at: labelWidth + 1, row)
        region.write(item.text, look[.number], at: rect.width - textWidth, row, width: textWidth, .right)
      }
    }
  }

  private func share(_ item: Item, _ longest: Double) -> Double {
    guard let value = item.value, !value.isNaN, longest > 0 else { return 0 }
    return abs(value) / longest
  }
}

/// A horizontal bar in eighths of a cell.
enum Bar {
  /// `share` is clamped to 0...1; anything above 0 shows at least an eighth.
  static func text(_ share: Double, width: Int) -> String {
    guard width > 0, share > 0 else { return "" }
    let eighths = max(1, Int((min(1, share) * Double(width * 8)).rounded()))
    let rest = eighths % 8
    return String(repeating: "█", count: eighths / 8) + (rest > 0 ? String(parts[rest - 1]) : "")
  }

  private static let parts: [Character] = ["▏", "▎", "▍", "▌", "▋", "▊", "▉"]
}
