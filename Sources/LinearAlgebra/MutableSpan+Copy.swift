extension MutableSpan where Element: BatchScalar {
  /// Copies as many numbers as `source` has.
  ///
  /// As one piece of memory: a loop over both spans keeps its bounds checks, and made the copies of a convolution of
  /// 32 channels of 28 x 28 take a fifth of its matrix products' time.
  @inlinable
  public mutating func copy(_ source: Span<Element>) {
    precondition(source.count <= count, "what is copied fits")
    unsafe withUnsafeMutableBufferPointer { target in
      unsafe source.withUnsafeBufferPointer { source in
        guard let from = source.baseAddress, let to = target.baseAddress else { return }
        unsafe to.update(from: from, count: source.count)
      }
    }
  }
}
