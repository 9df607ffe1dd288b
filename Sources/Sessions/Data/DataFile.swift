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

  func error(_ place: String, expected: String, found: String) -> SessionError {
    Self.located(SessionError(path: place, expected: expected, found: found), path)
  }

  /// Rows of cells under named columns.
  func table() throws(SessionError) -> (columns: [String], rows: [[String]]) {
    var rows: [[String]]
    do throws(SessionError) {
      rows = try NumberTable.cells(bytes, "it")
    } catch {
      throw Self.located(error, path)
    }
    guard let columns = rows.first else { throw error("row 1", expected: "names of columns", found: "nothing") }
    rows.removeFirst()
    for (position, row) in rows.enumerated() where row.count != columns.count {
      throw error(Self.place(position), expected: "\(columns.count) cells", found: "\(row.count)")
    }
    return (columns, rows)
  }

  /// How messages name a row under the header.
  static func place(_ row: Int) -> String { "row \(row + 2)" }

  func integer(_ cell: String, row: Int, in range: Range<Int>) throws(SessionError) -> Int {
    guard let integer = Int(cell), range.contains(integer) else {
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
