internal import Glibc

/// How values are laid out along an axis.
public enum Scale: Sendable, Hashable {
  case linear
  case log10
}

/// A range of values on a scale, with nice ticks.
public struct Axis: Sendable, Hashable {
  public struct Tick: Sendable, Hashable {
    public let value: Double
    public let label: String
  }

  public let scale: Scale
  public let lower: Double
  public let upper: Double

  /// Axis over a range, widened where it is too small to tell values apart. Ends that the scale cannot show become
  /// 1 (log) or 0.
  public init(_ scale: Scale, from lower: Double, to upper: Double) {
    self.scale = scale
    let ends = [lower, upper].map { scale == .log10 ? ($0 > 0 && $0.isFinite ? $0 : 1) : ($0.isFinite ? $0 : 0) }
    let (low, high) = (min(ends[0], ends[1]), max(ends[0], ends[1]))
    switch scale {
    case .linear:
      let isWide = high / 2 - low / 2 > max(abs(low), abs(high)) * 1e-13 + 1e-300
      let margin = isWide ? 0 : low == 0 ? 1 : max(abs(low) * 0.1, 1e-299)
      self.lower = max(low - margin, -.greatestFiniteMagnitude)
      self.upper = min(high + margin, .greatestFiniteMagnitude)
    case .log10:
      let isWide = Glibc.log10(high) - Glibc.log10(low) > 1e-9
      self.lower = isWide ? low : max(low / 10, .leastNonzeroMagnitude)
      self.upper = isWide ? high : min(high * 10, .greatestFiniteMagnitude)
    }
  }

  /// Axis over all of the values that the scale can show; on a log scale it ends at whole decades.
  public init(_ scale: Scale, covering values: some Sequence<Double>) {
    var (low, high) = (Double.infinity, -Double.infinity)
    for value in values where value.isFinite && (scale == .linear || value > 0) {
      low = min(low, value)
      high = max(high, value)
    }
    guard low <= high else {
      self.init(scale, from: scale == .log10 ? 0.1 : 0, to: 1)
      return
    }
    guard scale == .log10 else {
      self.init(scale, from: low, to: high)
      return
    }
    let bottom = Glibc.log10(low).rounded(.down)
    let top = min(308, max(Glibc.log10(high).rounded(.up), bottom + 1))
    self.init(scale, from: Self.power(Int(bottom)), to: Self.power(Int(top)))
  }

  /// Where a value stands, 0 at the lower end and 1 at the upper, beyond them outside; `nil` if the scale cannot show
  /// it (not finite; not positive on a log scale).
  public func position(of value: Double) -> Double? {
    guard value.isFinite else { return nil }
    switch scale {
    case .linear: return (value / 2 - lower / 2) / (upper / 2 - lower / 2)
    case .log10:
      guard value > 0 else { return nil }
      return (Glibc.log10(value) - Glibc.log10(lower)) / (Glibc.log10(upper) - Glibc.log10(lower))
    }
  }

  /// At most about `count` ticks at round values (1, 2 or 5 times a power of ten; whole decades on a log scale).
  public func ticks(_ count: Int) -> [Tick] {
    guard count > 0 else { return [] }
    return scale == .log10 ? decadeTicks(count) : linearTicks(count)
  }

  /// Ticks at whole numbers only.
  public func wholeTicks(_ count: Int) -> [Tick] {
    guard count > 0 else { return [] }
    return ticks(step: max(1, Self.niceStep(upper / Double(count) - lower / Double(count))))
  }

  private func decadeTicks(_ count: Int) -> [Tick] {
    let first = Int((Glibc.log10(lower) - 1e-9).rounded(.up))
    let last = Int((Glibc.log10(upper) + 1e-9).rounded(.down))
    guard last > first else { return linearTicks(count) }
    let choices = [1, 2, 3, 5, 10, 20, 50, 100, 200]
    let step = choices.first { (last - first) / $0 < count } ?? 500
    return stride(from: last, through: first, by: -step).reversed().map {
      Tick(value: Self.power($0), label: NumberText.scientific(Self.power($0), digits: 1))
    }
  }

  private func linearTicks(_ count: Int) -> [Tick] {
    ticks(step: Self.niceStep(upper / Double(count) - lower / Double(count)))
  }

  private func ticks(step: Double) -> [Tick] {
    guard step.isNormal else { return [] }
    let first = (lower / step - 1e-9).rounded(.up)
    let last = (upper / step + 1e-9).rounded(.down)
    guard first <= last, last - first <= 1000, abs(first) < 9e15, abs(last) < 9e15 else { return [] }
    return (0...Int(last - first)).map { index in
      let value = (first + Double(index)) * step
      return Tick(value: value, label: label(value, step: step))
    }
  }

  private func label(_ value: Double, step: Double) -> String {
    let finest = Int((Glibc.log10(step) + 1e-9).rounded(.down))
    let largest = max(abs(lower), abs(upper))
    if finest >= -5 && largest < 1e6 { return NumberText.decimal(value, places: max(0, -finest)) }
    let digits = Int(Glibc.log10(largest).rounded(.down)) - finest + 1
    return value == 0 ? "0" : NumberText.scientific(value, digits: min(6, max(1, digits)))
  }

  /// The smallest of 1, 2, 5 times a power of ten that is at least `raw`.
  private static func niceStep(_ raw: Double) -> Double {
    guard raw.isNormal, raw > 0 else { return 0 }
    let exponent = Int(Glibc.log10(raw).rounded(.down))
    let choices = [1.0, 2, 5, 10].map { exponent < 0 ? $0 / power(-exponent) : $0 * power(exponent) }
    return choices.first { $0 >= raw * (1 - 1e-12) } ?? 0
  }

  /// The nearest number to a power of ten, never 0.
  private static func power(_ exponent: Int) -> Double {
    max(Double("1e\(exponent)") ?? .leastNonzeroMagnitude, .leastNonzeroMagnitude)
  }
}
