internal import LinearAlgebra

extension Activation {
  /// Units in the last place by which a value that a forward pass computes may lie outside an enclosure of the exact one:
  /// the vector library's error, and what the operations around its functions make of it.
  var forwardUlps: Double {
    switch kind {
    case .identity, .relu, .leakyRelu, .softsign, .hardtanh, .softshrink, .sqrt: 0
    case .gelu: 4
    case .tanh, .arctan, .erf, .sin, .log1p, .exp, .elu: VectorMath.errorBoundInUlps
    case .sigmoid, .silu: 2 * VectorMath.errorBoundInUlps + 2
    case .softplus: 3 * VectorMath.errorBoundInUlps + 2
    }
  }

  /// A range of σ over an interval widened by units in the last place, within what values of σ do not leave.
  func loosened(_ range: Interval, over interval: Interval, ulps: Double) -> Interval {
    if ulps == 0 { return range }
    var wide = range.widened(byUlps: ulps)
    // In gelu's left tail the rounding of -t/√2 costs |t|³ Φ(t) / 2⁵², less than 0.23 / 2⁵².
    if kind == .gelu && interval.lower < -0.5 { wide = wide + Interval(-0x1p-53, 0x1p-53) }
    // A value next to underflow may be flushed to 0, and never beyond it.
    let low = range.lower >= 0 ? (range.lower < 0x1p-1000 ? 0 : max(wide.lower, 0)) : wide.lower
    let high = range.upper <= 0 ? (range.upper > -0x1p-1000 ? 0 : min(wide.upper, 0)) : wide.upper
    switch kind {
    case .tanh, .erf, .sin, .softsign, .hardtanh: return Interval(low, high).clamped(-1, 1)
    case .sigmoid: return Interval(low, high).clamped(0, 1)
    case .elu: return Interval(max(low, -1), high)
    case .identity, .relu, .leakyRelu, .softplus, .arctan, .gelu, .silu, .softshrink, .log1p, .sqrt, .exp:
      return Interval(low, high)
    }
  }

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
