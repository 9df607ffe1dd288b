import Screen
import Testing

private let hostile: [Double?] = {
  var values = decay(20, 0.25)
  (values[4], values[9], values[13], values[16]) = (.infinity, nil, 0, -1)
  return values
}()
private let semiLog = LinePlot(
  [
    .init("picard", letter: "A", decay(15, 0.5)).frozen(),
    .init("anderson", letter: "B", hostile, role: .series2),
    .init("proved", decay(20, 0.412), role: .series3, stroke: .dotted),
  ], levels: [.init(1e-3, "tolerance")], scale: .log10, stepName: "evaluations")
private func atCursor(_ step: Double) -> LinePlot {
  var plot = semiLog
  plot.cursor = step
  return plot
}
private let ratio = LinePlot(
  [.init("ratio", letter: "T", [nil, 0.5, 0.75, 1.25, 0.25, 0.5])], levels: [.init(1, "ratio 1")])

@Suite("Line plot")
struct LinePlotTests {
  @Test("A semi-log plot shows curves, level, legend, gaps and marks")
  func aSemilogPlotShowsCurvesLevelLegendGapsAndMarks() {
    let expected = """
      |      ╌A picard  ─B anderson  ┈┈ proved                     |
      |1e+00┤⠉⠓⠢⢖⣤ ⣄⣀ ⡀ ▴                                          |
      |     │     ⠉⠒⠪⠤⠉⠙ ⠖⢒ ⡤⠤ ⣀⡀                                  |
      |     │              ⣀ ⠈ ⠂⠨ ⠍⢑ ⠒⠤ ⢄⣀                         |
      |1e-03┤┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄⠉⠑⠒⠤⣀⡀┄┄┄⠁⠈┄⠂⠠┄⡉⢉┄⠒⠒┄⠤⠤┄⣀┄┄┄ tolerance |
      |     │                    ⠈⠑⠒          ⠁⠐ ⠄⠠ A              |
      |1e-06┤                            ⠤⢄⣀         ⠈ ⠂⠐ ⠄⢀ ⡀     |
      |     │                               ⠉⠑⠢⠄              ⠈ ⠂⠠ |
      |     │                                       ⠠⣀⡀            |
      |1e-09┤                                         ⠈⠁           |
      |     │                                                ⠒⠤⢄⡀  |
      |1e-12┤                         ×          ▾        ×     ⠈⠉B|
      |     └┬─────────────┬─────────────┬─────────────────────────|
      |      0             5            10              evaluations|
      """
    #expect(framed(semiLog, 60, 14, .unicode) == expected)
  }

  @Test("The same in ASCII") func theSameInAscii() {
    let expected = """
      |      -A picard  -B anderson  .. proved                     |
      |1e+00+--\\-- __ . ^                                          |
      |     |     ------ -\\ -- _.                                  |
      |     |              _ ' '' /\\ -- \\_                         |
      |1e-03+...............-\\--_....''.'../\\.--.--._... tolerance |
      |     |                    '\\-          '' .. A              |
      |1e-06+                            -\\_         ' '' .. .     |
      |     |                               -\\\\.              ' '. |
      |     |                                       ._.            |
      |1e-09+                                         ''           |
      |     |                                                --\\.  |
      |1e-12+                         x          v        x     '-B|
      |     ++-------------+-------------+-------------------------|
      |      0             5            10              evaluations|
      """
    #expect(framed(semiLog, 60, 14, .ascii) == expected)
  }

  @Test("The cursor reads out the values of its step") func theCursorReadsOutTheValuesOfItsStep() {
    let expected = """
      |      ╌A 2.5e-01  ─B 6.2e-02  ┈┈ proved 1.7e-01             |
      |1e+00┤⠉⠙⠒⠲⠶⢄A⡤ ⡤⢤▴⣀⣀                                        |
      |     │      B⠈⠉   ⠁⠈⣀⣋⠙ ⠍⠲ ⠖⢒ ⡤⠤ ⣀⣀ ⣀⡀                      |
      |     │┄┄┄┄┄┄│┄┄┄┄┄┄┄┄┄⠉⠉⠒⠒⠤⠤⣀┄┄⠈┄⠁⠐┄⠂⠨┄⠍⢉┄⡒⠒┄⠒┄┄┄ tolerance |
      |1e-05┤      │                     ⠤⠤⢄⣀⡀    ⠈ ⠁⠈ ⠂⠐ ⠄⠠ ⡀⢀    |
      |     │      │                         ⠈⠉⠁    ⢀⡀          ⠁⠈ |
      |1e-10┤      │                                 ⠈⠉⠁     ⣀     |
      |     │      │                  ×          ▾        ×   ⠉⠉⠒⠒⠤|
      |     └┬─────▴───────┬─────────────┬─────────────────────────|
      |      0     2       5            10              evaluations|
      """
    #expect(framed(atCursor(2), 60, 10, .unicode) == expected)
  }

  @Test("Undefined is read out as undefined") func undefinedIsReadOutAsUndefined() {
    let expected = """
      |      -A picard 2.0e-03  -B anderson -  .. proved 3.4e-04   |
      |1e+00+-------*_--^-- __ __     |                            |
      |     |..............----\\-_*/.-A.--./\\.--.--._... tolerance |
      |1e-05+                      '  |  ---\\__. '' '' '' .. .. .. |
      |1e-10+                         |             '--.           |
      |     |                         x          v        x  -----B|
      |     ++-------------+----------^--+-------------------------|
      |      0             5          9 10              evaluations|
      """
    #expect(framed(atCursor(9), 60, 8, .ascii) == expected)
  }

  @Test("A linear plot with a level") func aLinearPlotWithALevel() {
    let expected = """
      |    ─T ratio                            |
      |   │                   ⢀⠤⠊⢆             |
      |1.0┤┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄⡠⠒⠁┄┄⠈⢢┄┄┄ ratio 1 |
      |   │              ⢀⠔⠉       ⠣⡀          |
      |   │         ⢀⡠⠤⠒⠉⠁          ⠑⡄         |
      |0.5┤       ⠒⠉⠁                ⠘⢄     ⣀⠤T|
      |   │×                          ⠈⢆⡠⠔⠒⠉   |
      |   └┬──────┬──────┬──────┬──────┬───────|
      |    0      1      2      3      4   step|
      """
    #expect(framed(ratio, 40, 9, .unicode) == expected)
  }

  @Test("Half blocks") func halfBlocks() {
    let expected = """
      |    ─T ratio                            |
      |   │                    ▄▀▄             |
      |1.0┤┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄▄▀▀┄┄▀▄┄┄┄ ratio 1 |
      |   │               ▄▀       █           |
      |   │         ▄▄▄▀▀▀          █          |
      |0.5┤       ▀▀                 ▀▄    ▄▄▄T|
      |   │×                          ▀▄▄▀▀    |
      |   └┬──────┬──────┬──────┬──────┬───────|
      |    0      1      2      3      4   step|
      """
    #expect(framed(ratio, 40, 9, .blocks) == expected)
  }

  @Test("Small: labels go first") func smallLabelsGoFirst() {
    let expected = """
      |      ╌A  ─B  |
      |1e+00┤⠉▴⠴⡦⠄A┄┄|
      |1e-10┤   ×⠉▾×B|
      |     └┬───────|
      |      0       |
      """
    #expect(framed(semiLog, 14, 5, .unicode) == expected)
  }

  @Test("Smaller: axes go next") func smallerAxesGoNext() {
    let expected = """
      |⠙▴⡤A┄|
      |  ×▾B|
      """
    #expect(framed(semiLog, 5, 2, .unicode) == expected)
  }
}
