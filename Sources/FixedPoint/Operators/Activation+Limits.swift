/// What an activation tends to at the ends of its domain: ranges over unbounded intervals rest on it.
extension Activation {
  /// Encloses lim σ(t) as t tends to plus or minus infinity; infinite where σ grows without bound, all of [-1, 1] for the
  /// sine, and everything where that end is no part of the domain.
  func valueLimit(_ end: FloatingPointSign) -> Interval {
    let isUpper = end == .plus
    switch kind {
    case .identity, .softshrink: return Interval(isUpper ? .infinity : -.infinity)
    case .relu, .softplus, .gelu, .silu, .exp: return Interval(isUpper ? .infinity : 0)
    case .leakyRelu: return Interval(isUpper ? .infinity : parameter == 0 ? 0 : -.infinity)
    case .elu: return Interval(isUpper ? .infinity : -1)
    case .sigmoid: return Interval(isUpper ? 1 : 0)
    case .tanh, .softsign, .hardtanh, .erf: return Interval(isUpper ? 1 : -1)
    case .arctan: return Interval(isUpper ? 0.5 : -0.5) * Interval.pi
    case .sin: return Interval(-1, 1)
    case .log1p, .sqrt: return isUpper ? Interval(.infinity) : .everything
    }
  }

  /// Encloses lim σ'(t) as t tends to plus or minus infinity; everything where that end is no part of the domain.
  func slopeLimit(_ end: FloatingPointSign) -> Interval {
    let isUpper = end == .plus
    switch kind {
    case .identity, .softshrink: return Interval(1)
    case .leakyRelu: return Interval(isUpper ? 1 : parameter)
    case .relu, .softplus, .elu, .gelu, .silu: return Interval(isUpper ? 1 : 0)
    case .tanh, .sigmoid, .softsign, .arctan, .hardtanh, .erf: return Interval(0)
    case .exp: return Interval(isUpper ? .infinity : 0)
    case .sin: return Interval(-1, 1)
    case .log1p, .sqrt: return isUpper ? Interval(0) : .everything
    }
  }
}
