/// Dense array of numbers in row-major order.
public struct Tensor: Sendable, Equatable {
  public let shape: Shape
  /// Entries in row-major order; `values.count == shape.count`.
  public var values: [Double]

  public init(shape: Shape, values: [Double]) {
    precondition(values.count == shape.count, "a tensor has as many values as its shape says")
    self.shape = shape
    self.values = values
  }

  public init(vector values: [Double]) {
    self.init(shape: Shape([values.count]), values: values)
  }

  public init(filling shape: Shape, with value: Double) {
    self.init(shape: shape, values: Array(repeating: value, count: shape.count))
  }
}
