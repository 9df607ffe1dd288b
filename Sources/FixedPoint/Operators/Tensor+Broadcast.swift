extension Tensor {
  /// The values repeated to a larger shape: axes are aligned at the last one; missing ones and those of size 1 repeat.
  /// `nil` if the shapes do not fit.
  func broadcast(to target: Shape) -> [Double]? {
    let padding = target.rank - shape.rank
    guard padding >= 0 else { return nil }
    let sizes = Array(repeating: 1, count: padding) + shape.sizes
    guard zip(sizes, target.sizes).allSatisfy({ $0 == 1 || $0 == $1 }) else { return nil }
    var result = values
    var inner = 1
    for axis in target.sizes.indices.reversed() {
      inner *= sizes[axis]
      if sizes[axis] != target.sizes[axis] {
        result = Tensor.repeated(result, blockSize: inner, times: target.sizes[axis])
        inner *= target.sizes[axis]
      }
    }
    return result
  }

  private static func repeated(_ values: [Double], blockSize: Int, times: Int) -> [Double] {
    stride(from: 0, to: values.count, by: blockSize).flatMap { start in
      (0..<times).flatMap { _ in values[start..<start + blockSize] }
    }
  }
}
