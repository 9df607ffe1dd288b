/// Session files in and out.
public enum SessionFile {
  /// Reads a session file.
  /// - Throws: `SessionError`: `unreadable`, `syntax` (with line and column), or `content` (with JSON path, line and
  ///   column).
  public static func read(_ path: String) throws(SessionError) -> SessionDocument {
    try parse(try FileSystem.read(path), file: path)
  }

  /// Reads a session from its text; `file` is the name for messages.
  public static func parse(_ bytes: [UInt8], file: String? = nil) throws(SessionError) -> SessionDocument {
    try value(of: bytes, file: file) { (json) throws(SessionError) in try SessionDocument(json) }
  }

  /// Reads a file of another kind that is one JSON object, with the same errors.
  package static func read<Value>(
    _ path: String, _ make: (JSON) throws(SessionError) -> Value
  ) throws(SessionError) -> Value {
    try value(of: try FileSystem.read(path), file: path, make)
  }

  private static func value<Value>(
    of bytes: [UInt8], file: String?, _ make: (JSON) throws(SessionError) -> Value
  ) throws(SessionError) -> Value {
    do throws(SessionError) {
      return try make(try json(bytes))
    } catch {
      throw located(error, in: bytes, file: file)
    }
  }

  /// Everything that is wrong with a session file and with the files that it needs, in the order of the text.
  public static func errors(in path: String) -> [SessionError] {
    do throws(SessionError) {
      _ = try Problem.open(path)
      return []
    } catch {
      return error.inFile(path).all.enumerated().sorted { left, right in
        (left.element.place?.line ?? 0, left.element.place?.column ?? 0, left.offset)
          < (right.element.place?.line ?? 0, right.element.place?.column ?? 0, right.offset)
      }.map(\.element)
    }
  }

  /// Writes the canonical file, atomically.
  /// - Throws: `SessionError` of kind `unwritable`; the old file, if any, is then as it was.
  public static func write(_ document: SessionDocument, to path: String) throws(SessionError) {
    try FileSystem.replace(path, with: text(of: document))
  }

  /// Writes the canonical file of a document whose relative paths start from `directory`: in another directory they are
  /// rewritten to lead to the same files.
  /// - Throws: `SessionError` of kind `unwritable`; the old file, if any, is then as it was.
  public static func write(
    _ document: SessionDocument, from directory: String, to path: String
  ) throws(SessionError) {
    try write(document.relocated(from: directory, toFile: path), to: path)
  }

  /// The canonical text of a document.
  public static func text(of document: SessionDocument) -> [UInt8] { JSONWriter.write(document.json) }

  /// The directory that relative paths in a session file start from.
  public static func directory(of path: String) -> String { FileSystem.directory(of: path) }

  /// A path without its directory.
  public static func name(of path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

  /// The file for the large tensors of a session: `net.deq.safetensors` beside `net.deq.json`.
  public static func companion(of path: String) -> String {
    (path.hasSuffix(".json") ? String(path.dropLast(5)) : path) + ".safetensors"
  }

  /// A file that is not there yet, for a recording of a session that is to be kept: `net.recording-1.deq.json` beside
  /// `net.deq.json`.
  public static func placeForRecording(of path: String) -> String {
    let ending = [".deq.json", ".json"].first { path.hasSuffix($0) } ?? ""
    let stem = path.dropLast(ending.utf8.count)
    let names = (1...).lazy.map { "\(stem).recording-\($0).deq.json" }
    return names.first { FileSystem.age(of: $0) == nil } ?? path
  }

  /// Whether two paths name one file, which need not be there.
  public static func isSame(_ path: String, _ other: String) -> Bool {
    FileSystem.destination(path) == FileSystem.destination(other)
  }

  private static func json(_ bytes: [UInt8]) throws(SessionError) -> JSON {
    do throws(JSONSyntaxError) {
      return try JSONParser.parse(bytes)
    } catch {
      throw SessionError(error)
    }
  }

  /// Adds file, line and column to an error that a document of this file gave when it was resolved.
  static func located(_ error: SessionError, in path: String) throws(SessionError) -> SessionError {
    let bytes = try FileSystem.read(path)
    let root = try json(bytes)
    let placed = error.map { error in
      if let steps = JSONPath(error.path) { error.offset = root.nearest(to: steps).offset }
    }
    return located(placed, in: bytes, file: path)
  }

  /// Adds file, line and column to an error about this text.
  private static func located(_ error: SessionError, in bytes: [UInt8], file: String?) -> SessionError {
    let places = SessionError.Place.of(error.all.compactMap { $0.offset.map { Int($0) } }, in: bytes)
    return error.map { error in
      error.file = file
      if let offset = error.offset { error.place = places[Int(offset)] }
      error.offset = nil
    }
  }
}

extension SessionError {
  init(_ error: JSONSyntaxError) {
    self.init(.syntax, expected: error.expected, found: error.found)
    offset = UInt32(error.offset)
  }
}

extension JSON {
  /// Parses a JSON file.
  /// - Throws: `SessionError` that names the file.
  public init(reading path: String) throws(SessionError) {
    let bytes = try FileSystem.read(path)
    do throws(JSONSyntaxError) {
      self = try JSONParser.parse(bytes)
    } catch {
      var located = SessionError(error)
      located.file = path
      located.place = SessionError.Place(of: error.offset, in: bytes)
      located.offset = nil
      throw located
    }
  }

  /// Parses a JSON text on its own, such as a value given on the command line.
  /// - Throws: `SessionError` of kind `syntax`.
  public init(parsing text: String) throws(SessionError) {
    let bytes = Array(text.utf8)
    do throws(JSONSyntaxError) {
      self = try JSONParser.parse(bytes)
    } catch {
      var located = SessionError(error)
      located.place = SessionError.Place(of: error.offset, in: bytes)
      located.offset = nil
      throw located
    }
  }
}
