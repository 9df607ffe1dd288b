internal import FixedPoint
internal import LinearAlgebra

/// z -> W z with a square W that is a parameter, its magnitude, or monDEQ's form.
struct MatrixPart: Sendable {
  enum Form: Sendable, Equatable {
    case free(weight: Range<Int>)
    case magnitude(weight: Range<Int>)
    case monotone(m: Double, factor: Range<Int>, turn: Range<Int>)
  }

  let order: Int
  let form: Form

  /// W [order, order] of the parameters.
  func weight<Scalar: BatchScalar>(_ parameters: [Scalar]) -> [Scalar] {
    switch form {
    case .free(let range): return Array(parameters[range])
    case .magnitude(let range): return parameters[range].map { $0.magnitude }
    case .monotone(let m, let factor, let turn):
      var weight = [Scalar](repeating: 0, count: order * order)
      for i in 0..<order {
        for j in 0..<order {
          weight[i * order + j] =
            parameters[turn.lowerBound + i * order + j] - parameters[turn.lowerBound + j * order + i]
        }
        weight[i * order + i] += Scalar(1 - m)
      }
      let a = parameters.span.extracting(factor)
      var result = weight.mutableSpan
      Scalar.multiply(
        a, .transposed, a, .asStored, sizes: ProductSizes(order, order, order), into: &result, scale: -1, keep: 1)
      return weight
    }
  }

  /// gradient <- gradient + the parameters' share of the gradient of W.
  func pullBack<Scalar: BatchScalar>(_ slope: [Scalar], _ parameters: [Scalar], to gradient: inout [Scalar]) {
    switch form {
    case .free(let range):
      gradient.mutate(range) { Scalar.add(1, times: slope.span, to: &$0) }
    case .magnitude(let range):
      for (i, place) in range.enumerated() {
        gradient[place] += parameters[place] > 0 ? slope[i] : parameters[place] < 0 ? -slope[i] : 0
      }
    case .monotone(_, let factor, let turn):
      var symmetric = slope
      for i in 0..<order {
        for j in 0..<order {
          symmetric[i * order + j] += slope[j * order + i]
          gradient[turn.lowerBound + i * order + j] += slope[i * order + j] - slope[j * order + i]
        }
      }
      gradient.mutate(factor) {
        Scalar.multiply(
          parameters.span.extracting(factor), .asStored, symmetric.span, .asStored,
          sizes: ProductSizes(order, order, order), into: &$0, scale: -1, keep: 1)
      }
    }
  }

  func apply<Scalar: BatchScalar>(
    _ weight: [Scalar], _ orientation: Orientation, _ value: Span<Scalar>, into result: inout MutableSpan<Scalar>
  ) {
    Scalar.multiply(
      value, .asStored, weight.span, orientation, sizes: ProductSizes(value.count / order, order, order),
      into: &result, scale: 1, keep: 0)
  }
}
