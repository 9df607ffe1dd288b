import FixedPoint

/// Reads the tensor files that a session may name.
enum TensorFile {
  static let supported = "a .npy or .csv file"

  /// - Throws: ``SessionError`` that names the file: unreadable, of another form, or not what its form asks for.
  static func read(_ path: String, in directory: String, key: String?) throws(SessionError) -> Tensor {
    guard let read = reader(for: path) else { throw SessionError(expected: supported, found: JSON(path).lineText) }
    guard key == nil else {
      throw SessionError(expected: "no key, since \(path) holds one array", found: "a key").under("key")
    }
    return try read(try bytes(path, in: directory), path)
  }

  /// The bytes of a file relative to a directory.
  static func bytes(_ path: String, in directory: String) throws(SessionError) -> [UInt8] {
    do throws(SessionError) {
      return try FileSystem.read(path.hasPrefix("/") ? path : directory + "/" + path)
    } catch {
      throw SessionError(.unreadable, expected: path, found: error.found)
    }
  }

  private static func reader(for path: String) -> (([UInt8], String) throws(SessionError) -> Tensor)? {
    if path.hasSuffix(".npy") { return NumPyFile.read }
    if path.hasSuffix(".csv") { return NumberTable.read }
    return nil
  }
}
