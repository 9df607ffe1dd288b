internal import Glibc

/// The memory of the machine that is free: what can be had without taking it from other programs.
public enum FreeMemory {
  /// In bytes: `MemAvailable` of the system, or its free pages where it does not say so.
  public static var bytes: Int {
    if let text = try? FileSystem.read("/proc/meminfo"), let known = available(String(decoding: text, as: UTF8.self)) {
      return known
    }
    let (pages, size) = (sysconf(Int32(_SC_AVPHYS_PAGES)), sysconf(Int32(_SC_PAGESIZE)))
    return pages > 0 && size > 0 ? pages * size : .max
  }

  /// What one piece of work may take of it.
  public static var quarter: Int { bytes / 4 }

  /// The bytes of the line `MemAvailable: 24 kB`.
  static func available(_ text: String) -> Int? {
    for line in text.split(separator: "\n") where line.hasPrefix("MemAvailable:") {
      let words = line.split(separator: " ")
      guard words.count >= 2, let kilobytes = Int(words[1]) else { return nil }
      return kilobytes.multipliedReportingOverflow(by: 1024).partialValue
    }
    return nil
  }
}
