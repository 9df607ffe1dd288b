import Screen
import Testing

@Suite("Raster")
struct RasterTests {
  private func drawn(_ raster: Raster) -> Canvas {
    var canvas = Canvas(size: raster.size)
    raster.draw(on: &canvas, at: 0, 0)
    return canvas
  }

  @Test("Dots are united, and the last colour wins")
  func unites() {
    var raster = Raster(size: Size(width: 1, height: 1), dots: .braille)
    raster.set(0, 0, Style(.rgb(1, 0, 0)))
    raster.set(1, 3, Style(.rgb(0, 1, 0)))
    #expect(drawn(raster)[0, 0] == Canvas.Cell("⢁", Style(.rgb(0, 1, 0))))
  }

  @Test("A diagonal by each kind of dots")
  func diagonal() {
    var braille = Raster(size: Size(width: 2, height: 1), dots: .braille)
    braille.line(from: (0, 0), to: (3, 3), .plain)
    #expect(drawn(braille).text == "⠑⢄")
    var blocks = Raster(size: Size(width: 4, height: 2), dots: .halfBlock)
    blocks.line(from: (0, 0), to: (3, 3), .plain)
    #expect(drawn(blocks).text == "▀▄\n  ▀▄")
    var ascii = Raster(size: Size(width: 2, height: 1), dots: .ascii)
    ascii.line(from: (0, 0), to: (3, 3), .plain)
    #expect(drawn(ascii).text == "\\\\")
  }

  @Test("A flat line sets a dot in every column that it crosses", arguments: [-3.0, 0, 0.4, 0.49, 0.5])
  func noGaps(_ start: Double) {
    for end in [15.0, 15.2, 15.4, 99, 1e12] {
      var raster = Raster(size: Size(width: 16, height: 8), dots: .halfBlock)
      raster.line(from: (start, 3.3), to: (end, 9.7), .plain)
      let columns = Set(drawn(raster).rows.flatMap { $0.enumerated().filter { $0.element != " " }.map(\.offset) })
      #expect(columns.isSuperset(of: (start >= 0.5 ? 1 : 0)...15))
    }
  }

  @Test("A clipped line is the visible part of the whole line")
  func clips() {
    var long = Raster(size: Size(width: 4, height: 2), dots: .halfBlock)
    long.line(from: (-1000, 2), to: (1000, 2), .plain)
    #expect(drawn(long).text == "\n▀▀▀▀")
    var outside = Raster(size: Size(width: 4, height: 2), dots: .halfBlock)
    outside.line(from: (-5, -5), to: (9, -1), .plain)
    outside.line(from: (.nan, 0), to: (1, 1), .plain)
    outside.line(from: (0, 0), to: (.infinity, 1), .plain)
    outside.fill(column: 1, from: 50, through: 90, .plain)
    #expect(drawn(outside).cells.allSatisfy { $0 == Canvas.Cell() })
  }

  @Test("Fill reaches from one row to the other, whichever is higher")
  func fill() {
    var raster = Raster(size: Size(width: 1, height: 3), dots: .halfBlock)
    raster.fill(column: 0, from: 9, through: 3, .plain)
    #expect(drawn(raster).text == "\n▄\n█")
  }
}
