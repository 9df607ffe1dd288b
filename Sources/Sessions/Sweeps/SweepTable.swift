internal import FixedPoint

/// All cells of a sweep, and their CSV (RFC 4180, CRLF): a row a cell, shortest round-trip digits, an empty cell where
/// undefined.
///
/// Columns: a value for each axis, named by its path; `outcome`, `period` (of a cycle), `steps`, `fixed_points`,
/// `spectral_radius`, `lyapunov`, `lyapunov_error`; for each certificate its verdict, named by its id, `id_rate`, and
/// `id_scope`, where its claim holds; `conclusion` and `conclusion_scope`, what all of them say together; and `boundary`,
/// the certificates whose verdict, or whose proof about the map, is another than one cell before along an axis.
public struct SweepTable: Sendable {
  public let spec: SweepSpec
  /// Every cell, at its index.
  public let cells: [SweepCell]

  /// - Precondition: the part is the whole sweep, and finished.
  public init(_ part: SweepPart) {
    precondition(
      part.header.shard == .whole && part.cells.count == part.header.spec.cellCount, "a table has every cell")
    spec = part.header.spec
    cells = part.cells.sorted { $0.index < $1.index }
  }

  public var header: String {
    let certificates = spec.certificates.flatMap { [$0, $0 + "_rate", $0 + "_scope"] }
    let names = ["outcome", "period", "steps", "fixed_points", "spectral_radius", "lyapunov", "lyapunov_error"]
    return Self.line(spec.axes.map(\.path) + names + certificates + ["conclusion", "conclusion_scope", "boundary"])
  }

  /// The row of a cell.
  public func line(_ index: Int) -> String {
    let cell = cells[index]
    let numbers = [cell.spectralRadius, cell.lyapunov, cell.lyapunovError].map(Self.text)
    let counts = [cell.outcome.period.map { "\($0)" } ?? "", "\(cell.steps)", "\(cell.fixedPoints)"]
    let certificates = cell.certificates.flatMap {
      [$0.verdict.rawValue, Self.text($0.rate), $0.verdict == .proved ? $0.scope.rawValue : ""]
    }
    return Self.line(
      spec.values(ofCell: index).map(Self.text) + [cell.outcome.name] + counts + numbers + certificates
        + [cell.conclusion.rawValue, cell.scope.rawValue, boundary(index).joined(separator: " ")])
  }

  /// The certificates whose verdict in this cell is another than one cell before along an axis.
  public func boundary(_ index: Int) -> [String] {
    let before = spec.neighboursBefore(index)
    return spec.certificates.enumerated().compactMap { position, id in
      let own = cells[index].certificates[position]
      return before.contains { cells[$0].certificates[position].isOther(than: own) } ? id : nil
    }
  }

  /// Writes the table to a file that appears when it is complete.
  /// - Throws: `SessionError` of kind `unwritable`.
  public func write(to path: String) throws(SessionError) {
    try FileSystem.replace(path) { (file: inout FileSystem.Output) throws(SessionError) in
      try file.append(header)
      for index in cells.indices { try file.append(line(index)) }
    }
  }

  private static func text(_ number: Double?) -> String {
    guard let number, number.isFinite else { return "" }
    return shortestDigits(number)
  }

  private static func text(_ value: JSON) -> String {
    if case .text(let text) = value.content { return text }
    return value.lineText
  }

  private static func line(_ fields: [String]) -> String { fields.map(\.csvField).joined(separator: ",") + "\r\n" }
}

extension NetworkFindings.Statement {
  fileprivate func isOther(than other: Self) -> Bool {
    verdict != other.verdict || isProvedForTheMap != other.isProvedForTheMap
  }
}

extension String {
  /// In quotes where RFC 4180 needs them.
  fileprivate var csvField: String {
    guard utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else { return self }
    return "\"" + split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }
}
