import Glibc

/// A directory that is removed, with what is in it, when it goes out of use.
public final class TemporaryDirectory: Sendable {
  public let path: String

  public init() {
    var template = Array("/tmp/deq-tests-XXXXXX".utf8CString)
    let made = unsafe template.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return false }
      return unsafe mkdtemp(base) != nil
    }
    precondition(made, "a temporary directory can be made")
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { Self.remove(path) }

  private static func remove(_ path: String) {
    for name in names(in: path) where unsafe unlink(path + "/" + name) != 0 { remove(path + "/" + name) }
    unsafe rmdir(path)
  }

  /// The path of a file in the directory.
  public func file(_ name: String) -> String { path + "/" + name }

  /// The names in the directory, sorted.
  public var names: [String] { Self.names(in: path) }

  /// The names in any directory, sorted.
  public static func names(in path: String) -> [String] {
    guard let directory = unsafe opendir(path) else { return [] }
    defer { unsafe closedir(directory) }
    var names: [String] = []
    while let entry = unsafe readdir(directory) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// Writes a file without any care, for tests to read.
  public func write(_ bytes: [UInt8], to name: String) {
    let file = unsafe fopen(file(name), "wb")
    guard let file = unsafe file else { return }
    unsafe fwrite(bytes, 1, bytes.count, file)
    unsafe fclose(file)
  }

  public func write(_ text: String, to name: String) { write(Array(text.utf8), to: name) }

  /// Removes a file, or a folder that is empty.
  public func remove(_ name: String) { unsafe Glibc.remove(file(name)) }
}
