import Glibc

/// The text of a file, for tests that look at what was written.
public enum SessionText {
  public struct Missing: Error {}

  public static func write(_ text: String, to path: String) {
    let file = unsafe fopen(path, "wb")
    guard let file = unsafe file else { return }
    unsafe fputs(text, file)
    unsafe fclose(file)
  }

  public static func read(_ path: String) throws -> String {
    let file = unsafe fopen(path, "rb")
    guard let file = unsafe file else { throw Missing() }
    defer { unsafe fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = unsafe fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
    return String(decoding: bytes, as: UTF8.self)
  }
}
