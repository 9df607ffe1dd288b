import Testing

@testable import Screen

struct MatrixMapTests {
  private func map(_ rows: Int, _ columns: Int, cursor: MatrixMap.Cell = .init(row: 0, column: 0)) -> MatrixMap {
    let values = (0..<rows * columns).map { Double($0) - Double(rows * columns / 2) }
    return MatrixMap(rows: rows, columns: columns, values: values, cursor: cursor, isMarked: true)
  }

  private func picture(_ map: MatrixMap, _ width: Int, _ height: Int, _ look: Look = Look()) -> String {
    var canvas = Canvas(size: Size(width: width, height: height))
    map.draw(in: Rect(x: 0, y: 0, width: width, height: height), on: &canvas, look)
    return canvas.text
  }

  @Test func fewColumnsAreNumbers() {
    let map = MatrixMap(
      rows: 2, columns: 2, values: [0.5, -1.25, 0, .nan], cursor: .init(row: 1, column: 0), isMarked: true)
    #expect(
      picture(map, 22, 3) == """
                  0        1
        0     0.500    -1.25
        1         0        —
        """)
  }

  @Test func manyColumnsAreSignsWithoutColours() {
    let map = MatrixMap(
      rows: 1, columns: 6, values: [-1, -0.5, -0.1, 0, 0.5, 1], cursor: .init(row: 0, column: 0), isMarked: false)
    let look = Look(profile: Profile(colors: .mono, glyphs: .ascii))
    #expect(picture(map, 14, 2, look) == "  0         5\n0 %%==--··**##")
  }

  @Test func theCellUnderAPointIsTheOneDrawnThere() {
    let rect = Rect(x: 3, y: 2, width: 24, height: 6)
    for cursor in [MatrixMap.Cell(row: 0, column: 0), .init(row: 37, column: 41)] {
      let map = map(40, 50, cursor: cursor)
      var canvas = Canvas(size: Size(width: 40, height: 12))
      map.draw(in: rect, on: &canvas, Look())
      for y in 0..<12 {
        for x in 0..<40 {
          guard let cell = map.cell(at: Point(x: x, y: y), in: rect) else { continue }
          #expect(cell.row < 40 && cell.column < 50)
          let isHere = canvas[x, y].scalar == "[" || canvas[x, y].scalar == "]"
          #expect(isHere == (cell == cursor), "\(x) \(y) \(cell)")
        }
      }
    }
  }

  @Test func aPointOfThePageDoesNotTurnThePage() {
    let rect = Rect(x: 0, y: 0, width: 24, height: 6)
    var map = map(40, 50, cursor: .init(row: 13, column: 27))
    for y in 0..<6 {
      for x in 0..<24 {
        guard let cell = map.cell(at: Point(x: x, y: y), in: rect) else { continue }
        map.cursor = cell
        #expect(map.cell(at: Point(x: x, y: y), in: rect) == cell)
      }
    }
  }

  @Test func anyRectangleIsDrawnWithin() {
    for (width, height) in [(0, 0), (1, 1), (3, 2), (5, 9), (80, 1)] {
      for map in [map(1, 1), map(5, 1), map(1, 90), map(90, 90, cursor: .init(row: 89, column: 89))] {
        #expect(picture(map, width, height).split(separator: "\n").count <= height)
      }
    }
  }
}
