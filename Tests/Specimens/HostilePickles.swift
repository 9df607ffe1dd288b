@testable import Sessions

/// Writes pickles and checkpoints byte by byte, also such as no program writes.
enum HostilePickles {
  static let start: [UInt8] = [0x80, 2]
  static let end: [UInt8] = [UInt8(ascii: ".")]

  static func op(_ letter: Character) -> [UInt8] { [letter.asciiValue ?? 0] }

  static func little(_ value: UInt64, _ size: Int) -> [UInt8] {
    (0..<size).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) }
  }

  static func text(_ text: String) -> [UInt8] { op("X") + little(UInt64(text.utf8.count), 4) + Array(text.utf8) }

  static func integer(_ value: Int) -> [UInt8] { [0x8A, 8] + little(UInt64(bitPattern: Int64(value)), 8) }

  static func tuple(_ parts: [[UInt8]]) -> [UInt8] { op("(") + parts.joined() + op("t") }

  static func integers(_ values: [Int]) -> [UInt8] { tuple(values.map(integer)) }

  static func global(_ module: String, _ name: String) -> [UInt8] { op("c") + Array("\(module)\n\(name)\n".utf8) }

  static func storage(_ type: String = "FloatStorage", key: String = "0", count: Int = 2) -> [UInt8] {
    tuple([text("storage"), global("torch", type), text(key), text("cpu"), integer(count)]) + op("Q")
  }

  /// A view of a storage; by default of all of its two numbers.
  static func tensor(
    _ storage: [UInt8] = storage(), offset: Int = 0, sizes: [Int] = [2], strides: [Int] = [1]
  ) -> [UInt8] {
    global("torch._utils", "_rebuild_tensor_v2")
      + tuple([storage, integer(offset), integers(sizes), integers(strides), [0x89], op("}")]) + op("R")
  }

  static func dictionary(_ members: [([UInt8], [UInt8])]) -> [UInt8] {
    op("}") + op("(") + members.flatMap { $0.0 + $0.1 } + op("u")
  }

  /// A pickle of one value.
  static func pickle(_ value: [UInt8]) -> [UInt8] { start + value + end }

  /// A checkpoint of the zip format with the numbers 1 and 2.
  static func archive(
    _ pickle: [UInt8], data: [(String, [UInt8])] = [("0", [0, 0, 128, 63, 0, 0, 0, 64])], order: String? = "little",
    beside: [Archive.Entry] = []
  ) -> [UInt8] {
    var entries = [Archive.Entry(name: "m/data.pkl", bytes: pickle)]
    if let order { entries.append(Archive.Entry(name: "m/byteorder", bytes: Array(order.utf8))) }
    entries += data.map { Archive.Entry(name: "m/data/\($0.0)", bytes: $0.1) }
    return Archive.zip(entries + beside)
  }

  /// A checkpoint of the older format.
  static func older(
    _ value: [UInt8], version: Int = 1001, keys: [UInt8]? = nil, data: [UInt8]? = nil
  ) -> [UInt8] {
    let magic: [UInt8] = [0x80, 2, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, 0x2E]
    let storages = keys ?? (op("]") + text("0") + op("a"))
    return magic + pickle(integer(version)) + pickle(op("}")) + pickle(value) + pickle(storages)
      + (data ?? little(2, 8) + [0, 0, 128, 63, 0, 0, 0, 64])
  }
}
