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

extension [NamedTensor] {
  /// Every array of a file can be found again by its name.
  /// - Throws: ``SessionError`` of kind `unwritable` for a name that is there twice, or that the format needs itself.
  func requireNames(except reserved: String? = nil) throws(SessionError) {
    var names = Set<String>()
    for tensor in self {
      guard tensor.key != reserved else {
        throw SessionError(.unwritable, expected: "an array named \(tensor.key)", found: "the format needs that name")
      }
      guard names.insert(tensor.key).inserted else {
        throw SessionError(.unwritable, expected: "an array named \(tensor.key)", found: "another has that name")
      }
    }
  }
}
