import Screen
import Testing

private let wave = HeatMap(rows: 12, columns: 20, cursor: 5) { row, column in
  row == 3 && column == 9 ? nil : Double(row - 6) * Double(column - 10) / 60
}
private let tall = HeatMap(rows: 87, columns: 300, coloring: .sequential()) { row, column in Double(row * column) }
private let tiny = HeatMap(rows: 2, columns: 3, coloring: .sequential(0...2)) { row, column in Double(row * column) }

@Suite("Heat map")
struct HeatMapTests {
  @Test("Half blocks, two rows a cell") func halfBlocksTwoRowsACell() {
    let expected = """
      |   -1.0 ████████████████ 1.0  × undefined   |
      | 0┤▀▀▀▀▀▀▀▀▀▀│▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀ |
      |  │▀▀▀▀▀▀▀▀▀▀│▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀ |
      | 5┤▀▀▀▀▀▀▀▀▀▀│▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀ |
      |  │▀▀▀▀▀▀▀▀▀▀│▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀ |
      |  │▀▀▀▀▀▀▀▀▀▀│▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀ |
      |10┤▀▀▀▀▀▀▀▀▀▀│▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀ |
      |  │                                         |
      |  └┬─────────▴─────────┬─────────┬──────────|
      |   0         5        10        15      step|
      """
    #expect(framed(wave, 44, 10, .unicode) == expected)
  }

  /// What is not there is blank: it is neither asked for nor shown as undefined.
  @Test("Values that do not fill the last row") func valuesThatDoNotFillTheLastRow() {
    let ragged = HeatMap(rows: 2, columns: 3, coloring: .sequential(0...5), count: 5) { row, column in
      if row * 3 + column >= 5 { Issue.record("row \(row), column \(column)") }
      return Double(row * 3 + column)
    }
    #expect(!framed(ragged, 24, 8, .unicode).contains("undefined"))
    let text = framed(ragged, 24, 8, .ascii)
    #expect(!text.contains("undefined"))
    // Of the last row 3 and 4 of 5, at levels 6 and 8 of ten.
    #expect(text.contains("|1+****####              |"), "\n\(text)")
  }

  @Test("A ramp with signs in ASCII") func aRampWithSignsInAscii() {
    let expected = """
      |   -1.0 %%%===--+++**### 1.0  ? undefined   |
      | 0+########******++++++..------======%%%%%% |
      |  |####********++++++++..--------======%%%% |
      | 2+**********++++++++++..----------======== |
      |  |********++++++++++??..------------====== |
      | 4+++++++++++++++++++......---------------- |
      |  |++++++++++++++++..........-------------- |
      | 6+........................................ |
      |  |----------------..........++++++++++++++ |
      | 8+------------------......++++++++++++++++ |
      |  |========------------..++++++++++++****** |
      |10+%%========----------..++++++++++******** |
      |  |%%%%%%======--------..++++++++********## |
      |  |                                         |
      |  ++---------^---------+---------+----------|
      |   0         5        10        15      step|
      """
    #expect(framed(wave, 44, 16, .ascii) == expected)
  }

  @Test("A ramp in eight colours") func aRampInEightColours() {
    let expected = """
      |   -1.0 ██▓▓▒▒░░░░▒▒▓▓██ 1.0  ? undefined   |
      | 0┤██████▓▓▓▓▓▓▒▒▒▒░░░░··░░░░▒▒▒▒▓▓▓▓▓▓████ |
      |  │████▓▓▓▓▓▓▒▒▒▒▒▒░░░░··░░░░▒▒▒▒▒▒▓▓▓▓▓▓██ |
      | 2┤▓▓▓▓▓▓▒▒▒▒▒▒▒▒░░░░░░··░░░░░░▒▒▒▒▒▒▒▒▓▓▓▓ |
      |  │▓▓▒▒▒▒▒▒▒▒▒▒░░░░░░??··░░░░░░░░▒▒▒▒▒▒▒▒▒▒ |
      | 4┤▒▒▒▒▒▒░░░░░░░░░░░░······░░░░░░░░░░░░▒▒▒▒ |
      |  │░░░░░░░░░░░░░░░░··········░░░░░░░░░░░░░░ |
      | 6┤········································ |
      |  │░░░░░░░░░░░░░░░░··········░░░░░░░░░░░░░░ |
      | 8┤▒▒▒▒▒▒░░░░░░░░░░░░······░░░░░░░░░░░░▒▒▒▒ |
      |  │▓▓▒▒▒▒▒▒▒▒▒▒░░░░░░░░··░░░░░░░░▒▒▒▒▒▒▒▒▒▒ |
      |10┤▓▓▓▓▓▓▒▒▒▒▒▒▒▒░░░░░░··░░░░░░▒▒▒▒▒▒▒▒▓▓▓▓ |
      |  │████▓▓▓▓▓▓▒▒▒▒▒▒░░░░··░░░░▒▒▒▒▒▒▓▓▓▓▓▓██ |
      |  │                                         |
      |  └┬─────────▴─────────┬─────────┬──────────|
      |   0         5        10        15      step|
      """
    #expect(framed(wave, 44, 16, .eightColors) == expected)
  }

  @Test("Larger than the area: gathered, and said so") func largerThanTheAreaGatheredAndSaidSo() {
    let expected = """
      |   0 ..:--=++o**%##@@ 25714             |
      | 0+...................::::::::::::::::::|
      |  |.........::::::::::---------=========|
      |50+......::::::------=======++++++oooooo|
      |  |....:::::-----====+++++ooooo****%%%%%|
      |  |...::::----===++++oooo****%%%####@@@@|
      |  ++-----+-----+-----+-----+-----+------|
      |   0    50    100   150   200   250 step|
      """
    #expect(framed(tall, 40, 8, .ascii) == expected)
  }

  @Test("Smaller than the area: spread") func smallerThanTheAreaSpread() {
    let expected = """
      |  0 ..:--=++o**%##@@ 2.0      |
      |0+............                |
      | |............                |
      |1+....oooo@@@@                |
      | |....oooo@@@@                |
      | |                            |
      | ++-------+-------------------|
      |  0       2               step|
      """
    #expect(framed(tiny, 30, 8, .ascii) == expected)
  }

  @Test("Small") func small() {
    let expected = """
      |+##?-=%|
      ||%=-+*#|
      |+-^----|
      """
    #expect(framed(wave, 7, 3, .ascii) == expected)
  }

  @Test("Rows have their own numbers, one is marked, and each is found under its cell")
  func rowsHaveTheirOwnNumbers() {
    let map = HeatMap(rows: 3, columns: 4, rowNumbers: [2, 40, 71], rowCursor: 1) { row, _ in Double(row) }
    var canvas = Canvas(size: Size(width: 20, height: 9))
    let (rect, profile) = (Rect(canvas.size), Profile())
    map.draw(in: rect, on: &canvas, Look())
    let marked = canvas.rows.indices.filter { canvas.rows[$0].contains("▸") }
    #expect(marked.count == 1)
    #expect(canvas.rows.contains { $0.hasPrefix(" 2") } && canvas.rows.contains { $0.hasPrefix("71") })
    let found = (0..<9).map { map.row(at: Point(x: 6, y: $0), in: rect, profile) }
    #expect(
      found.compactMap(\.self) == found.compactMap(\.self).sorted() && Set(found.compactMap(\.self)) == [0, 1, 2])
    #expect(marked.first.flatMap { found[$0] } == 1)
    #expect(map.row(at: Point(x: 0, y: 2), in: rect, profile) == nil)
  }
}
