internal import Sessions

/// The epochs of a training beside its checkpoint, a line of JSON each: only new ones are written.
///
/// A line has the number of the row, its run, and a digest of itself and of all lines before it, by which a checkpoint
/// knows its own.
struct EpochLog {
  let path: String

  /// `run.epochs` beside `run.safetensors`.
  init(of checkpoint: String) {
    let stem =
      checkpoint.hasSuffix(Checkpoint.ending) ? String(checkpoint.dropLast(Checkpoint.ending.count)) : checkpoint
    path = stem + ".epochs"
  }

  /// A row of a run.
  typealias Row = (run: Int, epoch: EpochReport)

  /// What stands for no row at all.
  static let emptyDigest = hexadecimalDigits(Fingerprint.of([]))

  /// Makes the file hold these rows, appending those that it does not have.
  /// - Returns: the digest of the last line.
  /// - Throws: ``SessionError`` of kind `unwritable`.
  func extend(to rows: [Row], seconds: Bool) throws(SessionError) -> String {
    var (known, digest) = shared(rows, seconds: seconds)
    let isNew = known == 0
    var text = ""
    while known < rows.count {
      let row = Self.text(rows[known], number: known + 1, seconds: seconds)
      digest = Self.digest(row, behind: digest)
      text += row + "\t" + digest + "\n"
      known += 1
    }
    if isNew {
      try FileSystem.replace(path, with: Array(text.utf8))
    } else if !text.isEmpty {
      try LineLog.append(text, to: path)
    }
    return digest
  }

  /// How many of the rows are in the file already, which then has no others, and the digest of the last one.
  private func shared(_ rows: [Row], seconds: Bool) -> (count: Int, digest: String) {
    let nothing = (0, Self.emptyDigest)
    guard let line = LineLog.last(of: path), let parts = Self.parts(of: line),
      let number = try? JSON(parsing: parts.row)["row"]?.integer(in: 1...max(rows.count, 1), path: ""),
      number <= rows.count, Self.text(rows[number - 1], number: number, seconds: seconds) == parts.row
    else { return nothing }
    return (number, parts.digest)
  }

  /// The first `count` rows, if the digest is that of the last one.
  /// - Throws: ``SessionError`` with the file that is not of the checkpoint.
  func read(_ count: Int, digest: String) throws(SessionError) -> [Row] {
    var (rows, last) = ([Row](), Self.emptyDigest)
    if count > 0 {
      let lines = String(decoding: try FileSystem.read(path), as: UTF8.self).split(separator: "\n")
      for line in lines.prefix(count) {
        guard let parts = Self.parts(of: String(line)) else { break }
        last = Self.digest(parts.row, behind: last)
        rows.append(try row(parts.row, number: rows.count + 1))
      }
    }
    guard rows.count == count, last == digest else {
      throw error("rows", expected: "the \(count) epochs of the checkpoint beside it", found: "others")
    }
    return rows
  }

  private func row(_ text: String, number: Int) throws(SessionError) -> Row {
    do throws(SessionError) {
      var reader = try ObjectReader(try JSON(parsing: text), path: "")
      _ = try reader.require("row", expected: "\(number)").integer(in: number...number, path: "row")
      let run = try reader.count("run")
      let epoch = try EpochReport(try reader.require("epoch", expected: "an epoch"), path: "epoch")
      try reader.finish()
      return (run, epoch)
    } catch {
      throw self.error("line \(number)", expected: error.expected, found: error.found)
    }
  }

  private func error(_ place: String, expected: String, found: String) -> SessionError {
    var error = SessionError(path: place, expected: expected, found: found)
    error.file = path
    return error
  }

  private static func text(_ row: Row, number: Int, seconds: Bool) -> String {
    (["row": JSON(number), "run": JSON(row.run), "epoch": row.epoch.json(seconds: seconds)] as JSON).lineText
  }

  private static func parts(of line: String) -> (row: String, digest: String)? {
    guard let tab = line.lastIndex(of: "\t") else { return nil }
    return (String(line[..<tab]), String(line[line.index(after: tab)...]))
  }

  private static func digest(_ row: String, behind last: String) -> String {
    hexadecimalDigits(Fingerprint.of(Array((last + row).utf8)))
  }
}
