/// A session with changes that are in no file of the person's.
public struct UnsavedWork: Sendable, Equatable {
  static let format = "deq-unsaved/1"

  /// Where the session is kept, without links and dots; `nil` if it was never saved.
  public var path: String?
  /// Where relative paths in the session start, without links and dots.
  public var directory: String
  public var document: SessionDocument
  /// Fingerprint of the file from which the work began; `nil` if there was none, or it is not known.
  public var known: UInt64?

  public init(path: String?, directory: String, document: SessionDocument, known: UInt64? = nil) {
    self.path = path
    self.directory = directory
    self.document = document
    self.known = known
  }
}

extension UnsavedWork {
  /// - Throws: `SessionError` if a field is unknown, missing or does not fit.
  init(_ json: JSON) throws(SessionError) {
    var reader = try ObjectReader(json, path: "")
    let format = try reader.require("format", expected: JSON(Self.format).lineText)
    _ = try format.choice(of: [Self.format], path: "format")
    path = reader.text("path")
    directory = reader.text("directory") ?? path.map(SessionFile.directory) ?? "."
    document = try SessionDocument(try reader.require("session", expected: "an object"))
    known = json["file"] == nil ? nil : reader.digest("file")
    try reader.finish()
  }

  var json: JSON {
    var members = [JSON.Member("format", JSON(Self.format))]
    if let path { members.append(JSON.Member("path", JSON(path))) }
    if let known { members.append(JSON.Member("file", JSON(hexadecimalDigits(known)))) }
    return JSON(members + [JSON.Member("directory", JSON(directory)), JSON.Member("session", document.json)])
  }
}

/// Unsaved work whose explorer has ended without saving or discarding it.
public struct AbandonedWork: Sendable, Equatable {
  /// Where it is kept.
  let file: String
  public let work: UnsavedWork
  /// Seconds since it was kept.
  public let age: Int
}
