import Screen
import Testing

/// A spiral of a few points over two regions, with an arrow in each of the eight directions.
private var portrait: PlanePlot {
  var plot = PlanePlot(x: Axis(.linear, from: -2, to: 2), y: Axis(.linear, from: 0, to: 1), name: "z0")
  plot.region = { across, up in
    across < 0.5
      ? PlanePlot.Region("a", role: .series1, strength: up) : PlanePlot.Region("b", role: .series2, strength: 0)
  }
  plot.curves = [PlanePlot.Curve([(-1.5, 0.1), (1.5, 0.9), (.nan, 0), (1.5, 0.1), (1.9, 0.1)], role: .text)]
  plot.marks = [PlanePlot.Mark(-1, 0.75, glyph: "A", role: .series1), PlanePlot.Mark(9, 9, glyph: "B", role: .bad)]
  plot.cursor = (1, 0.25)
  return plot
}

/// Arrows of equal length on the screen around a ring.
private var arrows: PlanePlot {
  var plot = PlanePlot(x: Axis(.linear, from: -10, to: 10), y: Axis(.linear, from: -5, to: 5), name: "x")
  let directions: [(Double, Double)] = [(1, 0), (1, 0.5), (0, 1), (-1, 0.5), (-1, 0), (-1, -0.5), (0, -1), (1, -0.5)]
  plot.arrows = directions.map { PlanePlot.Arrow(from: (4 * $0.0, 4 * $0.1), to: (8 * $0.0, 8 * $0.1)) }
  plot.arrows.append(PlanePlot.Arrow(from: (0, 0), to: (0, 0)))
  return plot
}

@Suite("Plane plot")
struct PlanePlotTests {
  @Test("Letters stand for regions where colours cannot") func lettersInAscii() {
    let text = picture(portrait, 40, 12, .ascii)
    let rows = text.split(separator: "\n").map(String.init)
    // Left of the middle `a`, right of it `b`, a blank between two letters of a row.
    #expect(rows[0].contains("a a a a") && rows[0].contains("b b b b"))
    #expect(rows[0].firstIndex(of: "b").map { rows[0][..<$0].contains("a") } == true)
    #expect(text.contains("A") && !text.contains("B") && text.contains("+"))
    #expect(text.utf8.allSatisfy { $0 < 0x80 })
  }

  @Test("Brackets stand on both sides of a mark, and are cut off at the border") func brackets() {
    var plot = PlanePlot(x: Axis(.linear, from: 0, to: 1), y: Axis(.linear, from: 0, to: 1), name: "x")
    plot.marks = [
      PlanePlot.Mark(0.5, 0.5, glyph: "A", role: .text, brackets: .square),
      PlanePlot.Mark(0.75, 0.75, glyph: "B", role: .text, brackets: .angle),
      PlanePlot.Mark(0.25, 0.25, glyph: "C", role: .text, brackets: .round),
      PlanePlot.Mark(0, 0.9, glyph: "D", role: .text, brackets: .square),
      PlanePlot.Mark(0.5, 5, glyph: "E", role: .text, brackets: .square),
    ]
    let text = picture(plot, 40, 12, .ascii)
    #expect(text.contains("[A]") && text.contains("<B>") && text.contains("(C)") && text.contains("D]"))
    #expect(!text.contains("[D") && !text.contains("E"))
  }

  @Test("Arrows point where the step goes") func arrowsPoint() {
    let rows = picture(arrows, 50, 24, .unicode).split(separator: "\n").map(String.init)
    let text = rows.joined()
    for glyph in "→↗↑↖←↙↓↘·" { #expect(text.contains(glyph), "\(glyph)") }
    func row(_ glyph: Character) -> Int? { rows.firstIndex { $0.contains(glyph) } }
    #expect((row("↑") ?? 99) < (row("→") ?? 0) && (row("→") ?? 99) < (row("↓") ?? 0))
    let ascii = picture(arrows, 50, 24, .ascii)
    for glyph in "><^v" { #expect(ascii.contains(glyph), "\(glyph)") }
  }

  @Test("A cell and its shares agree") func sharesOfCells() throws {
    let rect = Rect(x: 3, y: 2, width: 40, height: 12)
    let area = PlanePlot.area(in: rect)
    let first = try #require(PlanePlot.shares(at: Point(x: area.x, y: area.maxY - 1), in: rect))
    #expect(abs(first.across - 0.5 / Double(area.width)) < 1e-12 && abs(first.up - 0.5 / Double(area.height)) < 1e-12)
    #expect(PlanePlot.shares(at: Point(x: area.x - 1, y: area.y), in: rect) == nil)
    #expect(PlanePlot.shares(at: Point(x: area.x, y: area.maxY), in: rect) == nil)
  }

  @Test("Colours tell the regions apart, and the curve keeps their ground") func coloursOfRegions() {
    var canvas = Canvas(size: Size(width: 40, height: 12))
    portrait.draw(in: canvas.bounds, on: &canvas, .unicode)
    let area = PlanePlot.area(in: canvas.bounds)
    let left = canvas[area.x, area.y].style
    let right = canvas[area.maxX - 1, area.y].style
    #expect(left.background != right.background && left.background != .standard && right.background != .standard)
    let curve = (area.y..<area.maxY).flatMap { row in (area.x..<area.maxX).map { canvas[$0, row] } }
      .filter { (0x2801...0x28FF).contains($0.scalar.value) }
    #expect(!curve.isEmpty && curve.allSatisfy { $0.style.background != .standard })
  }
}
