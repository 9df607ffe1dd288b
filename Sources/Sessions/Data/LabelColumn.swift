/// The labels of a table as classes.
///
/// Whole numbers, also as `1.0`, are the classes from 0 to the largest; -1 and 1 alone are two classes. Anything else is a
/// name. A cell that says that there is none (empty, nan, NA, null, -1 among others) is an error: such a row is to be left
/// out.
struct LabelColumn {
  let labels: [Int]
  let classes: [String]

  private static let missing: Set<String> = ["", "nan", "na", "n/a", "null", "none", "?"]

  init(_ cells: [String], _ file: DataFile) throws(SessionError) {
    let cells = cells.map { $0.trimmed { $0 == " " || $0 == "\t" } }
    for (row, cell) in cells.enumerated() where Self.missing.contains(cell.lowercased()) {
      throw file.error(
        DataFile.place(row), expected: "a label; a row without one is to be left out", found: JSON(cell).summary)
    }
    let numbers = cells.compactMap(NumberTable.number)
    if numbers.count == cells.count {
      (labels, classes) = try Self.counted(numbers, file)
    } else {
      classes = Set(cells).sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
      let places = Dictionary(uniqueKeysWithValues: classes.enumerated().map { ($1, $0) })
      labels = cells.compactMap { places[$0] }
    }
  }

  private static func counted(
    _ numbers: [Double], _ file: DataFile
  ) throws(SessionError) -> (labels: [Int], classes: [String]) {
    if Set(numbers) == [-1, 1] { return (numbers.map { $0 > 0 ? 1 : 0 }, ["-1", "1"]) }
    for (row, number) in numbers.enumerated() {
      let expected =
        number < 0 ? "a label from 0 on; a row without one is to be left out" : "a whole number or a name as label"
      guard number >= 0, number == number.rounded(), number < 1e9 else {
        throw file.error(DataFile.place(row), expected: expected, found: shortestDigits(number))
      }
    }
    let labels = numbers.map { Int($0) }
    let last = labels.max() ?? 0
    if let row = labels.firstIndex(of: last) { try requireFew(labels, file, place: DataFile.place(row)) }
    return (labels, (0...last).map { "\($0)" })
  }

  /// A number far beyond how many labels there are is a code for something else, and no class.
  static func requireFew(_ labels: some Collection<Int>, _ file: DataFile, place: String) throws(SessionError) {
    let (last, count) = (labels.max() ?? 0, Set(labels).count)
    guard last >= max(20, 10 * count) else { return }
    throw file.error(
      place, expected: "labels that count the classes from 0 on, of which there are \(count) here, or names",
      found: "the label \(last)")
  }
}
