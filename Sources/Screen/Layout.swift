/// What one part of a split rectangle asks for.
public struct Pane: Sendable, Hashable {
  /// Cells it needs to be shown at all.
  public var minimum: Int
  /// Share of what is left over; 0 for a fixed size.
  public var weight: Int
  /// Where there is no room for all, the pane of lowest priority goes first, of equal ones the last.
  public var priority: Int

  public static func fixed(_ cells: Int, priority: Int = 0) -> Pane {
    Pane(minimum: max(0, cells), weight: 0, priority: priority)
  }

  public static func flexible(minimum: Int = 1, weight: Int = 1, priority: Int = 0) -> Pane {
    Pane(minimum: max(0, minimum), weight: max(0, weight), priority: priority)
  }

  /// Start and length of each pane within `extent`, `nil` for those that have no room. The last one left is cut rather
  /// than dropped.
  static func split(_ extent: Int, _ panes: [Pane]) -> [(start: Int, length: Int)?] {
    let kept = kept(of: panes, in: extent)
    let spare = max(0, extent - kept.reduce(0) { $0 + panes[$1].minimum })
    let total = kept.reduce(0) { $0 + panes[$1].weight }
    var result: [(start: Int, length: Int)?] = panes.map { _ in nil }
    var (start, weight, given) = (0, 0, 0)
    for index in kept {
      weight += panes[index].weight
      let share = total == 0 ? 0 : spare * weight / total - given
      given += share
      let length = min(max(0, extent - start), panes[index].minimum + share)
      result[index] = length > 0 ? (start, length) : nil
      start += length
    }
    return result
  }

  /// Indices of the panes that have room.
  private static func kept(of panes: [Pane], in extent: Int) -> [Int] {
    var kept = Array(panes.indices)
    var needed = panes.reduce(0) { $0 + $1.minimum }
    while needed > extent, kept.count > 1,
      let lowest = kept.min(by: { (panes[$0].priority, $1) < (panes[$1].priority, $0) })
    {
      kept.removeAll { $0 == lowest }
      needed -= panes[lowest].minimum
    }
    return kept
  }
}

extension Rect {
  /// Parts from top to bottom; `nil` where there was no room.
  public func rows(_ panes: [Pane]) -> [Rect?] {
    Pane.split(height, panes).map { part in
      part.map { Rect(x: x, y: y + $0.start, width: width, height: $0.length) }
    }
  }

  /// Parts from left to right; `nil` where there was no room.
  public func columns(_ panes: [Pane]) -> [Rect?] {
    Pane.split(width, panes).map { part in
      part.map { Rect(x: x + $0.start, y: y, width: $0.length, height: height) }
    }
  }

  /// A rectangle of a size in the middle, no larger than this one.
  public func centered(_ size: Size) -> Rect {
    let (w, h) = (min(width, size.width), min(height, size.height))
    return Rect(x: x + (width - w) / 2, y: y + (height - h) / 2, width: w, height: h)
  }

  /// Without the outermost cells.
  public func inset(by columns: Int, _ rows: Int) -> Rect {
    Rect(x: x + columns, y: y + rows, width: width - 2 * columns, height: height - 2 * rows)
  }
}

extension Canvas {
  /// Dims everything, clears a box of `size` in the middle and returns its inside.
  public mutating func overlay(_ size: Size, title: String = "", caption: String = "", _ look: Look) -> Rect {
    shade(bounds)
    let rect = bounds.centered(size)
    fill(rect, " ", look[.text])
    return box(
      rect, look[.border], title: title, titleStyle: look[.title], caption: caption, captionStyle: look[.dim])
  }
}
