internal import LinearAlgebra

extension Guarantee {
  /// Puts the weights back to where the guarantee holds, after a step left it.
  func project<Scalar: BatchScalar>(_ parameters: inout [Scalar], of model: Model<Scalar>) {
    guard case .layer(let layer, _) = model.core, case .matrix(let part) = layer.linear,
      case .free(let range) = part.form
    else { return }
    switch self {
    case .lipschitz: divideRows(&parameters, range, order: part.order)
    case .perronFrobenius: divideAll(&parameters, range, order: part.order)
    case .none, .monotone, .subhomogeneousThompson, .positiveConcave: break
    }
  }

  /// Every row whose magnitudes sum to more than the limit.
  private func divideRows<Scalar: BatchScalar>(_ parameters: inout [Scalar], _ range: Range<Int>, order: Int) {
    for start in stride(from: range.lowerBound, to: range.upperBound, by: order) {
      let sum = parameters[start..<start + order].reduce(0) { $0 + Double($1.magnitude) }
      guard sum > Self.limit else { continue }
      for i in start..<start + order { parameters[i] *= Scalar(Self.limit / sum) }
    }
  }

  /// By an upper bound of the Perron root, max (|W| v)ᵢ / vᵢ for a v near Perron's vector.
  private func divideAll<Scalar: BatchScalar>(_ parameters: inout [Scalar], _ range: Range<Int>, order: Int) {
    var vector = [Double](repeating: 1, count: order)
    var bound = Double.infinity
    for _ in 0..<20 {
      let image = (0..<order).map { i in
        (0..<order).reduce(0.0) { sum, j in
          sum + Double(parameters[range.lowerBound + i * order + j].magnitude) * vector[j]
        }
      }
      bound = min(bound, zip(image, vector).map { $0 / $1 }.max() ?? 0)
      let largest = image.max() ?? 0
      if largest == 0 || bound <= Self.limit { break }
      // An entry of 0 would divide by 0 in the next round.
      vector = image.map { max($0 / largest, 1e-6) }
    }
    guard bound > Self.limit else { return }
    for i in range { parameters[i] *= Scalar(Self.limit / bound) }
  }
}
