internal import Glibc

/// The part of one axis that is shown.
public struct PhaseRange: Sendable, Equatable {
  public enum Scale: Sendable, Equatable { case linear, logarithmic }

  public let lower: Double
  public let upper: Double
  public let scale: Scale

  /// A range of some width; on a logarithmic scale of positive numbers alone.
  public init(_ lower: Double, _ upper: Double, _ scale: Scale = .linear) {
    self.scale = scale
    let least = scale == .linear ? -1e300 : 1e-300
    let (low, high) = (max(least, min(lower, upper)), min(1e300, max(lower, upper)))
    let isWide = high - low > 1e-12 * max(abs(low), abs(high))
    let margin = isWide ? 0 : max(abs(low) * 1e-6, scale == .linear ? 1e-12 : 1e-300)
    self.lower = scale == .linear ? low - margin : max(least, low - margin)
    self.upper = max(high, self.lower) + margin
  }

  /// A range that shows all of the finite values with a margin; `nil` where there is none that the scale can show.
  public init?(covering values: some Sequence<Double>, _ scale: Scale = .linear) {
    let shown = values.filter { $0.isFinite && (scale == .linear || $0 > 0) }
    guard let least = shown.min(), let greatest = shown.max() else { return nil }
    let tight = PhaseRange(least, greatest, scale)
    self.init(tight.value(at: -0.06), tight.value(at: 1.06), scale)
  }

  /// The value at a share of the way from the lower end, 0, to the upper end, 1.
  public func value(at share: Double) -> Double {
    switch scale {
    case .linear: lower + share * (upper - lower)
    case .logarithmic: exp(log(lower) + share * (log(upper) - log(lower)))
    }
  }

  /// Where a value stands; `nil` where it is undefined or the scale cannot show it.
  public func share(of value: Double) -> Double? {
    guard value.isFinite else { return nil }
    switch scale {
    case .linear: return (value - lower) / (upper - lower)
    case .logarithmic: return value > 0 ? log(value / lower) / log(upper / lower) : nil
    }
  }

  /// The range with a factor of its width around a share of it that stays in its place.
  public func zoomed(by factor: Double, around share: Double) -> PhaseRange {
    PhaseRange(value(at: share * (1 - factor)), value(at: share + (1 - share) * factor), scale)
  }

  /// The range about its middle as wide as another one, where it is so narrow beside it that it shows rounding alone.
  public func atLeast(_ other: PhaseRange) -> PhaseRange {
    let width = other.upper - other.lower
    guard scale == .linear, other.scale == .linear, upper - lower < 1e-9 * width else { return self }
    let middle = value(at: 0.5)
    return PhaseRange(middle - width / 2, middle + width / 2)
  }

  /// The range moved by a share of its width.
  public func moved(by share: Double) -> PhaseRange { PhaseRange(value(at: share), value(at: 1 + share), scale) }
}

/// The part of a phase plane that is shown.
public struct PhaseWindow: Sendable, Equatable {
  public var x: PhaseRange
  public var y: PhaseRange

  public init(x: PhaseRange, y: PhaseRange) {
    self.x = x
    self.y = y
  }

  /// The place at shares of the way across and up.
  public func place(_ across: Double, _ up: Double) -> PhasePoint { PhasePoint(x.value(at: across), y.value(at: up)) }
}
