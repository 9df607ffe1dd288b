import Screen
import TestSupport
import Testing

/// Values that differ a little have colours that differ a little, or not at all: never black or white.
struct HeatMapColourTests {
  @Test func nearbyValuesStayNearbyWhereColoursAreFew() {
    let map = HeatMap(rows: 40, columns: 10, coloring: .diverging(limit: 1)) { row, column in
      0.9 + 0.002 * Double(row) + 0.0001 * Double(column)
    }
    var canvas = Canvas(size: Size(width: 30, height: 30))
    map.draw(in: Rect(canvas.size), on: &canvas, Look())
    let shown = canvas.lowered(to: Profile())
    let halves = shown.cells.filter { $0.scalar == "▀" }
    #expect(halves.count > 100)
    // The palette's end is a dark orange: red above green above blue. White is 231, black 16 in the cube.
    for cell in halves {
      #expect(cell.style.foreground != .palette(231) && cell.style.foreground != .palette(16), "\(cell.style)")
    }
  }
}
