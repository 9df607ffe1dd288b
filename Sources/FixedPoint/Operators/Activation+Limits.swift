/// What an activation tends to at the ends of its domain: ranges over unbounded intervals rest on it.
extension Activation {
  /// Encloses lim σ(t) as t tends to plus or minus infinity; infinite where σ grows without bound, and all of [-1, 1]
  /// for the sine.
  func valueLimit(_ end: FloatingPointSign) -> Interval {
    switch (kind, end) {
    case (.relu, .minus), (.sigmoid, .minus), (.softplus, .minus), (.gelu, .minus), (.silu, .minus), (.exp, .minus):
      Interval(0)
    case (.sigmoid, .plus): Interval(1)
    case (.tanh, _), (.softsign, _), (.hardtanh, _), (.erf, _): Interval(end == .plus ? 1 : -1)
    case (.arctan, .plus): Interval(0.5) * Interval.pi
    case (.arctan, .minus): Interval(-0.5) * Interval.pi
    case (.elu, .minus): Interval(-1)
    case (.leakyRelu, .minus): Interval(parameter == 0 ? 0 : -.infinity)
    case (.sin, _): Interval(-1, 1)
    default: Interval(end == .plus ? .infinity : -.infinity)
    }
  }

  /// Encloses lim σ'(t) as t tends to plus or minus infinity.
  func slopeLimit(_ end: FloatingPointSign) -> Interval {
    switch (kind, end) {
    case (.identity, _), (.softshrink, _): Interval(1)
    case (.leakyRelu, .minus): Interval(parameter)
    case (.relu, .plus), (.leakyRelu, .plus), (.softplus, .plus), (.elu, .plus), (.gelu, .plus), (.silu, .plus):
      Interval(1)
    case (.exp, .plus): Interval(.infinity)
    case (.sin, _): Interval(-1, 1)
    default: Interval(0)
    }
  }
}
