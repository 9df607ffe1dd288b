/// A reader of the pickles that checkpoints consist of, without executing anything.
///
/// It is a stack machine for the opcodes of protocols 2 to 5 that make numbers, texts, containers, references to storages
/// and calls of the few functions of ``PickleGlobal``, which are done here. Every other opcode or name is refused. Nothing
/// is recursive, every opcode makes at most one value, and no value that can grow is ever copied: work and memory are
/// bounded by the number of opcodes and the size of the file.
/// Source: CPython's `pickletools`.
struct Unpickler {
  /// The most opcodes that are read of a file.
  private static let largestCount = 4_000_000
  /// The most axes of a tensor, as in PyTorch: sizes are copied for every view.
  private static let largestRank = 64

  private let bytes: [UInt8]
  private(set) var position: Int
  private(set) var heap = PickleHeap()
  /// The storages that were referred to, by their keys.
  private(set) var storages: [String: TorchStorage] = [:]
  private var count = 0
  private var stack: [PickleHeap.Reference] = []
  /// Heights of the stack at its marks.
  private var marks: [Int] = []
  private var memo: [Int: PickleHeap.Reference] = [:]

  init(_ bytes: [UInt8], at position: Int = 0) {
    self.bytes = bytes
    self.position = position
  }

  /// The value of the pickle that begins here; ``position`` is then behind it.
  /// - Throws: ``SessionError``, with the byte at which the pickle is damaged.
  mutating func load() throws(SessionError) -> PickleHeap.Reference {
    stack = []
    marks = []
    memo = [:]
    while true {
      let start = position
      do throws(SessionError) {
        count += 1
        guard count <= Self.largestCount else {
          throw SessionError(expected: "at most \(Self.largestCount) opcodes", found: "more")
        }
        let opcode = try byte()
        if opcode == UInt8(ascii: ".") { return try pop() }
        try perform(opcode)
      } catch {
        throw SessionError(expected: error.expected, found: "\(error.found) at byte \(start)")
      }
    }
  }

  // MARK: Opcodes

  private mutating func perform(_ opcode: UInt8) throws(SessionError) {
    if try performContainer(opcode) { return }
    if try performMemo(opcode) { return }
    push(try value(opcode))
  }

  /// The opcodes that make a value of its own.
  private mutating func value(_ opcode: UInt8) throws(SessionError) -> PickleHeap.Value {
    switch opcode {
    case UInt8(ascii: "N"): .none
    case 0x88: .flag(true)
    case 0x89: .flag(false)
    case UInt8(ascii: "J"): .integer(Int(Int32(truncatingIfNeeded: try integer(4))))
    case UInt8(ascii: "K"): .integer(try integer(1))
    case UInt8(ascii: "M"): .integer(try integer(2))
    case 0x8A: Self.long(Array(try take(try integer(1))))
    case 0x8B: Self.long(Array(try take(try integer(4))))
    case UInt8(ascii: "G"): .number(Double(bitPattern: try take(8).reduce(0) { $0 << 8 | UInt64($1) }))
    case 0x8C: .text(try text(try integer(1)))
    case UInt8(ascii: "X"), UInt8(ascii: "T"): .text(try text(try integer(4)))
    case 0x8D: .text(try text(try integer(8)))
    case UInt8(ascii: "U"): .text(try text(try integer(1)))
    case UInt8(ascii: "C"): .bytes(try take(try integer(1)))
    case UInt8(ascii: "B"): .bytes(try take(try integer(4)))
    case 0x8E: .bytes(try take(try integer(8)))
    case UInt8(ascii: "]"): .list([])
    case UInt8(ascii: "}"): .dictionary([])
    case UInt8(ascii: ")"): .tuple([])
    case 0x85: .tuple(try pop(1))
    case 0x86: .tuple(try pop(2))
    case 0x87: .tuple(try pop(3))
    case UInt8(ascii: "t"): .tuple(try popToMark())
    case UInt8(ascii: "l"): .list(try popToMark())
    case UInt8(ascii: "c"): .global(try PickleGlobal(module: try line(), name: try line()))
    case 0x93: .global(try stackGlobal())
    case UInt8(ascii: "Q"): .storage(try storage(try pop()))
    default:
      throw SessionError(
        expected: "an opcode that a checkpoint of tensors needs", found: "0x\(String(opcode, radix: 16))")
    }
  }

  /// The opcodes that fill containers, call functions, or only move on; false for any other.
  private mutating func performContainer(_ opcode: UInt8) throws(SessionError) -> Bool {
    switch opcode {
    case 0x80:
      let version = try byte()
      guard 2...5 ~= version else { throw SessionError(expected: "protocol 2 to 5", found: "\(version)") }
    case 0x95: _ = try take(8)
    case UInt8(ascii: "("): marks.append(stack.count)
    case UInt8(ascii: "0"): _ = try pop()
    case UInt8(ascii: "1"): _ = try popToMark()
    case UInt8(ascii: "2"): stack.append(try top())
    case UInt8(ascii: "a"): try heapAppend(try pop(1), isDictionary: false)
    case UInt8(ascii: "e"): try heapAppend(try popToMark(), isDictionary: false)
    case UInt8(ascii: "s"): try heapAppend(try pop(2), isDictionary: true)
    case UInt8(ascii: "u"): try heapAppend(try popToMark(), isDictionary: true)
    case UInt8(ascii: "d"):
      let items = try popToMark()
      push(.dictionary([]))
      try heapAppend(items, isDictionary: true)
    case UInt8(ascii: "R"):
      let arguments = try pop()
      push(try call(try pop(), arguments))
    case UInt8(ascii: "b"):
      _ = try pop()
      try checkAttributed(try top())
    default: return false
    }
    return true
  }

  private mutating func performMemo(_ opcode: UInt8) throws(SessionError) -> Bool {
    switch opcode {
    case UInt8(ascii: "q"): memo[try integer(1)] = try top()
    case UInt8(ascii: "r"): memo[try integer(4)] = try top()
    case 0x94: memo[memo.count] = try top()
    case UInt8(ascii: "h"): stack.append(try recall(try integer(1)))
    case UInt8(ascii: "j"): stack.append(try recall(try integer(4)))
    default: return false
    }
    return true
  }

  private func recall(_ key: Int) throws(SessionError) -> PickleHeap.Reference {
    guard let reference = memo[key] else { throw SessionError(expected: "a value kept as \(key)", found: "none") }
    return reference
  }

  private mutating func heapAppend(_ items: [PickleHeap.Reference], isDictionary: Bool) throws(SessionError) {
    let container = try top()
    if isDictionary {
      try heap.append(items, toDictionaryAt: container)
    } else {
      try heap.append(items, toListAt: container)
    }
  }

  /// `OrderedDict` alone has attributes in a checkpoint (`_metadata`), and they say nothing of the tensors.
  private func checkAttributed(_ object: PickleHeap.Reference) throws(SessionError) {
    guard case .dictionary = heap[object] else {
      throw SessionError(expected: "a dictionary to set attributes of", found: heap[object].summary)
    }
  }

  // MARK: Calls

  private mutating func stackGlobal() throws(SessionError) -> PickleGlobal {
    let pair = try pop(2)
    return try PickleGlobal(module: try heap.text(pair[0]), name: try heap.text(pair[1]))
  }

  private func call(
    _ function: PickleHeap.Reference, _ arguments: PickleHeap.Reference
  ) throws(SessionError) -> PickleHeap.Value {
    let arguments = try heap.tuple(arguments)
    guard case .global(let global) = heap[function] else {
      throw SessionError(expected: "a function", found: heap[function].summary)
    }
    switch global {
    case .orderedDictionary where arguments.isEmpty: return .dictionary([])
    case .size where arguments.count == 1: return .tuple(try heap.tuple(arguments[0]))
    case .tensor where arguments.count >= 4: return .tensor(try view(arguments))
    case .parameter where !arguments.isEmpty: return .tensor(try heap.tensor(arguments[0]))
    default: throw SessionError(expected: "the arguments of \(global.name)", found: "\(arguments.count) values")
    }
  }

  /// `(storage, offset, size, stride, …)`; whether it is trained, and its hooks, do not matter here.
  private func view(_ arguments: [PickleHeap.Reference]) throws(SessionError) -> TorchView {
    guard case .storage(let storage) = heap[arguments[0]] else {
      throw SessionError(expected: "a storage", found: heap[arguments[0]].summary)
    }
    for axes in [arguments[2], arguments[3]] {
      let count = try heap.tuple(axes).count
      guard count <= Self.largestRank else {
        throw SessionError(expected: "at most \(Self.largestRank) axes", found: "\(count)")
      }
    }
    return TorchView(
      storage: storage, offset: try heap.integer(arguments[1]), sizes: try heap.integers(arguments[2]),
      strides: try heap.integers(arguments[3]))
  }

  /// `("storage", type, key, location, count)` and, in the older format, a part of it `(key, offset, count)` or `None`.
  private mutating func storage(_ reference: PickleHeap.Reference) throws(SessionError) -> TorchStorage {
    let parts = try heap.tuple(reference)
    guard 5...6 ~= parts.count, try heap.text(parts[0]) == "storage", case .global(.storage(let type)) = heap[parts[1]]
    else { throw SessionError(expected: "a reference to a storage", found: "another") }
    let count = try heap.integer(parts[4])
    guard count >= 0 else { throw SessionError(expected: "a size of a storage", found: "\(count)") }
    var storage = TorchStorage(key: try heap.text(parts[2]), type: type, count: count)
    guard storages.updateValue(storage, forKey: storage.key).map({ $0 == storage }) ?? true else {
      throw SessionError(expected: "one type and size of the storage \(storage.key)", found: "two")
    }
    if parts.count == 6, case .tuple(let part) = heap[parts[5]] {
      guard part.count == 3 else { throw SessionError(expected: "a part of a storage", found: "\(part.count) values") }
      storage.start = try heap.integer(part[1])
    }
    return storage
  }

  // MARK: Stack

  private mutating func push(_ value: PickleHeap.Value) { stack.append(heap.add(value)) }

  /// The stack does not go below the last mark.
  private var floor: Int { marks.last ?? 0 }

  private func top() throws(SessionError) -> PickleHeap.Reference {
    guard stack.count > floor, let last = stack.last else { throw SessionError(expected: "a value", found: "none") }
    return last
  }

  private mutating func pop() throws(SessionError) -> PickleHeap.Reference {
    let last = try top()
    stack.removeLast()
    return last
  }

  private mutating func pop(_ count: Int) throws(SessionError) -> [PickleHeap.Reference] {
    guard stack.count - floor >= count else {
      throw SessionError(expected: "\(count) values", found: "\(stack.count - floor)")
    }
    defer { stack.removeLast(count) }
    return Array(stack.suffix(count))
  }

  private mutating func popToMark() throws(SessionError) -> [PickleHeap.Reference] {
    guard let mark = marks.popLast() else { throw SessionError(expected: "a mark", found: "none") }
    defer { stack.removeLast(stack.count - mark) }
    return Array(stack[mark...])
  }

  // MARK: Bytes

  private mutating func byte() throws(SessionError) -> UInt8 {
    guard position < bytes.count else { throw SessionError(expected: "an opcode", found: "the end of the pickle") }
    position += 1
    return bytes[position - 1]
  }

  private mutating func take(_ count: Int) throws(SessionError) -> ArraySlice<UInt8> {
    guard count >= 0, count <= bytes.count - position else {
      throw SessionError(expected: "\(count) bytes", found: "\(bytes.count - position)")
    }
    position += count
    return bytes[position - count..<position]
  }

  /// An unsigned integer, the lowest byte first.
  private mutating func integer(_ size: Int) throws(SessionError) -> Int {
    Int(truncatingIfNeeded: try take(size).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
  }

  private static func long(_ bytes: [UInt8]) -> PickleHeap.Value {
    guard bytes.count <= 8 else { return .longInteger(bytes) }
    let sign: UInt64 = (bytes.last ?? 0) >= 0x80 ? .max : 0
    return .integer(Int(truncatingIfNeeded: bytes.reversed().reduce(sign) { $0 << 8 | UInt64($1) }))
  }

  private mutating func text(_ count: Int) throws(SessionError) -> String {
    guard let text = String(validating: try take(count), as: UTF8.self) else {
      throw SessionError(expected: "UTF-8", found: "bytes that are not")
    }
    return text
  }

  private mutating func line() throws(SessionError) -> String {
    guard let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) else {
      throw SessionError(expected: "a name", found: "the end of the pickle")
    }
    let name = try text(end - position)
    position += 1
    return name
  }
}
