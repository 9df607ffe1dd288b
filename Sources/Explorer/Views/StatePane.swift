import FixedPoint
import Screen

/// The state at the cursor, unit by unit: value, residual, and the unit's share of the largest residual.
struct StatePane: Drawable {
  let iterate: [Double]
  /// f(z); `nil` before the first step, when f has not been evaluated.
  let image: [Double]?
  let offset: Int

  init(_ watch: Watch) {
    iterate = watch.run.iterate(at: watch.cursor)
    image = watch.cursor > 0 ? watch.run.image(at: watch.cursor) : nil
    offset = watch.stateOffset
  }

  /// Rows for units in a rectangle: what header and summary leave.
  static func rows(in rect: Rect) -> Int { max(0, rect.height - 2) }

  /// Columns where the values, the residuals and the bars end or begin.
  private enum Column {
    static let unit = 5
    static let value = 18
    static let residual = 28
    static let bar = 30
  }

  func draw(in rect: Rect, on canvas: inout Canvas, _ look: Look) {
    canvas.draw(in: rect) { region in
      let rows = Self.rows(in: rect)
      let first = max(0, min(offset, iterate.count - rows))
      let shown = first..<min(iterate.count, first + rows)
      drawHeader(width: rect.width, on: &region, look)
      let largest = residuals(of: iterate.indices).lazy.map(abs).filter(\.isFinite).max() ?? 0
      for (row, unit) in shown.enumerated() { draw(unit, largest, at: 1 + row, width: rect.width, on: &region, look) }
      region.write(summary(shown), look[.dim], at: 0, rect.height - 1, width: rect.width)
    }
  }

  private func drawHeader(width: Int, on canvas: inout Canvas, _ look: Look) {
    canvas.write("unit", look[.dim], at: 0, 0, width: Column.unit, .right)
    canvas.write("z", look[.dim], at: Column.unit, 0, width: Column.value - Column.unit, .right)
    canvas.write("f(z) - z", look[.dim], at: Column.value, 0, width: Column.residual - Column.value, .right)
    let share = ["share of largest", "share"].first { DisplayWidth.of($0) <= width - Column.bar }
    if let share { canvas.write(share, look[.dim], at: Column.bar, 0) }
  }

  private func residuals(of units: Range<Int>) -> [Double] {
    image.map { image in units.map { image[$0] - iterate[$0] } } ?? []
  }

  private func draw(
    _ unit: Int, _ largest: Double, at y: Int, width: Int, on canvas: inout Canvas, _ look: Look
  ) {
    canvas.write(String(unit), look[.dim], at: 0, y, width: Column.unit, .right)
    let value = NumberText.significant(iterate[unit], digits: 7)
    let isOdd = !iterate[unit].isFinite
    canvas.write(
      value, look[isOdd ? .undefined : .number], at: Column.unit, y, width: Column.value - Column.unit, .right)
    guard let residual = residuals(of: unit..<unit + 1).first else { return }
    canvas.write(
      NumberText.scientific(residual), look[residual.isFinite ? .number : .undefined], at: Column.value, y,
      width: Column.residual - Column.value, .right)
    let room = width - Column.bar
    guard room > 0, largest > 0, residual.isFinite else { return }
    let eighths = Int((abs(residual) / largest * Double(room * 8)).rounded())
    canvas.write(Self.bar(eighths), look[residual < 0 ? .series1 : .series2], at: Column.bar, y)
  }

  private func summary(_ shown: Range<Int>) -> String {
    let units =
      shown.count < iterate.count
      ? "units \(shown.lowerBound)–\(shown.upperBound - 1) of \(iterate.count)" : "\(iterate.count) units"
    let values = iterate.filter(\.isFinite)
    guard let least = values.min(), let greatest = values.max() else { return units + ", none finite" }
    let odd = iterate.count - values.count
    return "\(units), z \(NumberText.significant(least)) to \(NumberText.significant(greatest))"
      + (odd == 0 ? "" : ", \(odd) not finite")
  }

  private static func bar(_ eighths: Int) -> String {
    let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
    return String(repeating: "█", count: eighths / 8) + parts[eighths % 8]
  }
}
