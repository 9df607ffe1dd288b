extension MutableSpan<Double> {
  /// Copies as many numbers as `source` has.
  mutating func copy(_ source: Span<Double>) {
    for i in 0..<source.count { self[i] = source[i] }
  }
}
