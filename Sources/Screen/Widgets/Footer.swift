/// The keys that can be pressed now: `space step   r run   q quit`. Items that have no room are left out, those of low
/// priority first.
public struct Footer: Drawable {
  public struct Item: Sendable, Hashable {
    public var key: String
    public var label: String
    public var priority: Int

    public init(_ key: String, _ label: String, priority: Int = 0) {
      self.key = key
      self.label = label
      self.priority = priority
    }

    var width: Int { DisplayWidth.of(key) + 1 + DisplayWidth.of(label) }
  }

  public var items: [Item]

  public init(_ items: [Item]) { self.items = items }

  public func draw(in rect: Rect, on canvas: inout Canvas, _ look: Look) {
    canvas.draw(in: rect) { region in
      for (index, place) in places(width: rect.width) {
        let end = region.write(items[index].key, look[.key], at: place.lowerBound, 0)
        region.write(" " + items[index].label, look[.dim], at: end, 0)
      }
    }
  }

  /// Index of the item under a cell, to press it by mouse.
  public func item(at point: Point, in rect: Rect) -> Int? {
    guard rect.contains(point), point.y == rect.y else { return nil }
    return places(width: rect.width).first { $0.columns.contains(point.x - rect.x) }?.index
  }

  /// Which items are shown, in their order, and where.
  public func places(width: Int) -> [(index: Int, columns: Range<Int>)] {
    let gap = 3
    let byPriority = items.indices.sorted {
      (items[$1].priority, $0) < (items[$0].priority, $1)
    }
    var room = width - 2 + gap
    var shown: Set<Int> = []
    for index in byPriority where items[index].width + gap <= room {
      shown.insert(index)
      room -= items[index].width + gap
    }
    var x = 1
    return items.indices.filter { shown.contains($0) }.map { index in
      defer { x += items[index].width + gap }
      return (index, x..<x + items[index].width)
    }
  }
}
