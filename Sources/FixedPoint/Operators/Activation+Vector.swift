internal import LinearAlgebra

extension Activation {
  /// result = σ(values), entrywise, by the same formulas as ``value(_:)``. Allocates nothing.
  ///
  /// Kinds that are one elementary function, or a few operations around one, go through the vector library; the error
  /// of an entry stays within what the enclosures allow for.
  func apply(_ values: Span<Double>, into result: inout MutableSpan<Double>) {
    switch kind {
    case .identity: result.copy(values)
    case .relu: for i in 0..<values.count { result[i] = values[i] <= 0 ? 0 : values[i] }
    case .leakyRelu: for i in 0..<values.count { result[i] = (values[i] <= 0 ? parameter : 1) * values[i] }
    case .tanh: VectorMath.tanh(values, into: &result)
    case .arctan: VectorMath.atan(values, into: &result)
    case .erf: VectorMath.erf(values, into: &result)
    case .sin: VectorMath.sin(values, into: &result)
    case .log1p: VectorMath.log1p(values, into: &result)
    case .exp: VectorMath.exp(values, into: &result)
    case .sigmoid: applySigmoid(values, into: &result)
    case .softplus: applySoftplus(values, into: &result)
    case .silu:
      applySigmoid(values, into: &result)
      for i in 0..<values.count { result[i] *= values[i] }
    case .elu:
      VectorMath.expm1(values, into: &result)
      for i in 0..<values.count where values[i] > 0 { result[i] = values[i] }
    case .softsign, .hardtanh, .gelu, .softshrink, .sqrt:
      for i in 0..<values.count { result[i] = value(values[i]) }
    }
  }

  private func applySigmoid(_ values: Span<Double>, into result: inout MutableSpan<Double>) {
    for i in 0..<values.count { result[i] = -values[i] }
    VectorMath.exp(&result)
    for i in 0..<values.count { result[i] = 1 / (1 + result[i]) }
  }

  /// max(t, 0) + log(1 + exp(-|t|)).
  private func applySoftplus(_ values: Span<Double>, into result: inout MutableSpan<Double>) {
    for i in 0..<values.count { result[i] = -abs(values[i]) }
    VectorMath.exp(&result)
    VectorMath.log1p(&result)
    for i in 0..<values.count where !(values[i] <= 0) { result[i] += values[i] }
  }
}
