/// PyTorch's checkpoints, `.pt` and `.pth`: the zip format of version 1.6 on and the older one, read without executing
/// anything.
///
/// A name is made of the keys on the way to a tensor, `model.1.f.lin0.weight`; values that are no tensors are left aside.
/// Source: `torch/serialization.py` of PyTorch.
struct TorchFile {
  /// The longest pickle of a zip archive: it holds names and shapes only.
  private static let largestPickle = 64 << 20

  private let name: String
  private let heap: PickleHeap
  private let root: PickleHeap.Reference
  /// The bytes of the storages by their keys.
  private let storages: [String: ArraySlice<UInt8>]
  private let isBigEndian: Bool

  /// The tensors of a file, in its order.
  static func read(_ bytes: [UInt8], name: String) throws(SessionError) -> [StoredTensor] {
    let file = Archive.isZip(bytes) ? try TorchFile(zip: bytes, name: name) : try TorchFile(older: bytes, name: name)
    var collection = TorchCollection(name: name)
    try collection.add(file.root, of: file, key: "", depth: 0)
    return collection.tensors
  }

  func value(_ reference: PickleHeap.Reference) -> PickleHeap.Value { heap[reference] }

  func tensor(_ view: TorchView, key: String) throws(SessionError) -> StoredTensor {
    let (offset, overflows) = view.offset.addingReportingOverflow(view.storage.start)
    guard let bytes = storages[view.storage.key], !overflows else {
      throw SessionError(expected: "the storage \(view.storage.key) of \(key) in \(name)", found: "none")
    }
    return try StoredTensor(
      key: key, type: view.storage.type, sizes: view.sizes, strides: view.strides, offset: offset, in: bytes,
      isBigEndian: isBigEndian, file: name)
  }

  private static func located<Part>(
    _ name: String, _ read: () throws(SessionError) -> Part
  ) throws(SessionError) -> Part {
    do throws(SessionError) {
      return try read()
    } catch {
      throw SessionError(expected: "\(error.expected) in \(name)", found: error.found)
    }
  }
}

// MARK: The zip format

extension TorchFile {
  /// An archive of `data.pkl`, `byteorder` and `data/KEY` for every storage, in one folder.
  fileprivate init(zip bytes: [UInt8], name: String) throws(SessionError) {
    let entries = try Archive.unzip(bytes, name: name)
    guard let pickle = entries.first(where: { $0.name == "data.pkl" || $0.name.hasSuffix("/data.pkl") }),
      pickle.bytes.count <= Self.largestPickle
    else { throw SessionError(expected: "data.pkl in \(name), as PyTorch writes it", found: "none") }
    let folder = pickle.name.dropLast("data.pkl".utf8.count)
    guard !entries.contains(where: { $0.name == folder + "constants.pkl" }) else {
      throw SessionError(expected: "a checkpoint in \(name)", found: "a TorchScript program")
    }
    var unpickler = Unpickler(pickle.bytes)
    root = try Self.located(name) { () throws(SessionError) in try unpickler.load() }
    heap = unpickler.heap
    let order = entries.first { $0.name == folder + "byteorder" }.map { String(decoding: $0.bytes, as: UTF8.self) }
    guard ["little", "big", nil].contains(order) else {
      throw SessionError(expected: "the byte order little or big in \(name)", found: JSON(order ?? "").summary)
    }
    isBigEndian = order == "big"
    var storages: [String: ArraySlice<UInt8>] = [:]
    for entry in entries where entry.name.hasPrefix(folder + "data/") {
      storages[String(entry.name.dropFirst(folder.utf8.count + 5))] = entry.bytes[...]
    }
    for storage in unpickler.storages.values.sorted(by: { $0.key < $1.key }) {
      let size = storages[storage.key]?.count
      guard let size, storage.count.multipliedReportingOverflow(by: storage.type.size) == (size, false) else {
        throw SessionError(
          expected: "\(storage.count) numbers of \(storage.type.rawValue) in data/\(storage.key) of \(name)",
          found: size.map { "\($0) bytes" } ?? "none")
      }
    }
    self.storages = storages
    self.name = name
  }
}

// MARK: The older format

extension TorchFile {
  /// The number that the format begins with, and its version.
  private static let magic: [UInt8] = [0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19]
  private static let version = 1001

  /// Five pickles (a number, the version, the system, the object, the keys of its storages), then every storage: its
  /// size in eight bytes and its numbers, always the lowest byte first.
  fileprivate init(older bytes: [UInt8], name: String) throws(SessionError) {
    guard bytes.starts(with: [0x80, 0x02, 0x8A, 0x0A] + Self.magic) || bytes.dropFirst(4).starts(with: Self.magic)
    else { throw SessionError(expected: "a PyTorch checkpoint in \(name)", found: "another kind of file") }
    var unpickler = Unpickler(bytes)
    self = try Self.located(name) { () throws(SessionError) in try TorchFile(&unpickler, bytes, name: name) }
  }

  private init(_ unpickler: inout Unpickler, _ bytes: [UInt8], name: String) throws(SessionError) {
    _ = try unpickler.load()
    let version = try unpickler.load()
    guard try unpickler.heap.integer(version) == Self.version else {
      throw SessionError(expected: "version \(Self.version)", found: unpickler.heap[version].summary)
    }
    _ = try unpickler.load()
    root = try unpickler.load()
    let keys = try unpickler.load()
    guard case .list(let keys) = unpickler.heap[keys] else {
      throw SessionError(expected: "a list of storages", found: unpickler.heap[keys].summary)
    }
    heap = unpickler.heap
    self.name = name
    isBigEndian = false
    var rest = bytes[unpickler.position...]
    var storages: [String: ArraySlice<UInt8>] = [:]
    for key in keys {
      let key = try unpickler.heap.text(key)
      guard let storage = unpickler.storages[key], storages[key] == nil else {
        throw SessionError(expected: "each storage once, and used", found: JSON(key).summary)
      }
      storages[key] = try Self.takeStorage(storage, from: &rest)
    }
    guard rest.isEmpty else { throw SessionError(expected: "the end of the file", found: "\(rest.count) bytes") }
    self.storages = storages
  }

  private static func takeStorage(
    _ storage: TorchStorage, from rest: inout ArraySlice<UInt8>
  ) throws(SessionError) -> ArraySlice<UInt8> {
    let claim = rest.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    let (size, overflows) = storage.count.multipliedReportingOverflow(by: storage.type.size)
    guard rest.count >= 8, claim == UInt64(storage.count), !overflows, size <= rest.count - 8 else {
      throw SessionError(
        expected: "\(storage.count) numbers of \(storage.type.rawValue) in the storage \(storage.key)",
        found: "\(rest.count) bytes that claim \(claim)")
    }
    defer { rest = rest.dropFirst(8 + size) }
    return rest.dropFirst(8).prefix(size)
  }
}
