/// Two entries of a vector at a time. Comparisons with NaN keep the second operand.
extension SIMD2<Double> {
  /// |x|, by clearing the signs.
  @inline(__always)
  var magnitudes: Self {
    let mask = SIMD2<UInt64>(repeating: ~(1 << 63))
    return unsafe unsafeBitCast(unsafeBitCast(self, to: SIMD2<UInt64>.self) & mask, to: Self.self)
  }

  @inline(__always)
  static func greater(_ a: Self, _ b: Self) -> Self { b.replacing(with: a, where: a .> b) }

  @inline(__always)
  static func lesser(_ a: Self, _ b: Self) -> Self { b.replacing(with: a, where: a .< b) }
}
