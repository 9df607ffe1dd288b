import FixedPoint

/// A `.csv` file of numbers (RFC 4180): a row a line, an optional header line, quotes allowed, LF or CRLF.
///
/// One column or one row is a vector, anything else a matrix. The first line is a header if none of its cells reads
/// as a number.
struct NumberTable {
  static func read(_ bytes: [UInt8], name: String) throws(SessionError) -> Tensor {
    var rows = try cells(bytes, name)
    if let first = rows.first, first.allSatisfy(isWord) { rows.removeFirst() }
    guard let width = rows.first?.count else {
      throw SessionError(expected: "rows of numbers in \(name)", found: "none")
    }
    var values: [Double] = []
    for (position, row) in rows.enumerated() {
      guard row.count == width else {
        throw SessionError(
          expected: "\(width) numbers in every row of \(name)", found: "\(row.count) in row \(position + 1)")
      }
      for cell in row {
        guard let value = number(cell), value.isFinite else {
          throw SessionError(
            expected: "finite numbers in \(name)", found: "\(JSON(cell).summary) in row \(position + 1)")
        }
        values.append(value)
      }
    }
    let isVector = width == 1 || rows.count == 1
    return Tensor(shape: isVector ? Shape([values.count]) : Shape([rows.count, width]), values: values)
  }

  /// A number in decimal notation; the words and hexadecimal forms that the standard library also knows are no numbers.
  static func number(_ cell: String) -> Double? {
    let text = cell.trimmed { $0 == " " || $0 == "\t" }
    guard text.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }) else { return nil }
    return Double(text)
  }

  /// What may stand in a header: anything that reads as a number nowhere, so that a line of NaN is not taken for one.
  private static func isWord(_ cell: String) -> Bool { Double(cell.trimmed { $0 == " " || $0 == "\t" }) == nil }

  /// The rows of a CSV file, empty lines left out.
  static func cells(_ bytes: [UInt8], _ name: String) throws(SessionError) -> [[String]] {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw SessionError(expected: "UTF-8 in \(name)", found: "bytes that are not")
    }
    var rows: [[String]] = []
    var scanner = CellScanner(text.unicodeScalars[...])
    while let row = scanner.row() { if row != [""] { rows.append(row) } }
    guard !scanner.isBroken else {
      throw SessionError(expected: "closed quotes in \(name)", found: "a quote that does not end its cell")
    }
    return rows
  }
}

/// Splits a text into rows of cells.
private struct CellScanner {
  private var rest: Substring.UnicodeScalarView
  /// A quoted cell was not closed, or something stood behind its closing quote.
  private(set) var isBroken = false

  init(_ text: Substring.UnicodeScalarView) { rest = text }

  /// The next row; `nil` at the end of the text.
  mutating func row() -> [String]? {
    guard !rest.isEmpty, !isBroken else { return nil }
    var row = [cell()]
    while rest.first == "," {
      rest.removeFirst()
      row.append(cell())
    }
    if rest.first == "\r" { rest.removeFirst() }
    if rest.first == "\n" { rest.removeFirst() } else if !rest.isEmpty { isBroken = true }
    return row
  }

  private mutating func cell() -> String {
    guard rest.first == "\"" else {
      let end = rest.firstIndex { $0 == "," || $0 == "\r" || $0 == "\n" } ?? rest.endIndex
      defer { rest = rest[end...] }
      return String(rest[..<end])
    }
    rest.removeFirst()
    var text = String.UnicodeScalarView()
    while let scalar = rest.popFirst() {
      if scalar != "\"" {
        text.append(scalar)
      } else if rest.first == "\"" {
        text.append("\"")
        rest.removeFirst()
      } else {
        return String(text)
      }
    }
    isBroken = true
    return String(text)
  }
}
