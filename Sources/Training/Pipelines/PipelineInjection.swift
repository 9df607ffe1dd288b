internal import FixedPoint
internal import LinearAlgebra

/// scale · ρ(U x + b) of a session's `inject`, for any x, with its derivatives.
struct PipelineInjection: Sendable {
  /// U x as it is formed: x itself, a matrix on all of x or on its last axis, or a kernel on an image.
  private enum Source {
    case input
    case matrix(Matrix, blocks: Int)
    case kernel(Tensor)
  }

  private let source: Source
  private let inputShape: Shape
  private let shape: Shape
  private let bias: Tensor?
  private let activation: Activation
  private let scale: Double

  /// - Precondition: the fields fit the shapes, as they did in the session.
  init(_ fields: FieldValues, _ shape: Shape, inputShape: Shape) {
    self.shape = shape
    self.inputShape = inputShape
    bias = fields.tensor("bias")
    activation = Activation(fields.text("activation").flatMap(ActivationKind.init(rawValue:)) ?? .identity)
    scale = fields.number("scale") ?? 1
    guard let weight = fields.tensor("weight") else {
      source = .input
      return
    }
    guard weight.shape.rank == 2 else {
      source = .kernel(weight)
      return
    }
    let matrix = Matrix(rows: weight.shape.sizes[0], columns: weight.shape.sizes[1], values: weight.values)
    source = .matrix(matrix, blocks: inputShape.count / matrix.columns)
  }

  /// The injected values of an x, and scale · ρ'(U x + b).
  func values(_ input: [Double]) -> (values: [Double], slopes: [Double]) {
    var sums = product(input)
    if let bias {
      let repeated = BroadcastIndices(from: bias.shape, to: shape)
      for i in sums.indices { sums[i] += bias.values[repeated[i]] }
    }
    return (sums.map { scale * activation.value($0) }, sums.map { scale * activation.slope($0) })
  }

  /// A bias for each entry of a value of this shape; 0 without one.
  static func broadcast(_ bias: Tensor?, to shape: Shape) -> [Double] {
    guard let bias else { return Array(repeating: 0, count: shape.count) }
    let repeated = BroadcastIndices(from: bias.shape, to: shape)
    return (0..<shape.count).map { bias.values[repeated[$0]] }
  }

  private func product(_ input: [Double]) -> [Double] {
    switch source {
    case .input: return input
    case .matrix(let matrix, let blocks):
      if blocks == 1 { return matrix.multiply(input) }
      return (0..<blocks).flatMap {
        matrix.multiply(Array(input[$0 * matrix.columns..<($0 + 1) * matrix.columns]))
      }
    case .kernel(let kernel):
      var result = [Double](repeating: 0, count: shape.count)
      let taps = KernelTaps(kernel.shape, height: shape.sizes[1], width: shape.sizes[2], isCircular: false)
      taps.visit { weight, source, target in result[target] += kernel.values[weight] * input[source] }
      return result
    }
  }

  /// The gradients of the tensors that the operator has, from the cotangents of what it adds.
  func gradients(_ cotangents: [Double], at input: [Double], _ slopes: [Double]) -> [String: [Double]] {
    let own = zip(cotangents, slopes).map { $0 * $1 }
    var result: [String: [Double]] = [:]
    if let bias {
      let repeated = BroadcastIndices(from: bias.shape, to: shape)
      var sum = [Double](repeating: 0, count: bias.values.count)
      for i in own.indices { sum[repeated[i]] += own[i] }
      result["bias"] = sum
    }
    switch source {
    case .input: break
    case .matrix(let matrix, _):
      result["weight"] = outerProducts(own, input, rows: matrix.rows, columns: matrix.columns)
    case .kernel(let kernel):
      var sum = [Double](repeating: 0, count: kernel.values.count)
      let taps = KernelTaps(kernel.shape, height: shape.sizes[1], width: shape.sizes[2], isCircular: false)
      taps.visit { weight, source, target in sum[weight] += own[target] * input[source] }
      result["weight"] = sum
    }
    return result
  }
}

/// Σ c vᵀ over the vectors of `columns` entries that `values` holds, [rows, columns].
func outerProducts(_ cotangents: [Double], _ values: [Double], rows: Int, columns: Int) -> [Double] {
  var result = [Double](repeating: 0, count: rows * columns)
  for block in 0..<values.count / columns {
    for i in 0..<rows {
      let factor = cotangents[block * rows + i]
      if factor == 0 { continue }
      for j in 0..<columns { result[i * columns + j] += factor * values[block * columns + j] }
    }
  }
  return result
}

/// Where each entry of an array stands in the one that is repeated to it: axes are aligned at the last one.
private struct BroadcastIndices {
  private let places: [Int]

  init(from own: Shape, to target: Shape) {
    let sizes = Array(repeating: 1, count: target.rank - own.rank) + own.sizes
    places = (0..<target.count).map { index in
      var (rest, place, stride) = (index, 0, 1)
      for axis in target.sizes.indices.reversed() {
        let coordinate = rest % target.sizes[axis]
        rest /= target.sizes[axis]
        if sizes[axis] > 1 { place += coordinate * stride }
        stride *= sizes[axis]
      }
      return place
    }
  }

  subscript(index: Int) -> Int { places[index] }
}
