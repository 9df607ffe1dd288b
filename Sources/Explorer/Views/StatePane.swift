import FixedPoint
import Screen

/// The state at the cursor, unit by unit: value, residual, and the unit's share of the largest residual.
struct StatePane: Drawable {
  private let iterate: [Double]
  /// f(z) - z; `nil` before the first step, when f has not been evaluated.
  private let residuals: [Double]?
  /// How each unit's activation answers; `nil` of a map without one that tells.
  private let activity: [UnitActivity]?
  /// The units in their order.
  private let units: [Int]
  private let unit: Int
  private let marked: [Int]
  private let offset: Int

  init(_ watch: Watch) {
    iterate = watch.run.iterate(at: watch.cursor)
    residuals = watch.residuals
    activity = watch.run.map.activity(at: iterate)
    units = watch.listedUnits
    (unit, marked, offset) = (watch.unit, watch.units.marked, watch.units.offset)
  }

  /// Rows for units in a rectangle: what header and summary leave.
  static func rows(in rect: Rect) -> Int { max(0, rect.height - 2) }

  /// The unit under a cell.
  func unit(at point: Point, in rect: Rect) -> Int? {
    let shown = shown(in: rect)
    let row = point.y - rect.y - 1
    return rect.contains(point) && (0..<shown.count).contains(row) ? units[shown.lowerBound + row] : nil
  }

  /// The part of the list that is shown: the unit under the cursor is in it.
  private func shown(in rect: Rect) -> Range<Int> {
    let rows = Self.rows(in: rect)
    let cursor = units.firstIndex(of: unit) ?? 0
    let start = min(max(offset, cursor - rows + 1), cursor)
    let first = max(0, min(start, units.count - rows))
    return first..<min(units.count, first + rows)
  }

  /// Columns where the values, the residuals and the bars end or begin.
  private enum Column {
    static let unit = 5
    /// Of the letter that says that a unit is saturated or inactive.
    static let activity = 5
    static let value = 19
    static let residual = 29
    static let bar = 31
  }

  func draw(in rect: Rect, on canvas: inout Canvas, _ look: Look) {
    canvas.draw(in: rect) { region in
      let shown = shown(in: rect)
      drawHeader(width: rect.width, on: &region, look)
      let largest = residuals?.lazy.map(abs).filter(\.isFinite).max() ?? 0
      for (row, unit) in units[shown].enumerated() {
        draw(unit, largest, at: 1 + row, width: rect.width, on: &region, look)
      }
      region.write(summary(shown, width: rect.width), look[.dim], at: 0, rect.height - 1)
    }
  }

  private func drawHeader(width: Int, on canvas: inout Canvas, _ look: Look) {
    canvas.write("unit", look[.dim], at: 0, 0, width: Column.unit, .right)
    canvas.write("z", look[.dim], at: Column.unit, 0, width: Column.value - Column.unit, .right)
    canvas.write("f(z) - z", look[.dim], at: Column.value, 0, width: Column.residual - Column.value, .right)
    let share = ["share of largest", "share"].first { DisplayWidth.of($0) <= width - Column.bar }
    if let share { canvas.write(share, look[.dim], at: Column.bar, 0) }
  }

  private func draw(
    _ unit: Int, _ largest: Double, at y: Int, width: Int, on canvas: inout Canvas, _ look: Look
  ) {
    canvas.write(String(unit), look[.dim], at: 0, y, width: Column.unit, .right)
    if marked.contains(unit) { canvas.put("●", look[.focus], at: 0, y) }
    if let letter = activity?[unit].letter { canvas.put(letter, look[.warning], at: Column.activity, y) }
    let value = NumberText.significant(iterate[unit], digits: 7)
    let isOdd = !iterate[unit].isFinite
    canvas.write(
      value, look[isOdd ? .undefined : .number], at: Column.activity + 1, y, width: Column.value - Column.activity - 1,
      .right)
    if let residual = residuals?[unit] { draw(residual, largest, at: y, width: width, on: &canvas, look) }
    if unit == self.unit {
      canvas.update(Rect(x: 0, y: y, width: min(width, Column.residual), height: 1)) { $0.style = look[.selection] }
    }
  }

  private func draw(
    _ residual: Double, _ largest: Double, at y: Int, width: Int, on canvas: inout Canvas, _ look: Look
  ) {
    canvas.write(
      NumberText.scientific(residual), look[residual.isFinite ? .number : .undefined], at: Column.value, y,
      width: Column.residual - Column.value, .right)
    let room = width - Column.bar
    guard room > 0, largest > 0, residual.isFinite else { return }
    let eighths = Int((abs(residual) / largest * Double(room * 8)).rounded())
    canvas.write(Self.bar(eighths), look[residual < 0 ? .series1 : .series2], at: Column.bar, y)
  }

  /// What fits of: how many units, how many of them are flat, between which values they are.
  private func summary(_ shown: Range<Int>, width: Int) -> String {
    var parts = ["\(units.count) units"]
    if units.count < iterate.count { parts = ["\(units.count) of \(iterate.count) units"] }
    if let activity {
      parts.append("\(activity.count { $0 == .saturated }) saturated")
      parts.append("\(activity.count { $0 == .inactive }) inactive")
    }
    let values = iterate.filter(\.isFinite)
    if values.count < iterate.count { parts.append("\(iterate.count - values.count) not finite") }
    if let least = values.min(), let greatest = values.max() {
      parts.append("z \(NumberText.significant(least)) to \(NumberText.significant(greatest))")
    }
    while DisplayWidth.of(parts.joined(separator: ", ")) > width, parts.count > 1 { parts.removeLast() }
    return parts.joined(separator: ", ")
  }

  private static func bar(_ eighths: Int) -> String {
    let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
    return String(repeating: "█", count: eighths / 8) + parts[eighths % 8]
  }
}

extension UnitActivity {
  /// Stands beside a unit that is flat.
  fileprivate var letter: Unicode.Scalar? {
    switch self {
    case .responsive: nil
    case .saturated: "s"
    case .inactive: "i"
    case .undefined: "?"
    }
  }
}
