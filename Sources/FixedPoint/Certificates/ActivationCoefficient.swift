/// A proved upper bound of the coefficient `sup |t σ'(t)| / (σ(t) + shift)` of a scalar activation: by how much its
/// relative change may exceed that of its argument.
///
/// The argument's half lines are cut into segments [a, b] of |t|. On each the ratio is bounded by interval arithmetic;
/// segments are halved until the bound is within ``tolerance`` of a value that is taken, so that the result exceeds the
/// exact coefficient by little more. Towards infinity the ratio is bounded by the kinds' known decay or growth.
/// Source: Sittoni, Tudisco, *Subhomogeneous Deep Equilibrium Models*, ICML 2024, section 4 (the coefficients).
public struct ActivationCoefficient {
  /// Where the argument may be.
  public enum Side: Sendable {
    /// t > 0
    case positive
    /// all of R
    case real
  }

  /// Relative excess of the bound over the exact coefficient.
  static let tolerance = 1e-7

  private let activation: Activation
  private let shift: Double
  /// +1 or -1: which half line the segments lie on.
  private var sign = 1.0
  /// A value that the ratio takes.
  private var taken = 0.0
  private var bound = 0.0
  private var splittings = 0

  private init(_ activation: Activation, shift: Double) {
    self.activation = activation
    self.shift = shift
  }

  /// `nil` where the ratio is unbounded, or σ + shift is not positive on the whole side.
  static func upperBound(of activation: Activation, shift: Double, on side: Side) -> Double? {
    var search = ActivationCoefficient(activation, shift: shift)
    search.follow(1)
    if side == .real { search.follow(-1) }
    return search.bound.isFinite ? search.bound : nil
  }

  private static let mostSplittings = 40_000

  /// Bounds the ratio on a half line.
  private mutating func follow(_ sign: Double) {
    self.sign = sign
    let exponents = -10...30
    let cuts = exponents.map { Double(sign: .plus, exponent: $0, significand: 1) }
    taken = max(taken, peak(between: cuts[0], and: cuts[cuts.count - 1]))
    settle(cuts[cuts.count - 1], .infinity)
    settle(0, cuts[0])
    for (a, b) in zip(cuts, cuts.dropFirst()) { settle(a, b) }
  }

  /// A large value of the ratio, by scanning and narrowing: where it is taken does not matter for the proof.
  private func peak(between low: Double, and high: Double) -> Double {
    var (a, b) = (low, high)
    var best = 0.0
    for _ in 0..<12 {
      let factor = Interval.root(Interval(b / a), 24).midpoint
      var points = [a]
      for _ in 0..<24 { points.append(points[points.count - 1] * factor) }
      let ratios = points.map(ratio)
      let top = ratios.indices.max { ratios[$0] < ratios[$1] } ?? 0
      best = max(best, ratios[top])
      (a, b) = (points[max(top - 1, 0)], points[min(top + 1, points.count - 1)])
    }
    return best
  }

  /// The ratio at |t|, as computed; 0 where it is undefined.
  private func ratio(_ magnitude: Double) -> Double {
    let t = sign * magnitude
    let value = abs(t * activation.slope(t)) / (activation.value(t) + shift)
    return value.isFinite ? value : 0
  }

  /// Takes the bound on |t| in [a, b] into account, in parts where the whole is too coarse.
  private mutating func settle(_ a: Double, _ b: Double) {
    guard bound.isFinite else { return }
    let estimate = bound(a, b)
    if estimate <= max(bound, taken * (1 + ActivationCoefficient.tolerance)) {
      bound = max(bound, estimate)
      return
    }
    let middle = a > 0 && b > 2 * a ? (a * b).squareRoot() : 0.5 * a + 0.5 * b
    splittings += 1
    guard b.isFinite, b > 1e-12, middle > a, middle < b, splittings < ActivationCoefficient.mostSplittings else {
      bound = max(bound, estimate)
      return
    }
    taken = max(taken, ratio(middle))
    settle(a, middle)
    settle(middle, b)
  }

  /// Bounds the ratio for |t| in [a, b] on the side at hand: the least of the bounds that apply.
  private func bound(_ a: Double, _ b: Double) -> Double {
    let segment = sign > 0 ? Interval(a, b) : Interval(-b, -a)
    guard let range = activation.range(over: segment) else { return .infinity }
    let value = range + Interval(shift)
    guard value.lower > 0 || (a == 0 && value.lower == 0) else { return .infinity }
    return [byProduct(segment, b, value), byDecay(a, b, value), byConcavity(range, value), byGrowth(segment, a, b)]
      .compactMap { $0 }.min() ?? .infinity
  }

  /// |t| |σ'| / (σ + shift), factor by factor.
  private func byProduct(_ segment: Interval, _ b: Double, _ value: Interval) -> Double? {
    guard b.isFinite, value.lower > 0, let slope = activation.slopeRange(over: segment) else { return nil }
    return Rounding.quotientUp(Rounding.productUp(b, slope.magnitude), value.lower)
  }

  /// Where |t σ'(t)| falls from a to infinity, its value at a.
  private func byDecay(_ a: Double, _ b: Double, _ value: Interval) -> Double? {
    guard b == .infinity, value.lower > 0 else { return nil }
    if activation.kind == .log1p && sign > 0 { return Rounding.quotientUp(1, value.lower) }
    guard decays, a >= 64 else { return nil }
    let slope = activation.slopeEnclosure(sign * a).magnitude
    return Rounding.quotientUp(Rounding.productUp(a, slope), value.lower)
  }

  /// Whether |t σ'(t)| decreases for |t| >= 64: its derivative σ' + t σ'' has the sign of σ'' t there.
  private var decays: Bool {
    switch activation.kind {
    case .tanh, .sigmoid, .softsign, .arctan, .erf, .hardtanh: true
    case .relu, .softplus, .elu, .gelu, .silu, .exp: sign < 0
    default: false
    }
  }

  /// For a concave σ on t >= 0: t σ'(t) <= σ(t) - σ(0), and (u - σ(0)) / (u + shift) grows with u = σ(t). For the root,
  /// half of it.
  private func byConcavity(_ range: Interval, _ value: Interval) -> Double? {
    guard sign > 0, activation.isConcaveOnPositives else { return nil }
    let start = activation.enclosure(0)
    guard (start + Interval(shift)).lower >= 0 else { return nil }
    let share = range.upper == .infinity || value.upper == 0 ? 1 : min(1, share(range.upper, start))
    return activation.kind == .sqrt ? 0.5 * share : share
  }

  private func share(_ u: Double, _ start: Interval) -> Double {
    let divisor = Rounding.sumDown(u, shift)
    return divisor > 0 ? Rounding.quotientUp(Rounding.sumUp(u, -start.lower), divisor) : 1
  }

  /// For σ(t) = t g(t) with g not decreasing on t >= 0: σ' / (g + shift / t), g at the segment's start.
  private func byGrowth(_ segment: Interval, _ a: Double, _ b: Double) -> Double? {
    guard sign > 0, shift >= 0, let slope = activation.slopeRange(over: segment) else { return nil }
    let least: Double
    switch activation.kind {
    case .gelu, .silu: least = a == 0 ? 0.5 : (activation.enclosure(a) / Interval(a)).lower
    case .softplus: least = 1
    default: return nil
    }
    return Rounding.quotientUp(slope.magnitude, Rounding.sumDown(least, Rounding.quotientDown(shift, b)))
  }
}

extension Activation {
  /// Whether σ is concave and not decreasing on t >= 0.
  var isConcaveOnPositives: Bool {
    switch kind {
    case .identity, .relu, .leakyRelu, .tanh, .sigmoid, .softsign, .arctan, .hardtanh, .erf, .elu, .log1p, .sqrt: true
    case .softshrink: parameter == 0
    case .softplus, .gelu, .silu, .sin, .exp: false
    }
  }

  /// Whether σ is not decreasing on t >= 0, or on all of its domain.
  func isMonotone(on side: ActivationCoefficient.Side) -> Bool {
    switch kind {
    case .sin: false
    case .gelu, .silu: side == .positive
    default: true
    }
  }
}

extension Activate {
  /// A proved upper bound of `sup |t s'(t)| / s(t)` for s = (σ + shift)^power; `nil` where there is none.
  func coefficient(on side: ActivationCoefficient.Side) -> Double? {
    ActivationCoefficient.upperBound(of: activation, shift: shift, on: side).map {
      power == 1 ? $0 : Rounding.productUp(abs(power), $0)
    }
  }
}
