/// A part of a sweep in a file (format `deq-sweep-part/1`, JSON lines): a line that says of what it is a part, then a line
/// a cell.
///
/// A log while it is written, its cells in the order in which they were finished; a shard's result once they are all
/// there, sorted.
public struct SweepPart: Sendable, Equatable {
  static let format = "deq-sweep-part/1"

  /// Of what the cells are a part.
  public struct Header: Sendable, Equatable {
    public let digest: String
    public let shard: SweepShard
    public let spec: SweepSpec

    public var cells: Range<Int> { shard.cells(of: spec.cellCount) }
  }

  public let header: Header
  /// In the order of the file.
  public internal(set) var cells: [SweepCell]

  public init(_ header: Header, cells: [SweepCell] = []) {
    self.header = header
    self.cells = cells
  }

  /// The cells that are not there.
  public var missing: [Int] {
    let known = Set(cells.map(\.index))
    return header.cells.filter { !known.contains($0) }
  }
}

extension Sweep {
  public func header(of shard: SweepShard) -> SweepPart.Header {
    SweepPart.Header(digest: digest, shard: shard, spec: spec)
  }
}

extension SweepPart {
  /// Reads a part, finished or not; a last line that was cut off is left out.
  /// - Throws: `SessionError` that names the file and, if a line is at fault, its number.
  public init(reading path: String) throws(SessionError) {
    try self.init(try FileSystem.read(path), file: path)
  }

  init(_ bytes: [UInt8], file: String) throws(SessionError) {
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    lines.removeLast()
    guard let first = lines.first else {
      throw Self.located(SessionError(expected: "a part of a sweep", found: "no whole line"), file, line: 1)
    }
    var number = 1
    do throws(SessionError) {
      header = try Header(try Self.json(first))
      cells = []
      var known = Set<Int>()
      for line in lines.dropFirst() {
        number += 1
        let cell = try SweepCell(try Self.json(line), certificates: header.spec.certificates.count)
        guard header.cells.contains(cell.index), known.insert(cell.index).inserted else {
          throw SessionError(
            path: "cell", expected: "every cell of \(header.cells.text) once", found: "\(cell.index)")
        }
        cells.append(cell)
      }
    } catch {
      throw Self.located(error, file, line: number)
    }
  }

  private static func located(_ error: SessionError, _ file: String, line: Int) -> SessionError {
    error.map { error in
      error.file = file
      error.place = SessionError.Place(line: line, column: Int(error.offset ?? 0) + 1)
      error.offset = nil
    }
  }

  private static func json(_ line: ArraySlice<UInt8>) throws(SessionError) -> JSON {
    do throws(JSONSyntaxError) {
      return try JSONParser.parse(Array(line))
    } catch {
      throw SessionError(error)
    }
  }

  /// Writes the finished part, sorted, atomically.
  /// - Throws: `SessionError` of kind `unwritable`.
  public func write(to path: String) throws(SessionError) {
    try FileSystem.replace(path) { (file: inout FileSystem.Output) throws(SessionError) in
      try file.append(header.line)
      for cell in cells.sorted(by: { $0.index < $1.index }) { try file.append(cell.line) }
    }
  }
}

extension SweepPart.Header {
  fileprivate init(_ json: JSON) throws(SessionError) {
    var reader = try ObjectReader(json, path: "")
    let format = try reader.require("format", expected: JSON(SweepPart.format).lineText)
    _ = try format.choice(of: [SweepPart.format], path: "format")
    digest = reader.requireText("digest")
    let text = reader.requireText("shard")
    guard let shard = SweepShard(text) else {
      throw SessionError(json, "shard", expected: "i/n with 1 <= i <= n", found: JSON(text).lineText)
    }
    self.shard = shard
    let cells = try reader.items("cells") ?? []
    do throws(SessionError) {
      spec = try SweepSpec(try reader.require("spec", expected: "a specification"))
    } catch {
      throw error.under("spec")
    }
    try reader.finish()
    let range = shard.cells(of: spec.cellCount)
    guard cells == range.bounds else {
      throw SessionError(json, "cells", expected: range.text, found: JSON(cells).lineText)
    }
  }

  var line: String {
    let json: JSON = [
      "format": JSON(SweepPart.format), "digest": JSON(digest), "shard": JSON(shard.text), "cells": JSON(cells.bounds),
      "spec": spec.json,
    ]
    return json.lineText + "\n"
  }
}

extension SweepCell {
  var line: String { json.lineText + "\n" }
}

extension Range<Int> {
  /// First and last: `[0, 99]`.
  fileprivate var bounds: [JSON] { isEmpty ? [] : [JSON(lowerBound), JSON(upperBound - 1)] }
  var text: String { isEmpty ? "no cells" : "cells \(lowerBound) to \(upperBound - 1)" }
}
