internal import CAllocationCounter

/// Heap allocations of the current thread, counted where the C library is glibc.
public enum Allocations {
  /// Number of allocations that `body` makes.
  public static func count(_ body: () -> Void) -> Int {
    let before = allocation_count()
    body()
    return allocation_count() - before
  }

  /// Bytes that `body` asks for in all, also those that it gives back.
  public static func bytes(_ body: () -> Void) -> Int {
    let before = allocation_bytes()
    body()
    return allocation_bytes() - before
  }

  /// Whether the counter sees an array's buffer.
  public static var areCounted: Bool {
    var kept: [Double] = []
    return count { kept = Array(repeating: 1, count: 100_000) } > 0 && kept.count == 100_000
  }
}
