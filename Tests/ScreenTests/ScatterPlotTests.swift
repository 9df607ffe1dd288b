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
}
