import Screen
import Testing

private let hostileValues: [[Double?]] = [
  [], [nil], [.nan, .nan, .nan], [1], [0], [0, 0, 0], [3, 3, 3, 3], [.infinity, -.infinity], [-1, -2],
  [.leastNonzeroMagnitude, .leastNonzeroMagnitude * 2, .leastNormalMagnitude / 2],
  [.greatestFiniteMagnitude, -.greatestFiniteMagnitude], [1e308, .leastNonzeroMagnitude, nil, -0.0, 1],
  [1, 1 + .ulpOfOne], [1e15, 1e15 + 1],
]

private func hostilePlane(_ values: [Double?]) -> PlanePlot {
  let numbers = values.map { $0 ?? .nan }
  let (first, last) = (numbers.first ?? 0, numbers.last ?? 0)
  var plot = PlanePlot(x: Axis(.linear, from: first, to: last), y: Axis(.log10, from: last, to: first), name: "日本")
  plot.region = { across, up in PlanePlot.Region("a", role: .series1, strength: across * first - up) }
  plot.curves = [PlanePlot.Curve(numbers.map { ($0, -$0) } + numbers.map { ($0, $0) }, role: .text)]
  plot.arrows = numbers.map { PlanePlot.Arrow(from: (first, last), to: ($0, $0)) }
  plot.marks = numbers.map { PlanePlot.Mark($0, $0, glyph: "•", role: .bad) }
  plot.cursor = (first, last)
  return plot
}

private func drawables(_ values: [Double?]) -> [any Drawable] {
  let count = values.count
  let cell: @Sendable (Int, Int) -> Double? = { row, column in values[(row + column) % count] }
  return [
    LinePlot([.init("a", letter: "A", values), .init("b", values, role: .series2, stroke: .dotted)], cursor: 1),
    LinePlot([.init("a", letter: "A", values)], levels: [.init(1, "one")], scale: .log10),
    LinePlot(
      [.init("a", values, positions: [.nan, 7])], levels: [.init(.nan, "undefined")], steps: 0...0, values: 0...0),
    HeatMap(rows: count * 3, columns: count * 5, cursor: 1, value: cell),
    HeatMap(rows: count, columns: count * 40, coloring: .sequential(), value: cell),
    HeatMap(rows: count, columns: count, coloring: .sequential(1...1), cursor: 99, value: cell),
    Sparkline(values), Sparkline(values, scale: .log10),
    BarList(values.map { BarList.Item("label", $0) }),
    ScatterPlot(values.map { ScatterPlot.Mark($0 ?? .nan, $0 ?? 0) }),
    ScatterPlot([.init(1, 1)], limit: values.first ?? nil),
    hostilePlane(values),
    Gauge("share", values.first ?? nil),
    Scrubber(position: 7, last: count, marks: [.init(99)]),
    Table([.init("x", .fixed(3)), .init("日本", .flexible())], rows: count, selected: 1, offset: 4) { row, _ in
      .init(NumberText.shortest(values[row]))
    },
    TextBlock(
      "日本語 words, a\tb\u{1B}[31m e\u{301}\n\n  indented " + String(repeating: "x", count: count * 9), offset: 1),
    Footer([.init("q", "quit"), .init("日", "wide")]),
  ]
}

private let sizes = [(0, 0), (1, 1), (2, 1), (1, 7), (3, 3), (6, 3), (7, 4), (13, 6), (40, 12), (90, 2)]
/// Every profile with every kind of dots.
private let looks = Profile.Colors.allCases.flatMap { colors in
  Profile.Glyphs.allCases.flatMap { glyphs in
    Dots.allCases.map { Look(profile: Profile(colors: colors, glyphs: glyphs), dots: $0) }
  }
}

@Suite("Everything that draws")
struct DrawableTests {
  @Test("Hostile data at any size changes nothing outside the rectangle", arguments: hostileValues.indices)
  func staysInside(_ index: Int) {
    for drawable in drawables(hostileValues[index]) {
      for (width, height) in sizes {
        let rect = Rect(x: 5, y: 3, width: width, height: height)
        for look in [Look.unicode, .blocks, .ascii, .eightColors] where changesOutside(drawable, rect, look) {
          Issue.record("\(drawable) at \(rect.size)")
        }
      }
    }
  }

  private func changesOutside(_ drawable: any Drawable, _ rect: Rect, _ look: Look) -> Bool {
    var canvas = Canvas(size: Size(width: 100, height: 18))
    canvas.fill(canvas.bounds, "#", Style(.rgb(1, 2, 3)))
    let untouched = canvas
    drawable.draw(in: rect, on: &canvas, look)
    canvas.fill(rect, "#", Style(.rgb(1, 2, 3)))
    return canvas != untouched
  }

  @Test("A rectangle partly or wholly off the canvas is clipped", arguments: [(-5, -2), (35, 9), (-100, 0), (0, 100)])
  func offCanvas(_ x: Int, _ y: Int) {
    for drawable in drawables([1, 2, nil, 0.5]) {
      var whole = Canvas(size: Size(width: 140, height: 60))
      drawable.draw(in: Rect(x: 50, y: 20, width: 20, height: 8), on: &whole, .unicode)
      var cut = Canvas(size: Size(width: 40, height: 12))
      drawable.draw(in: Rect(x: x, y: y, width: 20, height: 8), on: &cut, .unicode)
      for row in 0..<12 {
        for column in 0..<40 where Rect(x: x, y: y, width: 20, height: 8).contains(Point(x: column, y: row)) {
          let expected = whole[column - x + 50, row - y + 20].scalar
          let isHalf = expected == Canvas.Cell.continuation || DisplayWidth.of(expected) == 2
          #expect(isHalf || cut[column, row].scalar == expected)
        }
      }
    }
  }

  @Test("ASCII and no colours leave no other cell", arguments: hostileValues.indices)
  func lowers(_ index: Int) {
    for drawable in drawables(hostileValues[index]) {
      for look in Set(looks) {
        var canvas = Canvas(size: Size(width: 30, height: 9))
        drawable.draw(in: canvas.bounds, on: &canvas, look)
        let lowered = canvas.lowered(to: look.profile)
        let cells = Set(lowered.cells)
        #expect(cells.allSatisfy { shows($0, look.profile) })
        #expect(lowered.lowered(to: look.profile) == lowered)
      }
    }
  }

  private func shows(_ cell: Canvas.Cell, _ profile: Profile) -> Bool {
    let scalarFits = profile.glyphs == .unicode || (0x20..<0x7F).contains(cell.scalar.value)
    return scalarFits
      && [cell.style.foreground, cell.style.background].allSatisfy { color in
        switch (color, profile.colors) {
        case (.standard, _): true
        case (.rgb, _), (.palette, .mono): false
        case (.palette(let index), .eight): index < 8
        case (.palette(let index), .sixteen): index < 16
        case (.palette, .palette256): true
        }
      }
  }

  @Test("A million points keep their extremes")
  func millionPoints() {
    var values: [Double?] = Array(repeating: 1, count: 1_000_000)
    values[654_321] = 100
    let plot = LinePlot([.init("spike", values)])
    let rows = picture(plot, 80, 20, .unicode).split(separator: "\n")
    let top = rows[1].unicodeScalars.enumerated().filter { (0x2801...0x28FF).contains($0.element.value) }
    // The area starts after the labels and the axis and ends at the border.
    let area = rows[1].unicodeScalars.prefix { $0 != "┤" && $0 != "│" }.count + 1
    #expect(top.map(\.offset) == [area + Int(0.654321 * Double(80 - area))])
  }
}
