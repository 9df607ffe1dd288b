/// A computed number with a proved bound of its error: the exact quantity is within `allowance` of `value`.
struct ProvedBound: Sendable, Equatable {
  let value: Double
  let allowance: Double

  /// At least the exact quantity.
  var upper: Double { Rounding.sumUp(value, allowance) }
  /// At most the exact quantity.
  var lower: Double { Rounding.sumDown(value, -allowance) }

  init(value: Double, allowance: Double) {
    self.value = value
    self.allowance = allowance
  }

  /// The middle of an interval that holds the exact quantity.
  init(_ interval: Interval) {
    value = interval.midpoint
    allowance = max(0, Rounding.sumUp(interval.upper, -value), Rounding.sumUp(value, -interval.lower))
  }
}
