/// The shape of a tensor: its sizes from the slowest axis to the fastest (row-major).
public struct Shape: Sendable, Hashable {
  /// Sizes, slowest axis first; every one is positive.
  public let sizes: [Int]

  public init(_ sizes: [Int]) {
    precondition(sizes.allSatisfy { $0 > 0 }, "every size of a shape is positive")
    self.sizes = sizes
  }

  /// Number of entries: the product of the sizes.
  public var count: Int { sizes.reduce(1, *) }
  /// Number of axes.
  public var rank: Int { sizes.count }
  /// Size of the last axis (features), 1 for a scalar.
  public var last: Int { sizes.last ?? 1 }

  /// The same shape with another last axis: what a linear map on the last axis yields.
  public func replacingLast(by size: Int) -> Shape { Shape(sizes.dropLast() + [size]) }
}

extension Shape: CustomStringConvertible {
  public var description: String { "[" + sizes.map(String.init).joined(separator: ", ") + "]" }
}
