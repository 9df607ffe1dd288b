import FixedPoint
import Testing

@testable import Sessions

struct FreeMemoryTests {
  @Test func theSystemSaysIt() {
    #expect(FreeMemory.available("MemTotal: 9 kB\nMemAvailable:   24 kB\n") == 24 * 1024)
    #expect(FreeMemory.available("MemTotal: 9 kB\n") == nil && FreeMemory.available("MemAvailable: x kB") == nil)
    #expect(FreeMemory.bytes > 1 << 20 && FreeMemory.quarter <= FreeMemory.bytes / 4)
  }

  /// What an integer cannot hold is too large for any limit.
  @Test func bytesDoNotOverflow() {
    #expect(MemoryBudget.bytes(3, 5) == 120 && MemoryBudget.bytes(7) == 56)
    #expect(MemoryBudget.bytes(1 << 40, 1 << 40) == nil && MemoryBudget.product([-1, 2]) == nil)
    #expect(MemoryBudget.sum([Int.max, 1]) == nil && MemoryBudget.sum([1, nil]) == nil)
    #expect(MemoryBudget.isWithin(8, 8) && !MemoryBudget.isWithin(9, 8) && !MemoryBudget.isWithin(nil, .max))
  }
}
