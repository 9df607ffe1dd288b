import FixedPoint

/// The `.safetensors` format: named arrays behind a JSON header of their types, shapes and places.
///
/// The header is read strictly: no unknown field, no name twice, and the arrays cover the data behind it without gap or
/// overlap.
/// Source: the format's description in huggingface/safetensors.
struct SafetensorsFile {
  /// The longest header that is read, as in the format's own reader.
  private static let largestHeader = 100_000_000

  private static let types: [String: ElementType] = [
    "F64": .float64, "F32": .float32, "F16": .float16, "BF16": .bfloat16, "I64": .int64, "I32": .int32, "I16": .int16,
    "I8": .int8, "U64": .uint64, "U32": .uint32, "U16": .uint16, "U8": .uint8, "BOOL": .bool,
  ]

  /// The member of the header that has texts by name.
  private static let metadata = "__metadata__"

  private let data: ArraySlice<UInt8>
  private let name: String

  /// The arrays of a file, in the order of the header.
  static func read(_ bytes: [UInt8], name: String) throws(SessionError) -> [StoredTensor] {
    guard bytes.count >= 8 else {
      throw SessionError(expected: "the length of a header in \(name)", found: "\(bytes.count) bytes")
    }
    let length = (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[$1]) << UInt64(8 * $1) }
    guard length <= UInt64(min(bytes.count - 8, largestHeader)) else {
      throw SessionError(expected: "a header of \(length) bytes in \(name)", found: "\(bytes.count - 8) bytes")
    }
    let start = 8 + Int(length)
    let file = SafetensorsFile(data: bytes[start...], name: name)
    do throws(SessionError) {
      return try file.tensors(try JSON(header: Array(bytes[8..<start])))
    } catch {
      throw error.path.isEmpty && error.kind == .content ? error : error.inHeader(of: name)
    }
  }

  /// A text that a file of arrays has by name; `nil` if it has none.
  static func text(_ key: String, of bytes: [UInt8]) -> String? {
    guard bytes.count >= 8 else { return nil }
    let length = (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[$1]) << UInt64(8 * $1) }
    guard length <= UInt64(min(bytes.count - 8, largestHeader)),
      let header = try? JSON(header: Array(bytes[8..<8 + Int(length)])),
      case .text(let text)? = header[metadata]?[key]?.content
    else { return nil }
    return text
  }

  private func tensors(_ header: JSON) throws(SessionError) -> [StoredTensor] {
    guard case .object(let members) = header.content else {
      throw SessionError(header, "header", expected: "an object")
    }
    var tensors: [StoredTensor] = []
    var ranges: [Range<Int>] = []
    for member in members where member.name != Self.metadata {
      let (tensor, range) = try tensor(member)
      tensors.append(tensor)
      ranges.append(range)
    }
    try check(ranges)
    return tensors
  }

  private func tensor(_ member: JSON.Member) throws(SessionError) -> (StoredTensor, Range<Int>) {
    var reader = try ObjectReader(member.value, path: member.name)
    let type = try reader.require("dtype", expected: "a type of numbers")
      .choice(of: Self.types.keys.sorted(), path: reader.path(of: "dtype"))
    let sizes = reader.list("shape", expected: "an array of sizes", Self.size(_:path:))
    let offsets = reader.list("data_offsets", expected: "two offsets", Self.size(_:path:))
    try reader.finish()
    guard offsets.count == 2, offsets[0] <= offsets[1], offsets[1] <= data.count, let type = Self.types[type],
      StoredTensor.count(sizes).map({ $0 * type.size }) == offsets[1] - offsets[0]
    else {
      throw SessionError(
        member.value, member.name, expected: "data_offsets of its shape within \(data.count) bytes",
        found: "\(offsets) for shape \(sizes)")
    }
    let storage = data[data.startIndex + offsets[0]..<data.startIndex + offsets[1]]
    return (
      try StoredTensor(key: member.name, type: type, sizes: sizes, in: storage, file: name), offsets[0]..<offsets[1]
    )
  }

  /// The arrays cover the data, each byte once.
  private func check(_ ranges: [Range<Int>]) throws(SessionError) {
    var end = 0
    for range in ranges.sorted(by: { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }) {
      guard range.lowerBound == end else {
        throw SessionError(
          expected: "arrays without gap or overlap in \(name)", found: "bytes \(range) after byte \(end)")
      }
      end = range.upperBound
    }
    guard end == data.count else {
      throw SessionError(expected: "\(end) bytes of data in \(name)", found: "\(data.count)")
    }
  }
}

extension SafetensorsFile {
  /// The file of tensors, as `F64`, in their order, behind texts by name if there are any.
  /// - Throws: ``SessionError`` of kind `unwritable` for a name twice, or the one that the format has for the texts.
  static func write(
    _ tensors: [NamedTensor], texts: [(name: String, text: String)] = []
  ) throws(SessionError) -> [UInt8] {
    try tensors.requireNames(except: metadata)
    var members: [JSON.Member] = []
    if !texts.isEmpty {
      members.append(JSON.Member(metadata, JSON(texts.map { JSON.Member($0.name, JSON($0.text)) })))
    }
    var offset = 0
    for entry in tensors {
      let end = offset + 8 * entry.tensor.values.count
      let about: JSON = [
        "dtype": "F64", "shape": JSON(entry.tensor.shape), "data_offsets": JSON([JSON(offset), JSON(end)]),
      ]
      members.append(JSON.Member(entry.key, about))
      offset = end
    }
    var header = JSONWriter.writeLine(JSON(members))
    header += [UInt8](repeating: UInt8(ascii: " "), count: -header.count & 7)
    var bytes = (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) } + header
    for entry in tensors { bytes += littleEndian(entry.tensor.values) }
    return bytes
  }
}

extension SafetensorsFile {
  private static func size(_ json: JSON, path: String) throws(SessionError) -> Int {
    try json.integer(in: 0...1 << 52, path: path)
  }
}

extension JSON {
  fileprivate init(header bytes: [UInt8]) throws(SessionError) {
    do throws(JSONSyntaxError) {
      self = try JSONParser.parse(bytes)
    } catch {
      throw SessionError(path: "header", expected: error.expected, found: "\(error.found) at byte \(8 + error.offset)")
    }
  }
}

extension SessionError {
  /// An error about a value of a file's header: the place in the header says nothing in the session.
  fileprivate func inHeader(of name: String) -> SessionError {
    SessionError(expected: "\(expected) at \(path) in \(name)", found: found)
  }
}
