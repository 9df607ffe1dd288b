import Screen
import Testing

private let spectrum = ScatterPlot([.init(0.474, 0.477), .init(0.474, -0.477), .init(0.45, 0), .init(.nan, 0)])
private let outside = ScatterPlot([.init(-3, 0, glyph: "x"), .init(0, 1)])

@Suite("Scatter plot")
struct ScatterPlotTests {
  @Test("A spectrum in the unit circle") func aSpectrumInTheUnitCircle() {
    let expected = """
      |limit 1.1    ⢀⣀⣀⠤⠤⠤⠤⣀⣀⡀             |
      |          ⡠⠔⠊⠁    │   ⠈⠑⠢⢄          |
      |        ⡰⠊        │       ⠑⢆        |
      |      ⢀⠎          │     •   ⠱⡀      |
      |     ⢀⠎           │          ⠱⡀     |
      |     ⢸            │           ⡇     |
      |     ⡇            │           ⢸     |
      |─────⡇────────────┼────•──────⢸───re|
      |     ⢸            │           ⡇     |
      |     ⠈⢆           │          ⡰⠁     |
      |      ⠈⢆          │     •   ⡰⠁      |
      |        ⠱⢄        │       ⡠⠎        |
      |          ⠑⠢⢄⡀    │   ⢀⡠⠔⠊          |
      |1 undefined  ⠈⠉⠉⠒⠒⠒⠒⠉⠉⠁             |
      """
    #expect(framed(spectrum, 36, 14, .unicode) == expected)
  }

  @Test("The same in ASCII") func theSameInAscii() {
    let expected = """
      |limit 1.1    .__----__.             |
      |          ///'    |   '\\\\\\          |
      |        //        |       \\\\        |
      |      ./          |     *   \\.      |
      |     ./           |          \\.     |
      |     |            |           |     |
      |     |            |           |     |
      |-----|------------+----*------|---re|
      |     |            |           |     |
      |     '\\           |          /'     |
      |      '\\          |     *   /'      |
      |        \\\\        |       //        |
      |          \\\\\\.    |   .///          |
      |1 undefined  '--------'             |
      """
    #expect(framed(spectrum, 36, 14, .ascii) == expected)
  }

  @Test("Points beyond the circle shrink it") func pointsBeyondTheCircleShrinkIt() {
    let expected = """
      |limit 3.2         im                |
      |                  │                 |
      |                  │                 |
      |                  │                 |
      |                ⢀⣀•⡀                |
      |              ⡰⠊⠁ │⠈⠑⢆              |
      |             ⢰⠁   │  ⠈⡆             |
      |─────x───────⠸⡀───┼──⢀⠇───────────re|
      |              ⠱⢄⡀ │⢀⡠⠎              |
      |                ⠈⠉⠉⠁                |
      |                  │                 |
      |                  │                 |
      |                  │                 |
      |                  │                 |
      """
    #expect(framed(outside, 36, 14, .unicode) == expected)
  }

  @Test("Small") func small() {
    let expected = """
      | ⣠⠖⠒⠒⠲⣄ |
      |⢸⠁  │•⠈⡇|
      |⢸⡀──┼•⢀⡇|
      |1 undef…|
      """
    #expect(framed(spectrum, 8, 4, .unicode) == expected)
  }

  @Test("The mark nearest to a cell") func theMarkNearestToACell() {
    let rect = Rect(x: 3, y: 2, width: 36, height: 14)
    for (index, cell) in [(0, Point(x: 24, y: 3)), (1, Point(x: 24, y: 10)), (2, Point(x: 23, y: 7))] {
      let point = Point(x: cell.x + rect.x, y: cell.y + rect.y)
      #expect(spectrum.mark(nearest: point, in: rect, .braille) == index)
    }
    #expect(spectrum.mark(nearest: Point(x: 4, y: 3), in: rect, .braille) == 0)
    #expect(spectrum.mark(nearest: Point(x: 2, y: 2), in: rect, .braille) == nil)
    #expect(ScatterPlot([.init(.nan, 0)]).mark(nearest: rect.origin, in: rect, .braille) == nil)
  }
}
