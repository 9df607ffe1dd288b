public import FixedPoint

/// What is wrong with a session, or with a file that it needs: everything that a message says.
public struct SessionError: Error, Sendable, Equatable {
  public enum Kind: Sendable, Equatable {
    /// The text is not JSON; line and column say where.
    case syntax
    /// The text is JSON and does not say a session, or a tensor file does not hold what it should.
    case content
    /// The file cannot be read: missing, no permission, a directory.
    case unreadable
    /// The file cannot be written.
    case unwritable
    /// Proofs of this program contradict each other: an error of its own, to be reported.
    case contradiction

    /// The exit code of a command that fails for this.
    public var exitCode: Int32 {
      switch self {
      case .syntax, .content: 65
      case .unreadable: 66
      case .unwritable: 73
      case .contradiction: 70
      }
    }
  }

  /// A place in a text; both are counted from 1, columns in characters.
  public struct Place: Sendable, Equatable {
    public let line: Int
    public let column: Int

    public init(line: Int, column: Int) {
      self.line = line
      self.column = column
    }
  }

  public var kind: Kind
  /// The file, as it was named by the caller.
  public var file: String?
  /// JSON path of the culprit: `network.operators[1].shift`; empty for the whole document.
  public var path: String
  public var place: Place?
  /// Noun phrase: "a number".
  public var expected: String
  /// Noun phrase: "an array".
  public var found: String
  /// Further errors that were found with this one, in the order in which they were met.
  public internal(set) var others: [SessionError] = []
  /// How many errors this one stands for, where it tells of those that are not kept.
  var omitted = 0
  /// Offset in the text while it is parsed, before it has become a place.
  var offset: UInt32?

  public init(_ kind: Kind = .content, path: String = "", expected: String, found: String) {
    self.kind = kind
    self.path = path
    self.expected = expected
    self.found = found
  }

  public init(_ conflict: CertificateConflict) {
    self.init(.contradiction, expected: "proofs that agree", found: conflict.text)
  }

  /// One line for people: `file: path: what (line 3, column 7)`, or `file: line 3, column 7: what` where the text is
  /// not JSON and has no paths.
  public var message: String { line.printable(atMost: Self.longestMessage) }

  /// Files may hold names of any length; a message stays one that people can read.
  private static let longestMessage = 1000

  private var line: String {
    var parts: [String] = []
    if let file { parts.append(file) }
    if !path.isEmpty { parts.append(path) }
    guard let place else { return (parts + [what]).joined(separator: ": ") }
    let position = "line \(place.line), column \(place.column)"
    guard kind != .syntax else { return (parts + [position, what]).joined(separator: ": ") }
    return (parts + [what]).joined(separator: ": ") + " (\(position))"
  }

  private var what: String {
    switch kind {
    case .syntax, .content: "expected \(expected), found \(found)"
    case .unreadable: "cannot read \(expected): \(found)"
    case .unwritable: "cannot write \(expected): \(found)"
    case .contradiction: found
    }
  }

  /// This error and the others, each on its own.
  public var all: [SessionError] {
    var first = self
    first.others = []
    return [first] + others.flatMap(\.all)
  }

  /// The same errors, each changed.
  func map(_ change: (inout SessionError) -> Void) -> SessionError {
    var error = self
    change(&error)
    error.others = others.map { $0.map(change) }
    return error
  }

  /// The same errors with their paths inside a larger document.
  func under(_ prefix: String) -> SessionError {
    map { $0.path = $0.path.isEmpty ? prefix : prefix + ($0.path.hasPrefix("[") ? "" : ".") + $0.path }
  }

  /// The same errors, about this file where they name none.
  public func inFile(_ file: String) -> SessionError {
    map { if $0.file == nil { $0.file = file } }
  }
}

extension SessionError.Place {
  /// The place of a byte of a text.
  init(of offset: Int, in bytes: [UInt8]) {
    self.init(line: 1, column: 1)
    for byte in bytes.prefix(offset) { self = behind(byte) }
  }

  /// The places of bytes of a text, which is gone through once.
  static func of(_ offsets: [Int], in bytes: [UInt8]) -> [Int: Self] {
    var places: [Int: Self] = [:]
    var place = Self(line: 1, column: 1)
    var position = 0
    for offset in offsets.sorted() {
      for byte in bytes[min(position, bytes.count)..<min(offset, bytes.count)] { place = place.behind(byte) }
      position = max(position, offset)
      places[offset] = place
    }
    return places
  }

  private func behind(_ byte: UInt8) -> Self {
    if byte == UInt8(ascii: "\n") { return Self(line: line + 1, column: 1) }
    return byte & 0xC0 == 0x80 ? self : Self(line: line, column: column + 1)
  }
}
