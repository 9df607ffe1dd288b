import FixedPoint

/// The `.npy` format of NumPy, versions 1 to 3: one array of floats, integers or booleans.
///
/// Either byte order and either memory order is read. The header's claim is compared with the size of the file before
/// anything is allocated; integers beyond 2^53, that a `Double` cannot hold, are refused.
/// Source: NumPy enhancement proposal 1 and `numpy.lib.format`.
struct NumPyFile {
  private let bytes: [UInt8]
  private let name: String

  static func read(_ bytes: [UInt8], name: String) throws(SessionError) -> Tensor {
    let file = NumPyFile(bytes: bytes, name: name)
    let (header, start) = try file.header()
    let shape = try file.shape(header)
    let element = try file.element(header)
    guard let isFortran = header["fortran_order"].flatMap({ ["True": true, "False": false][$0] }) else {
      throw file.error("a fortran_order", "none")
    }
    let available = bytes.count - start
    guard shape.count.multipliedReportingOverflow(by: element.size) == (available, false) else {
      throw file.error("\(shape.count) entries of \(element.size) bytes", "\(available) bytes")
    }
    let values = try file.values(element, from: start, count: shape.count)
    return Tensor(shape: shape, values: isFortran ? reordered(values, shape) : values)
  }

  private func error(_ expected: String, _ found: String) -> SessionError {
    SessionError(expected: "\(expected) in \(name)", found: found)
  }

  // MARK: Header

  /// The header's dictionary, values as they are written, and the offset of the data.
  private func header() throws(SessionError) -> (fields: [String: String], start: Int) {
    guard bytes.count >= 10, bytes.starts(with: [0x93] + Array("NUMPY".utf8)) else {
      throw error("the mark of a .npy file", "something else")
    }
    let version = bytes[6]
    guard 1...3 ~= version else { throw error(".npy version 1, 2 or 3", "version \(version)") }
    let lengthSize = version == 1 ? 2 : 4
    let start = 8 + lengthSize
    guard bytes.count >= start else { throw error("a header", "the end of the file") }
    let length = (0..<lengthSize).reduce(0) { $0 | Int(bytes[8 + $1]) << (8 * $1) }
    guard length <= bytes.count - start, let text = String(validating: bytes[start..<start + length], as: UTF8.self)
    else { throw error("a header of \(length) bytes", "\(bytes.count - start) bytes") }
    return (try fields(text), start + length)
  }

  /// Reads `{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }`.
  private func fields(_ text: String) throws(SessionError) -> [String: String] {
    let inner = text.trimmed { $0 == " " || $0 == "\n" }
    guard inner.hasPrefix("{"), inner.hasSuffix("}") else { throw error("a dictionary as header", "something else") }
    var fields: [String: String] = [:]
    for part in split(inner.dropFirst().dropLast()) {
      let pieces = part.split(separator: ":", maxSplits: 1).map { $0.trimmed { $0 == " " } }
      guard pieces.count == 2 else { throw error("a dictionary as header", "something else") }
      fields[String(pieces[0].trimmed { $0 == "'" || $0 == "\"" })] = String(pieces[1])
    }
    guard Set(fields.keys) == ["descr", "fortran_order", "shape"] else {
      throw error("the header fields descr, fortran_order, shape", fields.keys.sorted().joined(separator: ", "))
    }
    return fields
  }

  /// Parts between commas that stand outside parentheses, empty ones left out.
  private func split(_ text: Substring) -> [Substring] {
    var parts: [Substring] = []
    var start = text.startIndex
    var depth = 0
    for index in text.indices {
      if text[index] == "(" || text[index] == "[" { depth += 1 }
      if text[index] == ")" || text[index] == "]" { depth -= 1 }
      guard text[index] == ",", depth == 0 else { continue }
      parts.append(text[start..<index])
      start = text.index(after: index)
    }
    parts.append(text[start...])
    return parts.filter { $0.contains { $0 != " " } }
  }

  private func shape(_ header: [String: String]) throws(SessionError) -> Shape {
    let text = header["shape"] ?? ""
    guard text.hasPrefix("("), text.hasSuffix(")") else { throw error("a shape", text) }
    var sizes: [Int] = []
    var room = Shape.largestCount
    for part in text.dropFirst().dropLast().split(separator: ",") where part.contains(where: { $0 != " " }) {
      guard let size = Int(part.trimmed { $0 == " " }), 1...room ~= size else {
        throw error("a shape of sizes of at least 1 and at most \(Shape.largestCount) entries", text)
      }
      sizes.append(size)
      room /= size
    }
    return Shape(sizes)
  }

  // MARK: Data

  private struct Element {
    let kind: Character
    let size: Int
    let isBigEndian: Bool
  }

  private func element(_ header: [String: String]) throws(SessionError) -> Element {
    let text = (header["descr"] ?? "").trimmed { $0 == "'" || $0 == "\"" }
    let expected = "numbers of type f4, f8, i1 to i8, u1 to u8 or bool"
    guard text.count == 3, let order = text.first, let size = text.last?.wholeNumberValue,
      let kind = text.dropFirst().first, "<>|=".contains(order)
    else { throw error(expected, String(text)) }
    let sizes: [Character: [Int]] = ["f": [4, 8], "i": [1, 2, 4, 8], "u": [1, 2, 4, 8], "b": [1]]
    guard sizes[kind]?.contains(size) == true, size == 1 || order != "|" else { throw error(expected, String(text)) }
    return Element(kind: kind, size: size, isBigEndian: order == ">")
  }

  private func values(_ element: Element, from start: Int, count: Int) throws(SessionError) -> [Double] {
    var values: [Double] = []
    values.reserveCapacity(count)
    for position in 0..<count {
      let bits = self.bits(element, at: start + position * element.size)
      guard let value = Self.number(bits, element), value.isFinite else {
        throw error("finite numbers that a double holds exactly", "another at entry \(position)")
      }
      values.append(value)
    }
    return values
  }

  private func bits(_ element: Element, at start: Int) -> UInt64 {
    var bits: UInt64 = 0
    for offset in 0..<element.size {
      let place = element.isBigEndian ? offset : element.size - 1 - offset
      bits = bits << 8 | UInt64(bytes[start + place])
    }
    return bits
  }

  private static func number(_ bits: UInt64, _ element: Element) -> Double? {
    switch (element.kind, element.size) {
    case ("f", 4): return Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))
    case ("f", _): return Double(bitPattern: bits)
    case ("i", _):
      let unused = UInt64(64 - 8 * element.size)
      return Double(exactly: Int64(bitPattern: bits << unused) >> Int64(unused))
    case ("b", _): return bits == 0 ? 0 : 1
    default: return Double(exactly: bits)
    }
  }

  /// From column-major to row-major.
  private static func reordered(_ values: [Double], _ shape: Shape) -> [Double] {
    var strides = [1]
    for size in shape.sizes.dropLast() { strides.append((strides.last ?? 1) * size) }
    return (0..<values.count).map { position in
      var rest = position
      var source = 0
      for axis in shape.sizes.indices.reversed() {
        source += rest % shape.sizes[axis] * strides[axis]
        rest /= shape.sizes[axis]
      }
      return values[source]
    }
  }
}

extension StringProtocol {
  /// Without the leading and trailing characters that `isDropped` names.
  func trimmed(_ isDropped: (Character) -> Bool) -> String {
    let start = firstIndex { !isDropped($0) } ?? endIndex
    let end = self[start...].lastIndex { !isDropped($0) }.map { index(after: $0) } ?? start
    return String(self[start..<end])
  }
}
