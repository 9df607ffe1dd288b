/// Gathers the tensors of a checkpoint's containers under the keys that lead to them.
struct TorchCollection {
  private static let largestDepth = 32
  /// The most values that are looked at: containers may be shared, so a small file can describe very many.
  private static let largestCount = 1_000_000
  private static let largestTensorCount = 100_000
  /// The most bytes of one name, and of all names that are made on the way.
  private static let longestKey = 4096
  private static let longestKeys = 64 << 20

  private(set) var tensors: [StoredTensor] = []
  private let name: String
  private var keys: Set<String> = []
  private var count = 0
  private var keyLength = 0

  init(name: String) { self.name = name }

  mutating func add(
    _ reference: PickleHeap.Reference, of file: TorchFile, key: String, depth: Int
  ) throws(SessionError) {
    count += 1
    guard depth <= Self.largestDepth, count <= Self.largestCount else {
      throw SessionError(
        expected: "at most \(Self.largestDepth) levels and \(Self.largestCount) values in \(name)", found: "more")
    }
    switch file.value(reference) {
    case .tensor(let view): try add(file.tensor(view, key: key))
    case .tuple(let items), .list(let items):
      for (position, item) in items.enumerated() {
        try add(item, of: file, key: try join(key, "\(position)"), depth: depth + 1)
      }
    case .dictionary(let members):
      for member in members {
        try add(member.value, of: file, key: try join(key, try part(member.key, of: file)), depth: depth + 1)
      }
    default: break
    }
  }

  private mutating func add(_ tensor: StoredTensor) throws(SessionError) {
    guard keys.insert(tensor.key).inserted else {
      throw SessionError(expected: "each name once in \(name)", found: "\(JSON(tensor.key).summary) again")
    }
    guard tensors.count < Self.largestTensorCount else {
      throw SessionError(expected: "at most \(Self.largestTensorCount) tensors in \(name)", found: "more")
    }
    tensors.append(tensor)
  }

  private func part(_ reference: PickleHeap.Reference, of file: TorchFile) throws(SessionError) -> String {
    switch file.value(reference) {
    case .text(let text): return text
    case .integer(let integer): return "\(integer)"
    case let value: throw SessionError(expected: "names or integers as keys in \(name)", found: value.summary)
    }
  }

  private mutating func join(_ prefix: String, _ part: String) throws(SessionError) -> String {
    let length = prefix.utf8.count + 1 + part.utf8.count
    keyLength += length
    guard length <= Self.longestKey, keyLength <= Self.longestKeys else {
      throw SessionError(
        expected: "names of at most \(Self.longestKey) bytes, \(Self.longestKeys) in all, in \(name)",
        found: "longer ones")
    }
    return prefix.isEmpty ? part : prefix + "." + part
  }
}
