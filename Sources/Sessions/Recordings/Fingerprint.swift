/// FNV-1a, 64 bits: the digests of recordings.
///
/// Source: Fowler, Noll, Vo; RFC 9923.
package struct Fingerprint {
  private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  mutating func add(_ byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }

  package static func of(_ bytes: [UInt8]) -> UInt64 {
    var fingerprint = Fingerprint()
    for byte in bytes { fingerprint.add(byte) }
    return fingerprint.value
  }

  /// Of the little-endian IEEE bytes of the entries.
  static func of(_ vector: [Double]) -> UInt64 {
    var fingerprint = Fingerprint()
    for entry in vector {
      var bits = entry.bitPattern
      for _ in 0..<8 {
        fingerprint.add(UInt8(truncatingIfNeeded: bits))
        bits >>= 8
      }
    }
    return fingerprint.value
  }
}
