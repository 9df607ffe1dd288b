public import FixedPoint

/// Where each parameter of a model stands in the one flat array that holds them all.
///
/// Optimisers, gradients and checkpoints see that array; layers see their ranges of it.
public struct ParameterLayout: Sendable, Equatable {
  public struct Entry: Sendable, Equatable {
    /// As checkpoints call it: `layer.weight`.
    public let name: String
    public let shape: Shape
    public let range: Range<Int>
  }

  public private(set) var entries: [Entry] = []

  /// Number of all parameters.
  public var count: Int { entries.last?.range.upperBound ?? 0 }

  /// Appends a parameter and says where it stands.
  mutating func append(_ name: String, _ sizes: [Int]) -> Range<Int> {
    let shape = Shape(sizes)
    let range = count..<count + shape.count
    entries.append(Entry(name: name, shape: shape, range: range))
    return range
  }
}
