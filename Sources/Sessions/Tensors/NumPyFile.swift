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
    try stored(bytes, name: name).tensor()
  }

  /// The array, not yet converted; `key` is what an archive calls it.
  static func stored(_ bytes: [UInt8], key: String = "", name: String) throws(SessionError) -> StoredTensor {
    let file = NumPyFile(bytes: bytes, name: key.isEmpty ? name : "\(key) in \(name)")
    let (header, start) = try file.header()
    let sizes = try file.sizes(header)
    let (type, isBigEndian) = try file.element(header)
    guard let isFortran = header["fortran_order"].flatMap({ ["True": true, "False": false][$0] }) else {
      throw file.error("a fortran_order", "none")
    }
    let available = bytes.count - start
    guard let count = StoredTensor.count(sizes), count * type.size == available else {
      throw file.error("the entries of shape \(sizes), \(type.size) bytes each", "\(available) bytes")
    }
    return try StoredTensor(
      key: key, type: type, sizes: sizes, strides: isFortran ? StoredTensor.columnMajor(sizes) : nil,
      in: bytes[start...], isBigEndian: isBigEndian, file: name)
  }

  private func error(_ expected: String, _ found: String) -> SessionError {
    SessionError(expected: "\(expected) in \(name)", found: found.isEmpty ? "nothing" : found)
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
      let field = pieces[0].trimmed { $0 == "'" || $0 == "\"" }
      guard fields.updateValue(pieces[1], forKey: field) == nil else { throw error("each header field once", field) }
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

  private func sizes(_ header: [String: String]) throws(SessionError) -> [Int] {
    let text = header["shape"] ?? ""
    guard text.hasPrefix("("), text.hasSuffix(")") else { throw error("a shape", text) }
    var sizes: [Int] = []
    for part in text.dropFirst().dropLast().split(separator: ",") where part.contains(where: { $0 != " " }) {
      guard let size = Int(part.trimmed { $0 == " " }), size >= 0 else { throw error("a shape of sizes", text) }
      sizes.append(size)
    }
    return sizes
  }

  private func element(_ header: [String: String]) throws(SessionError) -> (type: ElementType, isBigEndian: Bool) {
    let text = (header["descr"] ?? "").trimmed { $0 == "'" || $0 == "\"" }
    guard let order = text.first, "<>|=".contains(order), let type = Self.types[String(text.dropFirst())],
      type.size == 1 || order != "|"
    else { throw error("numbers of type f2, f4, f8, i1 to i8, u1 to u8 or bool", text) }
    return (type, order == ">")
  }

  private static let types: [String: ElementType] = [
    "f8": .float64, "f4": .float32, "f2": .float16, "i8": .int64, "i4": .int32, "i2": .int16, "i1": .int8,
    "u8": .uint64, "u4": .uint32, "u2": .uint16, "u1": .uint8, "b1": .bool,
  ]
}

extension NumPyFile {
  /// The file of a tensor: version 1, `<f8`, row after row, the data at a multiple of 64 bytes.
  static func write(_ tensor: Tensor) -> [UInt8] {
    let sizes = tensor.shape.sizes.map { "\($0)" }.joined(separator: ", ") + (tensor.shape.rank == 1 ? "," : "")
    let header = "{'descr': '<f8', 'fortran_order': False, 'shape': (\(sizes)), }"
    let padding = String(repeating: " ", count: 63 - (10 + header.utf8.count) % 64)
    let length = header.utf8.count + padding.utf8.count + 1
    let start = [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(length & 0xFF), UInt8(length >> 8)]
    return start + Array((header + padding + "\n").utf8) + littleEndian(tensor.values)
  }
}

/// The IEEE bytes of numbers, the lowest first.
func littleEndian(_ values: [Double]) -> [UInt8] {
  var bytes: [UInt8] = []
  bytes.reserveCapacity(8 * values.count)
  for value in values {
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: value.bitPattern >> shift))
    }
  }
  return bytes
}

extension StringProtocol {
  /// Without the leading and trailing characters that `isDropped` names.
  func trimmed(_ isDropped: (Character) -> Bool) -> String {
    let start = firstIndex { !isDropped($0) } ?? endIndex
    let end = self[start...].lastIndex { !isDropped($0) }.map { index(after: $0) } ?? start
    return String(self[start..<end])
  }
}
