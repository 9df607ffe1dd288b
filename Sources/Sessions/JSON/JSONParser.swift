/// A syntax error: where it is and what stands there.
struct JSONSyntaxError: Error, Equatable {
  /// Byte offset.
  let offset: Int
  let expected: String
  let found: String
}

/// A strict parser of RFC 8259 over UTF-8 bytes.
///
/// Beyond the grammar it refuses: a byte order mark, duplicate names in an object, lone surrogates, invalid UTF-8,
/// numbers beyond the range of a `Double`, nesting deeper than ``maximumDepth``, and texts of 4 GiB or more.
struct JSONParser {
  static let maximumDepth = 128

  private let bytes: [UInt8]
  private var position = 0
  private var depth = 0

  static func parse(_ bytes: [UInt8]) throws(JSONSyntaxError) -> JSON {
    var parser = JSONParser(bytes: bytes)
    guard bytes.count < UInt32.max else {
      throw JSONSyntaxError(offset: 0, expected: "a text below 4 GiB", found: "\(bytes.count) bytes")
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { throw parser.error("a value", found: "a byte order mark") }
    let value = try parser.value()
    parser.skipSpace()
    guard parser.position == bytes.count else { throw parser.error("the end of the text") }
    return value
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  // MARK: Values

  private mutating func value() throws(JSONSyntaxError) -> JSON {
    skipSpace()
    let start = UInt32(position)
    guard let first = current else { throw error("a value") }
    return JSON(try content(startingWith: first), offset: start)
  }

  private mutating func content(startingWith first: UInt8) throws(JSONSyntaxError) -> JSON.Content {
    switch first {
    case UInt8(ascii: "{"): .object(try nested { parser throws(JSONSyntaxError) in try parser.members() })
    case UInt8(ascii: "["): .array(try nested { parser throws(JSONSyntaxError) in try parser.items() })
    case UInt8(ascii: "\""): .text(try string())
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): .number(try number())
    case UInt8(ascii: "t"): try word("true", .flag(true))
    case UInt8(ascii: "f"): try word("false", .flag(false))
    case UInt8(ascii: "n"): try word("null", .null)
    default: throw error("a value")
    }
  }

  private mutating func nested<Part>(
    _ read: (inout JSONParser) throws(JSONSyntaxError) -> Part
  ) throws(JSONSyntaxError) -> Part {
    guard depth < Self.maximumDepth else {
      throw error("at most \(Self.maximumDepth) levels of nesting", found: "one more")
    }
    depth += 1
    position += 1
    let part = try read(&self)
    depth -= 1
    return part
  }

  private mutating func items() throws(JSONSyntaxError) -> [JSON] {
    var items: [JSON] = []
    if skip(UInt8(ascii: "]")) { return items }
    while true {
      items.append(try value())
      if skip(UInt8(ascii: "]")) { return items }
      guard skip(UInt8(ascii: ",")) else { throw error("',' or ']'") }
    }
  }

  private mutating func members() throws(JSONSyntaxError) -> [JSON.Member] {
    var members: [JSON.Member] = []
    var names: Set<String> = []
    if skip(UInt8(ascii: "}")) { return members }
    while true {
      skipSpace()
      let start = position
      guard current == UInt8(ascii: "\"") else { throw error("a name in quotes") }
      let name = try string()
      guard names.insert(name).inserted else {
        throw JSONSyntaxError(offset: start, expected: "each name once", found: "\(JSON(name).summary) again")
      }
      guard skip(UInt8(ascii: ":")) else { throw error("':'") }
      members.append(JSON.Member(name, try value()))
      if skip(UInt8(ascii: "}")) { return members }
      guard skip(UInt8(ascii: ",")) else { throw error("',' or '}'") }
    }
  }

  private mutating func word(_ word: String, _ content: JSON.Content) throws(JSONSyntaxError) -> JSON.Content {
    guard bytes[position...].starts(with: word.utf8) else { throw error("a value") }
    position += word.utf8.count
    return content
  }

  // MARK: Numbers

  private mutating func number() throws(JSONSyntaxError) -> Double {
    let start = position
    var decimal = DecimalNumber()
    if current == UInt8(ascii: "-") {
      decimal.isNegative = true
      position += 1
    }
    if current == UInt8(ascii: "0") {
      position += 1
    } else {
      try digits(of: &decimal, exponentStep: 0)
    }
    if current == UInt8(ascii: ".") {
      position += 1
      try digits(of: &decimal, exponentStep: -1)
    }
    if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") { decimal.exponent += try exponent() }
    let value = decimal.value ?? fallback(start)
    guard value.isFinite else {
      throw JSONSyntaxError(offset: start, expected: "a number within ±1.8e308", found: "one beyond it")
    }
    return value
  }

  private mutating func digits(of decimal: inout DecimalNumber, exponentStep: Int) throws(JSONSyntaxError) {
    let start = position
    while position < bytes.count, case let digit = bytes[position] &- UInt8(ascii: "0"), digit <= 9 {
      decimal.append(digit, exponentStep: exponentStep)
      position += 1
    }
    guard position > start else { throw error("a digit") }
  }

  private mutating func exponent() throws(JSONSyntaxError) -> Int {
    position += 1
    let isNegative = current == UInt8(ascii: "-")
    if isNegative || current == UInt8(ascii: "+") { position += 1 }
    let start = position
    var value = 0
    while let byte = current, case let digit = byte &- UInt8(ascii: "0"), digit <= 9 {
      value = min(value * 10 + Int(digit), 1_000_000)
      position += 1
    }
    guard position > start else { throw error("a digit") }
    return isNegative ? -value : value
  }

  /// The standard library's conversion: correctly rounded, whatever the locale.
  private func fallback(_ start: Int) -> Double {
    Double(String(decoding: bytes[start..<position], as: UTF8.self)) ?? .infinity
  }

  // MARK: Strings

  private mutating func string() throws(JSONSyntaxError) -> String {
    position += 1
    var text = ""
    while true {
      text += try plainCharacters()
      guard let byte = current else { throw error("'\"'") }
      guard byte != UInt8(ascii: "\"") else {
        position += 1
        return text
      }
      guard byte == UInt8(ascii: "\\") else { throw error("a character, control characters as \\u00XX") }
      text.unicodeScalars.append(try escape())
    }
  }

  private mutating func plainCharacters() throws(JSONSyntaxError) -> String {
    let start = position
    while let byte = current, byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") { position += 1 }
    guard let text = String(validating: bytes[start..<position], as: UTF8.self) else {
      throw JSONSyntaxError(offset: start, expected: "UTF-8", found: "bytes that are not")
    }
    return text
  }

  private mutating func escape() throws(JSONSyntaxError) -> Unicode.Scalar {
    let start = position
    position += 1
    let letter = current
    position += 1
    switch letter {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try unicodeEscape(from: start)
    default:
      position = min(start + 1, bytes.count)
      throw error("one of \" \\ / b f n r t u after '\\'")
    }
  }

  private mutating func unicodeEscape(from start: Int) throws(JSONSyntaxError) -> Unicode.Scalar {
    let first = try hexadecimalDigits()
    if let scalar = Unicode.Scalar(first) { return scalar }
    let lone = JSONSyntaxError(offset: start, expected: "a pair of surrogates", found: "a lone one")
    guard first < 0xDC00, bytes[position...].starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "u")]) else { throw lone }
    position += 2
    let second = try hexadecimalDigits()
    guard 0xDC00...0xDFFF ~= second, let scalar = Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
    else { throw lone }
    return scalar
  }

  private mutating func hexadecimalDigits() throws(JSONSyntaxError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = current, let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
        throw error("four hexadecimal digits")
      }
      value = value << 4 | UInt32(digit)
      position += 1
    }
    return value
  }

  // MARK: Bytes

  private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpace() {
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): position += 1
      default: return
      }
    }
  }

  private mutating func skip(_ byte: UInt8) -> Bool {
    skipSpace()
    guard current == byte else { return false }
    position += 1
    return true
  }

  private func error(_ expected: String, found: String? = nil) -> JSONSyntaxError {
    JSONSyntaxError(offset: position, expected: expected, found: found ?? foundHere)
  }

  private var foundHere: String {
    guard let byte = current else { return "the end of the text" }
    guard 0x21...0x7E ~= byte else { return "byte 0x" + String(byte, radix: 16) }
    return "'\(Character(Unicode.Scalar(byte)))'"
  }
}
