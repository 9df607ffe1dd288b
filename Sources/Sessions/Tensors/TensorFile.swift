import FixedPoint

/// Tensor files: those that a session may name, and the checkpoints that can be imported.
public enum TensorFile {
  /// The forms by their endings. A `.gz` behind `.npy` and `.csv` is unpacked.
  private enum Form: String, CaseIterable {
    case npy
    case npz
    case safetensors
    case csv
    case pt
    case pth

    /// The form that a path's ending says, and whether it is in gzip.
    static func of(_ path: String) -> (form: Form, isPacked: Bool)? {
      let isPacked = path.hasSuffix(".gz")
      let plain = isPacked ? path.dropLast(3) : path[...]
      guard let form = allCases.first(where: { plain.hasSuffix("." + $0.rawValue) }) else { return nil }
      return isPacked && form != .npy && form != .csv ? nil : (form, isPacked)
    }
  }

  private static let supported = "a .npy, .npz, .safetensors or .csv file"

  /// The tensor that a session names.
  /// - Throws: ``SessionError`` that names the file: unreadable, of another form, or not what its form asks for.
  static func read(_ path: String, in directory: String, key: String?) throws(SessionError) -> Tensor {
    guard let (form, isPacked) = Form.of(path), form != .pt, form != .pth else {
      throw SessionError(expected: supported, found: JSON(path).lineText)
    }
    guard key == nil || form == .npz || form == .safetensors else {
      throw SessionError(expected: "no key, since \(path) holds one array", found: "a key").under("key")
    }
    var bytes = try bytes(path, in: directory)
    if isPacked { bytes = try Archive.gunzip(bytes, name: path) }
    if form == .csv { return try NumberTable.read(bytes, name: path) }
    return try one(of: try stored(bytes, form, name: path, key: key), key: key, path: path).tensor()
  }

  /// Every array of a file of any form but CSV, in the order of the file, not yet converted.
  /// - Throws: ``SessionError`` whose `file` is the path.
  public static func list(_ path: String) throws(SessionError) -> [StoredTensor] {
    do throws(SessionError) {
      guard let (form, isPacked) = Form.of(path), form != .csv else {
        throw SessionError(expected: "a .npz, .safetensors, .pt, .pth or .npy file", found: "another ending")
      }
      let bytes = try FileSystem.read(path)
      return try stored(isPacked ? try Archive.gunzip(bytes, name: "it") : bytes, form, name: "it", key: nil)
    } catch {
      var error = error
      error.file = path
      throw error
    }
  }

  private static func stored(
    _ bytes: [UInt8], _ form: Form, name: String, key: String?
  ) throws(SessionError) -> [StoredTensor] {
    switch form {
    case .npy, .csv: [try NumPyFile.stored(bytes, name: name)]
    case .npz: try NumPyArchive.read(bytes, key: key, name: name)
    case .safetensors: try SafetensorsFile.read(bytes, name: name)
    case .pt, .pth: try TorchFile.read(bytes, name: name)
    }
  }

  /// The array that a key names; without a key, the only one.
  private static func one(
    of tensors: [StoredTensor], key: String?, path: String
  ) throws(SessionError) -> StoredTensor {
    if let tensor = key == nil && tensors.count == 1 ? tensors.first : tensors.first(where: { $0.key == key }) {
      return tensor
    }
    let names = tensors.prefix(8).map(\.key).joined(separator: ", ") + (tensors.count > 8 ? ", …" : "")
    let expected = tensors.isEmpty ? "an array of this name in \(path)" : "one of \(names) in \(path)"
    throw SessionError(expected: expected, found: key.map { JSON($0).summary } ?? "no key").under("key")
  }

  /// The bytes of a file relative to a directory.
  static func bytes(_ path: String, in directory: String) throws(SessionError) -> [UInt8] {
    do throws(SessionError) {
      return try FileSystem.read(path.hasPrefix("/") ? path : directory + "/" + path)
    } catch {
      throw SessionError(.unreadable, expected: path, found: error.found)
    }
  }

  /// Writes tensors to a file that is not there yet, or has these bytes already.
  /// - Throws: ``SessionError`` of kind `unwritable`, also if another file is there.
  public static func writeNew(_ tensors: [NamedTensor], to path: String) throws(SessionError) {
    let bytes = try bytes(of: tensors, path)
    if let old = try? FileSystem.read(path), old != bytes {
      throw FileSystem.unwritable(path, "another file is there")
    }
    try FileSystem.replace(path, with: bytes)
  }

  /// Writes tensors as one file, atomically: `.npz` or `.safetensors` by its ending, 64-bit floats in either.
  /// - Throws: ``SessionError`` of kind `unwritable`, also if two names are the same.
  public static func write(_ tensors: [NamedTensor], to path: String) throws(SessionError) {
    try FileSystem.replace(path, with: bytes(of: tensors, path))
  }

  private static func bytes(of tensors: [NamedTensor], _ path: String) throws(SessionError) -> [UInt8] {
    do throws(SessionError) {
      return try path.hasSuffix(".npz") ? NumPyArchive.write(tensors) : SafetensorsFile.write(tensors)
    } catch {
      throw error.inFile(path)
    }
  }

  /// Writes tensors and texts as one `.safetensors` file, atomically.
  package static func write(
    _ tensors: [NamedTensor], texts: [(name: String, text: String)], to path: String
  ) throws(SessionError) {
    try FileSystem.replace(path, with: SafetensorsFile.write(tensors, texts: texts))
  }

  /// A text that a `.safetensors` file has by name; `nil` if it has none.
  package static func text(_ key: String, in path: String) throws(SessionError) -> String? {
    SafetensorsFile.text(key, of: try FileSystem.read(path))
  }
}
