/// Gathers the tensors of a checkpoint's containers under the keys that lead to them.
struct TorchCollection {
  private static let largestDepth = 32
  /// The most values that are looked at: containers may be shared, so a small file can describe very many.
  private static let largestCount = 1_000_000

  private(set) var tensors: [StoredTensor] = []
  private let name: String
  private var keys: Set<String> = []
  private var count = 0

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
        try add(item, of: file, key: Self.join(key, "\(position)"), depth: depth + 1)
      }
    case .dictionary(let members):
      for member in members {
        try add(member.value, of: file, key: Self.join(key, try part(member.key, of: file)), depth: depth + 1)
      }
    default: break
    }
  }

  private mutating func add(_ tensor: StoredTensor) throws(SessionError) {
    guard keys.insert(tensor.key).inserted else {
      throw SessionError(expected: "each name once in \(name)", found: "\(JSON(tensor.key).summary) again")
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

  private static func join(_ prefix: String, _ part: String) -> String { prefix.isEmpty ? part : prefix + "." + part }
}
