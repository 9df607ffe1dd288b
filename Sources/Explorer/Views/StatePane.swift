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

  func draw(in rect: Rect, on canvas: inout Canvas, _ look: Look) {
    let header = "unit" + Self.right("z", 14) + Self.right("f(z) - z", 12) + "  share of residual"
    canvas.write(header, look[.dim], at: rect.x, rect.y)
    let rows = max(0, rect.height - 2)
    let first = min(offset, max(0, iterate.count - rows))
    let largest = image.map { zip($0, iterate).lazy.map { abs($0 - $1) }.max() ?? 0 } ?? 0
    for (row, unit) in (first..<min(iterate.count, first + rows)).enumerated() {
      draw(unit, largest, at: rect.y + 1 + row, in: rect, on: &canvas, look)
    }
    canvas.write(summary(first, rows), look[.dim], at: rect.x, rect.maxY - 1, width: rect.width)
  }

  private func draw(
    _ unit: Int, _ largest: Double, at y: Int, in rect: Rect, on canvas: inout Canvas, _ look: Look
  ) {
    let x = canvas.write(Self.right(String(unit), 4), look[.dim], at: rect.x, y)
    canvas.write(Self.right(NumberText.significant(iterate[unit], digits: 7), 14), look[.number], at: x, y)
    guard let image else { return }
    let residual = image[unit] - iterate[unit]
    canvas.write(Self.right(NumberText.scientific(residual), 12), look[.number], at: x + 14, y)
    let room = rect.width - 32
    guard room > 0, largest > 0, residual.isFinite else { return }
    let eighths = Int((abs(residual) / largest * Double(room * 8)).rounded())
    canvas.write(Self.bar(eighths), look[residual < 0 ? .series1 : .series2], at: x + 28, y)
  }

  private func summary(_ first: Int, _ rows: Int) -> String {
    let shown =
      iterate.count > rows
      ? "units \(first)–\(min(iterate.count, first + rows) - 1) of \(iterate.count)" : "\(iterate.count) units"
    guard let least = iterate.min(), let greatest = iterate.max() else { return shown }
    return "\(shown), z from \(NumberText.significant(least)) to \(NumberText.significant(greatest))"
  }

  private static func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - DisplayWidth.of(text))) + text
  }

  private static func bar(_ eighths: Int) -> String {
    let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
    return String(repeating: "█", count: eighths / 8) + parts[eighths % 8]
  }
}
