/// Writes JSON in the one form that the project's files have.
///
/// Members keep the order they are given in. A vector (an array without arrays or objects) takes one line however long
/// it is, so a matrix has a row a line; an object takes one line if it holds no list of objects or rows and the line
/// keeps within ``lineLength``. Numbers have the fewest digits that read back to the same bits.
struct JSONWriter {
  static let lineLength = 100

  private var bytes: [UInt8] = []

  /// The canonical text, with a newline at its end.
  static func write(_ value: JSON) -> [UInt8] {
    var writer = JSONWriter()
    writer.write(value, indent: 0, column: 0)
    writer.bytes.append(UInt8(ascii: "\n"))
    return writer.bytes
  }

  /// The text on one line, without a newline.
  static func writeLine(_ value: JSON) -> [UInt8] {
    var writer = JSONWriter()
    writer.writeLine(value)
    return writer.bytes
  }

  private mutating func write(_ value: JSON, indent: Int, column: Int) {
    if value.isVector || (value.isFlat && column + value.lineLength(atMost: Self.lineLength) <= Self.lineLength) {
      writeLine(value)
      return
    }
    switch value.content {
    case .array(let items):
      writeBlock(items, "[", "]", indent: indent) { writer, item in
        writer.write(item, indent: indent + 2, column: indent + 2)
      }
    case .object(let members):
      writeBlock(members, "{", "}", indent: indent) { writer, member in
        let start = writer.bytes.count
        writer.write(name: member.name)
        writer.write(member.value, indent: indent + 2, column: indent + 2 + writer.bytes.count - start)
      }
    default: writeLine(value)
    }
  }

  private mutating func writeBlock<Part>(
    _ parts: [Part], _ opening: String, _ closing: String, indent: Int, _ write: (inout JSONWriter, Part) -> Void
  ) {
    append(opening)
    for (position, part) in parts.enumerated() {
      append(position == 0 ? "\n" : ",\n")
      bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indent + 2))
      write(&self, part)
    }
    append("\n")
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indent))
    append(closing)
  }

  private mutating func writeLine(_ value: JSON) {
    switch value.content {
    case .null: append("null")
    case .flag(let flag): append(flag ? "true" : "false")
    case .number(let number): append(shortestDigits(number))
    case .text(let text): write(text: text)
    case .array(let items): writeLine(items, "[", "]") { $0.writeLine($1) }
    case .object(let members):
      writeLine(members, "{", "}") { writer, member in
        writer.write(name: member.name)
        writer.writeLine(member.value)
      }
    }
  }

  private mutating func writeLine<Part>(
    _ parts: [Part], _ opening: String, _ closing: String, _ write: (inout JSONWriter, Part) -> Void
  ) {
    append(opening)
    for (position, part) in parts.enumerated() {
      if position > 0 { append(", ") }
      write(&self, part)
    }
    append(closing)
  }

  private mutating func write(name: String) {
    write(text: name)
    append(": ")
  }

  private mutating func write(text: String) {
    append("\"")
    var previous: UInt8 = 0
    for byte in text.utf8 {
      defer { previous = byte }
      switch byte {
      case UInt8(ascii: "\""): append("\\\"")
      case UInt8(ascii: "\\"): append("\\\\")
      case UInt8(ascii: "\n"): append("\\n")
      case UInt8(ascii: "\t"): append("\\t")
      case 0..<0x20: append("\\u00" + (byte < 16 ? "0" : "") + String(byte, radix: 16))
      case 0x7F: append("\\u007f")
      // C1, which some terminals obey, is C2 and then these in UTF-8.
      case 0x80..<0xA0 where previous == 0xC2:
        bytes.removeLast()
        append("\\u00" + String(byte, radix: 16))
      default: bytes.append(byte)
      }
    }
    append("\"")
  }

  private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }
}

extension JSON {
  /// The canonical text, with a newline at its end.
  public var text: String { String(decoding: JSONWriter.write(self), as: UTF8.self) }

  /// The text on one line, without a newline.
  public var lineText: String { String(decoding: JSONWriter.writeLine(self), as: UTF8.self) }

  var isScalar: Bool {
    switch content {
    case .array, .object: false
    default: true
    }
  }

  /// An array of scalars.
  fileprivate var isVector: Bool {
    guard case .array(let items) = content else { return false }
    return items.allSatisfy(\.isScalar)
  }

  /// A scalar, a vector, or an object of such.
  fileprivate var isFlat: Bool {
    guard case .object(let members) = content else { return isScalar || isVector }
    return members.allSatisfy(\.value.isFlat)
  }

  /// Bytes of the text on one line, or any number beyond `limit`.
  fileprivate func lineLength(atMost limit: Int) -> Int {
    switch content {
    case .array(let items) where items.count > limit: limit + 1
    case .object(let members):
      members.reduce(0) { $0 > limit ? $0 : $0 + $1.name.utf8.count + 6 + $1.value.lineLength(atMost: limit) }
    default: JSONWriter.writeLine(self).count
    }
  }
}
