import FixedPoint

/// A `.csv` file with a column `label` (or `Label`, `LABEL`); the other columns are the features.
///
/// Labels are integers from 0 on, or names. Columns `p0`, `p1`, … of a square number are the pixels of an image, row by
/// row. Nothing is scaled. A first column without a name that counts the rows, as R and pandas write it, is left out.
enum LabeledTable {
  private static let labelColumn = "label"

  static func read(_ file: DataFile, name: String) throws(SessionError) -> Dataset {
    let table = try file.table()
    guard let label = labelPlace(table.columns), table.columns.count > 1 else {
      throw file.error("row 1", expected: "a column \(labelColumn) beside others", found: missing(table.columns))
    }
    guard !table.rows.isEmpty else { throw file.error("row 2", expected: "a sample", found: "nothing") }
    let features = try featurePlaces(table, label, file)
    var values: [Double] = []
    for (position, row) in table.rows.enumerated() {
      for column in features {
        guard let value = table.number(row[column]), value.isFinite else {
          throw file.error(
            DataFile.place(position), expected: "a finite number for \(table.columns[column])",
            found: JSON(row[column]).summary)
        }
        values.append(value)
      }
    }
    let labels = try LabelColumn(table.rows.map { $0[label] }, file)
    return Dataset(
      name: name, shape: shape(features.map { table.columns[$0] }), numbers: .values(values), labels: labels.labels,
      classes: labels.classes)
  }

  /// Where the labels are: the column `label`, or the only one whose name differs in case alone.
  static func labelPlace(_ columns: [String]) -> Int? {
    if let place = columns.firstIndex(of: labelColumn) { return place }
    let places = columns.indices.filter { columns[$0].lowercased() == labelColumn }
    return places.count == 1 ? places[0] : nil
  }

  private static func missing(_ columns: [String]) -> String {
    columns.count == 1 ? "one column" : columns.prefix(8).joined(separator: ", ") + (columns.count > 8 ? ", …" : "")
  }

  private static func featurePlaces(
    _ table: SeparatedTable, _ label: Int, _ file: DataFile
  ) throws(SessionError) -> [Int] {
    var places = table.columns.indices.filter { $0 != label }
    if table.columns[0].isEmpty, label != 0, countsRows(table) { places.removeFirst() }
    for place in places where table.columns[place].isEmpty {
      throw file.error("row 1", expected: "a name for column \(place + 1)", found: "none")
    }
    guard !places.isEmpty else {
      throw file.error("row 1", expected: "a column of numbers beside the labels", found: "none")
    }
    return places
  }

  /// Whether the first column has the numbers of the rows, from 0 or from 1 on.
  private static func countsRows(_ table: SeparatedTable) -> Bool {
    guard let first = table.rows.first.flatMap({ Int($0[0]) }), first == 0 || first == 1 else { return false }
    return table.rows.enumerated().allSatisfy { Int($1[0]) == first + $0 }
  }

  private static func shape(_ columns: [String]) -> Shape {
    let side = Int(Double(columns.count).squareRoot())
    let isImage = side * side == columns.count && columns == columns.indices.map { "p\($0)" }
    return isImage ? Shape([1, side, side]) : Shape([columns.count])
  }
}
