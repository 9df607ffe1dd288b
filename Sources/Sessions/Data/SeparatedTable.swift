/// The text of a table as programs write it: cells between commas, semicolons or tabs, quotes allowed, LF or CRLF, with
/// or without a byte order mark.
///
/// The first line decides what separates the cells: the one of the three that stands most often outside quotes. Between
/// semicolons and tabs a number may have a decimal comma.
struct SeparatedTable {
  let columns: [String]
  let rows: [[String]]
  /// Whether a comma may stand in a number.
  let hasDecimalCommas: Bool

  /// - Throws: ``SessionError`` without a file.
  init(_ bytes: [UInt8]) throws(SessionError) {
    guard var text = String(validating: bytes, as: UTF8.self) else {
      throw SessionError(expected: "UTF-8", found: "bytes that are not")
    }
    if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
    let separator = Self.separator(text.unicodeScalars)
    hasDecimalCommas = separator != ","
    var scanner = SeparatedCells(text.unicodeScalars[...], separator: separator)
    var rows: [[String]] = []
    while let row = scanner.row() { if row != [""] { rows.append(row) } }
    guard !scanner.isBroken else {
      throw SessionError(expected: "closed quotes", found: "a quote that does not end its cell")
    }
    columns = rows.first?.map { $0.trimmed { $0 == " " || $0 == "\t" } } ?? []
    self.rows = Array(rows.dropFirst())
  }

  /// A number in decimal notation, with the decimal sign that the table may have.
  func number(_ cell: String) -> Double? {
    guard hasDecimalCommas, !cell.contains("."), cell.count(where: { $0 == "," }) == 1 else {
      return NumberTable.number(cell)
    }
    return NumberTable.number(cell.replacing(",", with: "."))
  }

  /// What separates the cells of the first line.
  private static func separator(_ text: String.UnicodeScalarView) -> Unicode.Scalar {
    var counts: [Unicode.Scalar: Int] = [:]
    var isQuoted = false
    for scalar in text {
      if scalar == "\"" { isQuoted.toggle() }
      if !isQuoted, scalar == "\n" || scalar == "\r" { break }
      if !isQuoted { counts[scalar, default: 0] += 1 }
    }
    let choices: [Unicode.Scalar] = [",", ";", "\t"]
    return choices.max { counts[$0, default: 0] < counts[$1, default: 0] } ?? ","
  }
}

/// Splits a text into rows of cells.
private struct SeparatedCells {
  private var rest: Substring.UnicodeScalarView
  private let separator: Unicode.Scalar
  /// A quoted cell was not closed, or something stood behind its closing quote.
  private(set) var isBroken = false

  init(_ text: Substring.UnicodeScalarView, separator: Unicode.Scalar) {
    rest = text
    self.separator = separator
  }

  /// The next row; `nil` at the end of the text.
  mutating func row() -> [String]? {
    guard !rest.isEmpty, !isBroken else { return nil }
    var row = [cell()]
    while rest.first == separator {
      rest.removeFirst()
      row.append(cell())
    }
    if rest.first == "\r" { rest.removeFirst() }
    if rest.first == "\n" { rest.removeFirst() } else if !rest.isEmpty { isBroken = true }
    return row
  }

  private mutating func cell() -> String {
    guard rest.first == "\"" else {
      let end = rest.firstIndex { $0 == separator || $0 == "\r" || $0 == "\n" } ?? rest.endIndex
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
