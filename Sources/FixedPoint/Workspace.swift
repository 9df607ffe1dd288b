/// Buffers that a map may use while it is evaluated: owned by the caller, reused from call to call, no part of any state.
public struct Workspace: Sendable {
  /// The running value of a pipeline, and the one that is made of it; methods may use the first between evaluations.
  var value: [Double] = []
  private var next: [Double] = []
  /// What operators write beside their results.
  private var scratch: [Double] = []

  public init() {}

  /// Makes sure that the running values have room for `count` entries, and the scratch for `scratchCount`.
  mutating func reserve(_ count: Int, scratch scratchCount: Int = 0) {
    if value.count < count {
      value = Array(repeating: 0, count: count)
      next = Array(repeating: 0, count: count)
    }
    if scratch.count < scratchCount { scratch = Array(repeating: 0, count: scratchCount) }
  }

  /// What a link of a pipeline does: its position, the value, the result that it writes, and scratch.
  typealias Link = (Int, Span<Double>, inout MutableSpan<Double>, inout MutableSpan<Double>) -> Void

  /// Passes a value through the links of a pipeline: the first takes `start`, the last writes the image.
  ///
  /// - Parameters:
  ///   - start: the value before the first link.
  ///   - counts: number of entries of a sample's value after each link; at least one link.
  ///   - samples: number of values that lie one after the other.
  ///   - image: takes the value after the last link.
  ///   - link: applies one link.
  @inline(__always)
  mutating func pass(
    _ start: Span<Double>, through counts: [Int], of samples: Int, into image: inout MutableSpan<Double>, _ link: Link
  ) {
    Self.pass(start, counts, samples, into: &image, &value, &next, &scratch, link)
  }

  @inline(__always)
  private static func pass(
    _ start: Span<Double>, _ counts: [Int], _ samples: Int, into image: inout MutableSpan<Double>,
    _ value: inout [Double], _ next: inout [Double], _ scratch: inout [Double], _ link: Link
  ) {
    let last = counts.count - 1
    var scratch = scratch.mutableSpan
    if last == 0 { return link(0, start, &image, &scratch) }
    for position in 0..<last {
      var whole = next.mutableSpan
      var result = whole._mutatingExtracting(first: samples * counts[position])
      if position == 0 {
        link(0, start, &result, &scratch)
      } else {
        link(position, value.span.extracting(first: samples * counts[position - 1]), &result, &scratch)
      }
      swap(&value, &next)
    }
    link(last, value.span.extracting(first: samples * counts[last - 1]), &image, &scratch)
  }
}
