import FixedPoint

/// The `.npz` format of NumPy: a zip archive of `.npy` files.
enum NumPyArchive {
  private static let ending = ".npy"

  /// The arrays of a file, in its order; with a key, that one alone if it is there.
  static func read(_ bytes: [UInt8], key: String? = nil, name: String) throws(SessionError) -> [StoredTensor] {
    let entries = try Archive.unzip(bytes, name: name) { entry in
      key.map { $0 == entry || $0 + ending == entry } ?? true
    }
    var tensors: [StoredTensor] = []
    var keys: Set<String> = []
    for entry in entries {
      let key = entry.name.hasSuffix(ending) ? String(entry.name.dropLast(ending.utf8.count)) : entry.name
      guard keys.insert(key).inserted else {
        throw SessionError(expected: "arrays of different names in \(name)", found: "two named \(key)")
      }
      tensors.append(try NumPyFile.stored(entry.bytes, key: key, name: name))
    }
    return tensors
  }

  /// - Throws: ``SessionError`` of kind `unwritable` for a name twice.
  static func write(_ tensors: [NamedTensor]) throws(SessionError) -> [UInt8] {
    try tensors.requireNames()
    return Archive.zip(tensors.map { Archive.Entry(name: $0.key + ending, bytes: NumPyFile.write($0.tensor)) })
  }
}
