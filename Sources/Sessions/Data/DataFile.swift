/// A file of a data set: its bytes, unpacked, and errors that name it.
struct DataFile {
  let path: String
  let bytes: [UInt8]

  /// Reads a file, or the same with `.gz` behind its name.
  init(_ path: String) throws(SessionError) {
    self.path = path
    let contents = try FileSystem.read(path)
    do throws(SessionError) {
      bytes = path.hasSuffix(".gz") ? try Archive.gunzip(contents, name: "it") : contents
    } catch {
      throw Self.located(error, path)
    }
  }

  /// The lines that have something on them, whatever ends them, without a byte order mark.
  var lines: [String] {
    let bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    return bytes.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
      .map { String(decoding: $0, as: UTF8.self).trimmed { $0 == " " || $0 == "\t" } }.filter { !$0.isEmpty }
  }

  func error(_ place: String, expected: String, found: String) -> SessionError {
    Self.located(SessionError(path: place, expected: expected, found: found), path)
  }

  /// Rows of cells under named columns, each name once.
  func table() throws(SessionError) -> SeparatedTable {
    let table: SeparatedTable
    do throws(SessionError) {
      table = try SeparatedTable(bytes)
    } catch {
      throw Self.located(error, path)
    }
    guard !table.columns.isEmpty else { throw error("row 1", expected: "names of columns", found: "nothing") }
    var known: Set<String> = []
    for name in table.columns where !known.insert(name).inserted {
      throw error("row 1", expected: "each name of a column once", found: "\(JSON(name).summary) again")
    }
    for (position, row) in table.rows.enumerated() where row.count != table.columns.count {
      throw error(Self.place(position), expected: "\(table.columns.count) cells", found: "\(row.count)")
    }
    return table
  }

  /// How messages name a row under the header.
  static func place(_ row: Int) -> String { "row \(row + 2)" }

  func integer(_ cell: String, row: Int, in range: Range<Int>) throws(SessionError) -> Int {
    guard let integer = Int(cell.trimmed { $0 == " " || $0 == "\t" }), range.contains(integer) else {
      throw error(
        Self.place(row), expected: "an integer from \(range.lowerBound) to \(range.upperBound - 1)",
        found: JSON(cell).summary)
    }
    return integer
  }

  private static func located(_ error: SessionError, _ path: String) -> SessionError {
    var error = error
    error.file = path
    return error
  }
}
