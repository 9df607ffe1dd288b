import Screen
import Testing

/// Four columns and three rows: value column + 10 · row, one undefined, one not known.
private let small: ParameterMap = {
  var contents = (0..<12).map { ParameterMap.Content.value(Double($0 % 4 + 10 * ($0 / 4))) }
  contents[5] = .undefined
  contents[11] = .pending
  var map = ParameterMap(
    across: ParameterMap.Side("gain", labels: ["0", "1", "2", "3"]),
    up: ParameterMap.Side("shift", labels: ["a", "b", "c"]), contents: contents,
    coloring: .sequential(Axis(.linear, from: 0, to: 22)))
  // The two columns on the left, in every row.
  let inside = (0..<12).map { Optional($0 % 4 < 2) }
  map.regions = [ParameterMap.Region("P", "proof", role: .series1, contains: inside)]
  map.cursor = ParameterMap.Cell(column: 3, row: 0)
  return map
}()

private let kinds: ParameterMap = {
  let names = [
    ParameterMap.Category("+", "good", role: .series1), ParameterMap.Category("x", "bad", role: .series6),
  ]
  return ParameterMap(
    across: ParameterMap.Side("gain", labels: ["0", "1"]), up: ParameterMap.Side("shift", labels: ["0", "1"]),
    contents: [.value(0), .value(1), .undefined, .pending], coloring: .categories(names))
}()

@Suite("Parameter map")
struct ParameterMapTests {
  /// The first row is the lowest; the rim is the last column of the region.
  @Test("A character a cell in ASCII, the first row lowest") func asciiRows() {
    let text = framed(small, 44, 10, .ascii)
    #expect(text.contains("? undefined"), "\(text)")
    let rows = text.split(separator: "\n").map(String.init)
    let lines = rows.filter { $0.contains("P") }
    #expect(lines.count == 3, "\(text)")
    for line in lines { #expect(line.count { $0 == "P" } == 1) }
    #expect(rows.first { $0.hasPrefix("|a") }?.contains(".") == true, "the least values are below: \(text)")
    #expect(rows.last?.contains("gain") == true)
  }

  @Test("Every cell is found again at its place") func cellsAreFound() {
    for (profile, size) in [
      (Profile(), Size(width: 30, height: 12)), (Profile(glyphs: .ascii), Size(width: 9, height: 5)),
    ] {
      var seen: Set<ParameterMap.Cell> = []
      let rect = Rect(x: 2, y: 1, width: size.width, height: size.height)
      for y in 0..<20 {
        for x in 0..<40 {
          if let cell = small.cell(at: Point(x: x, y: y), in: rect, profile) { seen.insert(cell) }
        }
      }
      #expect(seen.allSatisfy { (0..<4).contains($0.column) && (0..<3).contains($0.row) })
      if size.width == 30 { #expect(seen.count == 12) }
    }
  }

  @Test("More cells than places: none is outside, and the largest is shown") func gathered() {
    let contents = (0..<100 * 80).map { ParameterMap.Content.value($0 == 4321 ? 9 : 0) }
    let map = ParameterMap(
      across: ParameterMap.Side("x", labels: (0..<100).map(String.init)),
      up: ParameterMap.Side("y", labels: (0..<80).map(String.init)), contents: contents,
      coloring: .sequential(Axis(.linear, from: 0, to: 9)))
    let text = picture(map, 40, 15, .ascii)
    let body = text.split(separator: "\n").dropFirst().joined()
    #expect(body.count { $0 == "@" } == 1, "\(text)")
  }

  @Test("Letters tell kinds apart without colours") func categories() {
    let text = picture(kinds, 40, 8, .ascii)
    let rows = text.split(separator: "\n").map(String.init)
    #expect(rows[0].contains("+  good") && rows[0].contains("x  bad") && rows[0].contains("undefined"), "\(text)")
    let lowest = rows[rows.count - 3]
    #expect(lowest.contains("++++") && lowest.contains("xxxx"), "\(text)")
    #expect(rows[2].contains("????") && !rows[2].contains("x"), "\(text)")
  }

  @Test("The legend names the kinds that there are") func legendOfKinds() {
    var map = kinds
    map.contents = [.value(1), .value(1), .value(1), .pending]
    let line = picture(map, 40, 8, .ascii).split(separator: "\n")[0]
    #expect(line.contains("x  bad") && !line.contains("good") && !line.contains("undefined"), "\(line)")
  }

  @Test("The figure has a border where the region ends, and every colour") func figure() {
    let text = FigureSheet("map", [FigureSheet.Panel("p", caption: "c", small)]).svg(theme: .light)
    // Three rows, each with a border between the second and the third column.
    #expect(text.count(of: "stroke-width=\"2.00\"") == 3 + 1, "three borders and the legend")
    #expect(text.contains("P proof") && text.contains("× undefined") && text.contains("gain (across), shift (up)"))
    #expect(!text.contains("nan") && !text.contains("inf"))
  }
}

extension String {
  fileprivate func count(of part: String) -> Int { ranges(of: part).count }
}
