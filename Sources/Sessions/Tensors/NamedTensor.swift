public import FixedPoint

/// A tensor and what a file calls it.
public struct NamedTensor: Sendable, Equatable {
  public let key: String
  public let tensor: Tensor

  public init(_ key: String, _ tensor: Tensor) {
    self.key = key
    self.tensor = tensor
  }
}
