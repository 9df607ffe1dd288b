import FixedPoint

/// A `.csv` file with a column `label`; the other columns are the features.
///
/// Labels are integers from 0 on, or names. Columns `p0`, `p1`, … of a square number are the pixels of an image, row by
/// row. Nothing is scaled.
enum LabeledTable {
  private static let labelColumn = "label"

  static func read(_ file: DataFile, name: String) throws(SessionError) -> Dataset {
    let (columns, rows) = try file.table()
    guard let place = columns.firstIndex(of: labelColumn), columns.count > 1 else {
      throw file.error("row 1", expected: "a column \(labelColumn) beside others", found: "none")
    }
    guard !rows.isEmpty else { throw file.error("row 2", expected: "a sample", found: "nothing") }
    var values: [Double] = []
    for (position, row) in rows.enumerated() {
      for (column, cell) in row.enumerated() where column != place {
        guard let value = NumberTable.number(cell), value.isFinite else {
          throw file.error(
            DataFile.place(position), expected: "a finite number for \(columns[column])", found: JSON(cell).summary)
        }
        values.append(value)
      }
    }
    let (labels, classes) = labels(rows.map { $0[place] })
    return Dataset(
      name: name, shape: shape(columns.filter { $0 != labelColumn }), numbers: .values(values), labels: labels,
      classes: classes)
  }

  private static func labels(_ cells: [String]) -> (labels: [Int], classes: [String]) {
    let numbers = cells.compactMap { Int($0) }
    if numbers.count == cells.count, let first = numbers.min(), let last = numbers.max(), first >= 0, last < 1000 {
      return (numbers, (0...last).map { "\($0)" })
    }
    let classes = Set(cells).sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
    let places = Dictionary(uniqueKeysWithValues: classes.enumerated().map { ($1, $0) })
    return (cells.compactMap { places[$0] }, classes)
  }

  private static func shape(_ columns: [String]) -> Shape {
    let side = Int(Double(columns.count).squareRoot())
    let isImage = side * side == columns.count && columns == columns.indices.map { "p\($0)" }
    return isImage ? Shape([1, side, side]) : Shape([columns.count])
  }
}
