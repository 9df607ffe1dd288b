import Testing

@testable import Screen

@Suite("Figures as SVG")
struct FigureTests {
  private func svg(_ figure: some Figure, theme: Theme = .light) -> String {
    FigureSheet("A <title> & more", [FigureSheet.Panel("panel", caption: "caption", figure)]).svg(theme: theme)
  }

  /// The attribute of every element of a name, in order.
  private func attributes(_ name: String, of element: String, in text: String) -> [String] {
    text.split(separator: "\n").filter { $0.hasPrefix("<\(element) ") }.compactMap { line in
      line.split(separator: " \(name)=\"").dropFirst().first?.split(separator: "\"").first.map(String.init)
    }
  }

  private func texts(in text: String) -> [String] {
    text.split(separator: "\n").filter { $0.hasPrefix("<text ") }.map { line in
      String(line.drop { $0 != ">" }.dropFirst().prefix { $0 != "<" })
    }
  }

  private func points(_ text: String) -> [(x: Double, y: Double)] {
    text.split(separator: " ").map { pair in
      let numbers = pair.split(separator: ",").compactMap { Double($0) }
      return (numbers[0], numbers[1])
    }
  }

  /// The colour of the first series as pictures write it; the terminal's own foreground is ink.
  private func seriesColor(_ theme: Theme) -> String {
    guard case .rgb(let red, let green, let blue) = theme[.series1].foreground else { return seriesInk(theme) }
    return "#" + [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  private func seriesInk(_ theme: Theme) -> String {
    guard case .rgb(let red, let green, let blue) = theme.ink else { return "" }
    return "#" + [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// The series' own lines; the first polylines are ticks.
  private func curves(_ text: String, color: String) -> [[(x: Double, y: Double)]] {
    let lines = text.split(separator: "\n").filter { $0.hasPrefix("<polyline") && $0.contains("stroke=\"\(color)\"") }
    return lines.flatMap { attributes("points", of: "polyline", in: String($0)) }.map(points)
  }

  private let decay = LinePlot(
    [LinePlot.Series("decay", letter: "D", [1, 1e-2, 1e-4])], levels: [LinePlot.Level(1e-3, "goal")], scale: .log10)

  @Test("A decay by equal factors is a straight line from corner to corner, its level half way between")
  func decayIsStraight() throws {
    let text = svg(decay)
    let curve = try #require(curves(text, color: seriesColor(.light)).last { $0.count == 3 })
    #expect(abs(curve[1].x - (curve[0].x + curve[2].x) / 2) < 0.02)
    #expect(abs(curve[1].y - (curve[0].y + curve[2].y) / 2) < 0.02)
    let frame = try #require(text.split(separator: "\n").last { $0.hasPrefix("<rect") && $0.contains("fill=\"none\"") })
    let corner = try #require(Double(attributes("x", of: "rect", in: String(frame))[0]))
    #expect(abs(curve[0].x - corner) < 0.02)
    let level = try #require(curves(text, color: "#70767c").last { $0.count == 2 && $0[1].x - $0[0].x > 300 })
    #expect(abs(level[0].y - (curve[1].y + curve[2].y) / 2) < 0.02)
  }

  @Test("Title, names, ticks, levels and legend are texts")
  func words() {
    let texts = texts(in: svg(decay))
    for word in ["A &lt;title&gt; &amp; more", "panel", "caption", "1e+00", "1e-04", "0", "2", "step", "goal", "decay"]
    {
      #expect(texts.contains(word), "\(word)")
    }
    #expect(texts.filter { $0 == "D" }.count == 2)
  }

  @Test("Ticks have the labels and values of the axis on the screen")
  func ticks() {
    let axis = decay.valueAxis()
    #expect((axis.lower, axis.upper) == (1e-4, 1))
    let text = svg(decay)
    for tick in axis.ticks(7) { #expect(texts(in: text).contains(tick.label)) }
  }

  @Test("What is undefined parts a curve and is marked; nothing that is not a number is written")
  func undefined() {
    let plot = LinePlot([LinePlot.Series("a", [1, 2, nil, 3, .infinity, -.infinity, .nan, 4])])
    let text = svg(plot)
    #expect(curves(text, color: seriesColor(.light)).filter { $0.count == 2 && $0[1].x - $0[0].x > 50 }.count == 1)
    let marks = texts(in: text)
    #expect(marks.contains("×") && marks.contains("▴") && marks.contains("▾"))
    #expect(!text.lowercased().contains("nan") && !text.contains("inf"))
  }

  @Test("Every length has two decimals, and the same figure the same bytes")
  func fixedDecimals() {
    let text = svg(decay)
    for name in ["x", "y", "cx", "cy", "r", "width", "height"] {
      for element in ["rect", "text", "circle"] {
        for value in attributes(name, of: element, in: text) {
          #expect(value.split(separator: ".").last?.count == 2, "\(element) \(name) \(value)")
        }
      }
    }
    #expect(text == svg(decay))
    #expect(
      [0, -0.004, 1.005, -12.346, 1e300, -.infinity].map(SVG.number) == [
        "0.00", "0.00", "1.00", "-12.35", "1000000.00", "-1000000.00",
      ])
  }

  /// Elements are closed, attributes quoted, no bare ampersand: enough to be XML, since nothing else is written.
  @Test("The document is well-formed, whatever the title", arguments: ["plain", "<&\"'>", "a\u{0}b\u{1B}\n", "日本 é"])
  func wellFormed(title: String) {
    let panels = [FigureSheet.Panel(title, caption: title, decay)]
    let text = FigureSheet(title, panels).svg(theme: .dark)
    var open: [Substring] = []
    for part in text.split(separator: "<").dropFirst() {
      let tag = part.prefix { $0 != ">" }
      #expect(tag.filter { $0 == "\"" }.count.isMultiple(of: 2))
      let name = tag.prefix { $0.isLetter || $0 == "/" || $0 == "?" }
      if name.hasPrefix("/") {
        #expect(open.popLast() == name.dropFirst())
      } else if !tag.hasSuffix("/"), !name.hasPrefix("?") {
        open.append(name)
      }
    }
    #expect(open.isEmpty)
    #expect(text.unicodeScalars.allSatisfy { $0.value >= 32 || $0 == "\n" })
    let entities = text.split(separator: "&").dropFirst()
    #expect(entities.allSatisfy { part in ["amp;", "lt;", "gt;", "quot;"].contains { part.hasPrefix($0) } })
  }

  @Test(
    "Colours are the theme's",
    arguments: [
      (Theme.light, "#ffffff"), (.dark, "#101418"), (.monochrome, "#ffffff"),
    ])
  func colours(theme: Theme, paper: String) {
    let series = seriesColor(theme)
    let text = svg(decay, theme: theme)
    #expect(text.contains("stroke=\"\(series)\"") && text.contains("fill=\"\(paper)\""))
  }

  @Test("Monochrome is grey, and its curves differ by their dashes")
  func monochrome() {
    let curves = (0..<4).map { LinePlot.Series("\($0)", [0, 1, Double($0)], role: .series($0)) }
    let text = svg(LinePlot(curves), theme: .monochrome)
    let codes = text.split(separator: "#").dropFirst().map { $0.prefix(6) }.filter { $0.allSatisfy(\.isHexDigit) }
    #expect(codes.allSatisfy { $0.prefix(2) == $0.dropFirst(2).prefix(2) && $0.prefix(2) == $0.suffix(2) })
    #expect(Set(attributes("stroke-dasharray", of: "polyline", in: text)).count == 3)
  }

  @Test("A heat map's largest magnitudes have the colours of the palette's ends; undefined is crossed")
  func heatMap() {
    let values: [[Double?]] = [[-2, 0], [2, nil]]
    let text = svg(HeatMap(rows: 2, columns: 2) { values[$0][$1] })
    let fills = attributes("fill", of: "rect", in: text)
    #expect(fills.contains("#0b3c8c") && fills.contains("#8c4300") && fills.contains("#f4f4f4"))
    #expect(texts(in: text).contains("×") && texts(in: text).contains("× undefined"))
    #expect(texts(in: text).contains("-2.0") && texts(in: text).contains("2.0"))
  }

  @Test("A large heat map is gathered, and says so")
  func largeHeatMap() {
    let text = svg(HeatMap(rows: 1000, columns: 5000) { row, column in Double((row * column) % 7) })
    #expect(text.utf8.count < 8_000_000)
    #expect(texts(in: text).contains { $0.hasPrefix("peak of ") })
  }

  @Test("The unit circle goes through 1 and i, and every root of unity lies on it")
  func unitCircle() throws {
    let half = 0.5.squareRoot()
    let marks = [(1.0, 0.0), (0, 1), (half, half), (-half, half)].map { ScatterPlot.Mark($0, $1) }
    let text = svg(ScatterPlot(marks + [ScatterPlot.Mark(.nan, 0)]))
    let circles = zip(
      zip(attributes("cx", of: "circle", in: text), attributes("cy", of: "circle", in: text)),
      attributes("r", of: "circle", in: text)
    ).compactMap { center, r in
      Double(center.0).flatMap { x in Double(center.1).flatMap { y in Double(r).map { (x: x, y: y, r: $0) } } }
    }
    let ring = try #require(circles.first)
    #expect(circles.count == 5)
    for mark in circles.dropFirst() {
      let distance = ((mark.x - ring.x) * (mark.x - ring.x) + (mark.y - ring.y) * (mark.y - ring.y)).squareRoot()
      #expect(abs(distance - ring.r) < 0.02)
    }
    #expect(texts(in: text).contains("1 undefined"))
  }

  @Test("Paths begin in a ring and end in a dot; what has no points draws nothing")
  func paths() {
    let path = PathPlot.Path([(0, 0), (1, 2), (3, 1)], role: .series1)
    let text = svg(PathPlot([path, PathPlot.Path([], role: .series2)], xName: "x", yName: "y"))
    #expect(attributes("cx", of: "circle", in: text).count == 2)
    #expect(curves(text, color: seriesColor(.light)).filter { $0.count == 3 }.count == 1)
  }
}
