import Screen
import Testing

private let table = Table(
  [
    .init("unit", .fixed(4), .right), .init("z", .flexible(minimum: 8), .right),
    .init("note", .flexible(minimum: 8, weight: 2, priority: -1)),
  ], rows: 20, selected: 3, offset: 2
) { row, column in
  column == 0 ? .init("\(row)") : column == 1 ? .init(NumberText.decimal(Double(row) / 8)) : .init("a note on \(row)")
}

@Suite("Table")
struct TableTests {
  @Test("Columns, scroll bar") func columnsScrollBar() {
    let expected = """
      |unit             z note                 |
      |   2         0.250 a note on 2         █|
      |   3         0.375 a note on 3         │|
      |   4         0.500 a note on 4         │|
      |   5         0.625 a note on 5         │|
      |   6         0.750 a note on 6         │|
      """
    #expect(framed(table, 40, 6, .unicode) == expected)
  }

  @Test("Low priority goes first") func lowPriorityGoesFirst() {
    let expected = """
      |unit          z |
      |   2      0.250#|
      |   3      0.375||
      |   4      0.500||
      |   5      0.625||
      |   6      0.750||
      """
    #expect(framed(table, 16, 6, .ascii) == expected)
  }

  @Test("Small") func small() {
    let expected = """
      |u… |
      | 2█|
      """
    #expect(framed(table, 3, 2, .unicode) == expected)
  }
}
