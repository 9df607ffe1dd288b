/// Finds sup |t σ'(t)| / (σ(t) + c) by branch and bound.
///
/// The domain is cut at 0 and at the kinks into smooth pieces and, where it is unbounded, tails |t| >= T. Of
/// r = t σ' / (σ + c) each piece has a bound by its derivative, r(m) + r'(piece) (piece - m), or by its ends where r' has
/// one sign; each tail has one by the estimates of ``rightTailBound(_:)`` and ``leftTailBound(_:)``. The part with the largest bound is cut in two
/// until it exceeds the largest value seen by no more than rounding: about 40 halvings around every maximiser.
///
/// Source: Ratschek, Rokne, New Computer Methods for Global Optimization, 1988 (mean value form, cut-off test).
struct CoefficientSearch {
  private enum Part {
    case piece(Interval)
    case tail(sign: Double, start: Double)
  }

  private struct BoundedPart {
    let part: Part
    /// At least the supremum of |r| over the part.
    let bound: Double
    /// The least bound that cutting can yield: the upper bound of r at a point of the part.
    let floor: Double
  }

  private let activation: Activation
  private let shift: Double
  /// t cancels in t σ' / σ: gelu and silu on t > 0 without shift.
  private let isReduced: Bool
  private var parts: [BoundedPart] = []
  /// The largest value seen: a lower bound of the supremum.
  private var best = 0.0

  private static let firstTail = 40.0
  private static let tolerance = 1e-13
  private static let maxCuts = 3000

  init(_ activation: Activation, shift: Double, over domain: ActivationCoefficient.Domain) {
    self.activation = activation
    self.shift = shift
    isReduced = shift == 0 && domain == .positive && CoefficientSearch.hasReducedRatio(activation.kind)
    for part in CoefficientSearch.parts(of: domain, cuts: [0] + activation.kinks.map(\.location)) { add(part) }
  }

  private static func parts(of domain: ActivationCoefficient.Domain, cuts: [Double]) -> [Part] {
    let start = max(firstTail, 2 * (cuts.max() ?? 0))
    switch domain {
    case .positive: return pieces(Interval(0, start), cuts) + [.tail(sign: 1, start: start)]
    case .real:
      return pieces(Interval(-start, start), cuts) + [.tail(sign: 1, start: start), .tail(sign: -1, start: start)]
    case .interval(let interval): return pieces(interval, cuts)
    }
  }

  private static func pieces(_ interval: Interval, _ cuts: [Double]) -> [Part] {
    let inner = cuts.sorted().filter { interval.lower < $0 && $0 < interval.upper }
    let ends = [interval.lower] + inner + [interval.upper]
    return zip(ends, ends.dropFirst()).map { .piece(Interval($0, $1)) }
  }

  mutating func run() -> ActivationCoefficient {
    for _ in 0..<CoefficientSearch.maxCuts {
      guard let index = indexOfLargestBound else { break }
      let largest = parts[index]
      if largest.bound <= max(best, largest.floor) * (1 + CoefficientSearch.tolerance) { break }
      guard let halves = CoefficientSearch.cut(largest) else { break }
      parts.remove(at: index)
      for half in halves { add(half) }
    }
    let bound = max(parts.map(\.bound).max() ?? 0, best)
    return bound.isFinite ? .bounded(value: best, upperBound: bound) : .unbounded
  }

  /// Of equal bounds the last, so that parts without a bound are cut depth first.
  private var indexOfLargestBound: Int? {
    var largest: Int?
    for index in parts.indices where parts[index].bound >= largest.map({ parts[$0].bound }) ?? 0 { largest = index }
    return largest
  }

  /// Two halves; `nil` if there is no use in it: an unbounded tail (every tail is bounded if the supremum is finite), or
  /// a piece so small that σ + c is not positive on it to nine digits.
  private static func cut(_ bounded: BoundedPart) -> [Part]? {
    switch bounded.part {
    case .piece(let interval):
      let middle = interval.midpoint
      let least = bounded.bound.isFinite ? 0 : 1e-9 * max(1, abs(middle))
      guard interval.width > least, interval.lower < middle, middle < interval.upper else { return nil }
      return [.piece(Interval(interval.lower, middle)), .piece(Interval(middle, interval.upper))]
    case .tail(let sign, let start):
      guard bounded.bound.isFinite else { return nil }
      let piece = sign > 0 ? Interval(start, 2 * start) : Interval(-2 * start, -start)
      return [.piece(piece), .tail(sign: sign, start: 2 * start)]
    }
  }

  /// Adds a part unless its bound shows that it cannot matter.
  private mutating func add(_ part: Part) {
    let bounded: BoundedPart
    switch part {
    case .piece(let interval): bounded = boundedPiece(interval)
    case .tail(let sign, let start):
      let bound = sign > 0 ? rightTailBound(start) : leftTailBound(start)
      bounded = BoundedPart(part: part, bound: bound, floor: 0)
    }
    if bounded.bound > best { parts.append(bounded) }
  }
}

// Pieces.
extension CoefficientSearch {
  private mutating func boundedPiece(_ piece: Interval) -> BoundedPart {
    let middle = piece.midpoint
    guard let (ratio, slope) = ratio(piece, at: middle),
      let samples = samples([piece.lower, middle, piece.upper], at: middle)
    else { return BoundedPart(part: .piece(piece), bound: .infinity, floor: 0) }
    best = max(best, samples.map(\.mignitude).max() ?? 0)
    let floor = samples.map(\.magnitude).max() ?? 0
    let isMonotone = slope.lower >= 0 || slope.upper <= 0
    let meanValue = samples[1] + slope * (piece - Interval(middle))
    let bound = isMonotone ? floor : (meanValue.intersection(ratio) ?? ratio).magnitude
    return BoundedPart(part: .piece(piece), bound: min(max(bound, floor), plainBound(piece)), floor: floor)
  }

  /// 1 where σ' <= 1, σ(t) >= t >= 0 and c >= 0, else no bound: spares a long search where r tends to 1.
  private func plainBound(_ piece: Interval) -> Double {
    guard piece.lower >= 0, shift >= 0 else { return .infinity }
    switch activation.kind {
    case .identity, .relu, .leakyRelu, .elu, .softplus: return 1
    case .tanh, .sigmoid, .softsign, .arctan, .hardtanh, .erf, .gelu, .silu, .sin, .softshrink, .log1p, .sqrt, .exp:
      return .infinity
    }
  }

  /// Encloses r at points of the piece that holds `middle`, the one-sided values at its ends.
  private func samples(_ points: [Double], at middle: Double) -> [Interval]? {
    let samples = points.compactMap { ratio(Interval($0), at: middle)?.ratio }
    return samples.count == points.count ? samples : nil
  }

  /// Encloses r and r' over an interval on the smooth piece that holds `point`; `nil` if σ + c may not be positive there.
  private func ratio(_ t: Interval, at point: Double) -> (ratio: Interval, slope: Interval)? {
    if isReduced { return reducedRatio(t) }
    guard let base = activation.range(over: t).map({ $0 + Interval(shift) }), base.lower > 0 else { return nil }
    let slope = activation.slope(t, at: point)
    let growth = slope / base
    let ratio = t * growth
    return (ratio, (slope + t * activation.curvature(t, at: point)) / base - ratio * growth)
  }

  private static func hasReducedRatio(_ kind: ActivationKind) -> Bool {
    switch kind {
    case .gelu, .silu: true
    case .identity, .relu, .leakyRelu, .tanh, .sigmoid, .softplus, .softsign, .arctan, .hardtanh, .erf, .elu, .sin,
      .softshrink, .log1p, .sqrt, .exp:
      false
    }
  }

  /// gelu: r = 1 + t q with q = φ/Φ, r' = q (1 - t² - t q); silu: r = 1 + t (1 - s), r' = (1 - s) (1 - t s).
  private func reducedRatio(_ t: Interval) -> (ratio: Interval, slope: Interval)? {
    let one = Interval(1)
    switch activation.kind {
    case .gelu:
      let quotient = Activation.normalDensity(t) / Interval.normalDistribution(t)
      return (one + t * quotient, quotient * (one - t * t - t * quotient))
    case .silu:
      let complement = Activation.sigmoid(-t)
      return (one + t * complement, complement * (one - t * Activation.sigmoid(t)))
    case .identity, .relu, .leakyRelu, .tanh, .sigmoid, .softplus, .softsign, .arctan, .hardtanh, .erf, .elu, .sin,
      .softshrink, .log1p, .sqrt, .exp:
      return nil
    }
  }
}

// Tails.
extension CoefficientSearch {
  /// Over t >= T, T >= 40.
  private mutating func rightTailBound(_ start: Double) -> Double {
    switch activation.kind {
    case .tanh, .sigmoid, .softsign, .arctan, .hardtanh, .erf:
      // t σ' decreases and σ increases.
      return decayedSlope(start).quotientBound(activation.enclosure(start) + Interval(shift))
    case .identity, .relu, .leakyRelu, .elu, .softplus:
      // σ' <= 1 and σ >= t.
      return linearTailBound(start, slope: Interval(1), growth: Interval(1), offset: Interval(shift))
    case .softshrink:
      let offset = Interval(shift) - Interval(activation.parameter)
      return linearTailBound(start, slope: Interval(1), growth: Interval(1), offset: offset)
    case .gelu, .silu:
      // σ' decreases to 1, and σ / t increases to 1.
      let growth = activation.enclosure(start) / Interval(start)
      return linearTailBound(
        start, slope: activation.slopeEnclosure(start), growth: growth, offset: Interval(shift))
    case .log1p:
      // t σ' = t / (1 + t) <= 1 and σ increases.
      return Interval(1).quotientBound(activation.enclosure(start) + Interval(shift))
    case .sin, .exp, .sqrt:
      return .infinity
    }
  }

  /// Over t <= -T, T >= 40: |t σ'| decreases in |t|, and σ is at least its infimum.
  private mutating func leftTailBound(_ start: Double) -> Double {
    if activation.kind == .softsign && shift == 1 {
      // σ + 1 = 1 / (1 + |t|), so r = |t| / (1 + |t|) tends to 1.
      best = max(best, 1)
      return 1
    }
    guard let infimum = leftInfimum(start) else { return .infinity }
    return decayedSlope(-start).quotientBound(infimum + Interval(shift))
  }

  /// Encloses a lower bound of σ over t <= -T; `nil` if there is none.
  private func leftInfimum(_ start: Double) -> Interval? {
    switch activation.kind {
    case .tanh, .softsign, .hardtanh, .erf, .elu: Interval(-1)
    case .arctan: Interval(-0.5) * Interval.pi
    case .sigmoid, .softplus, .relu, .exp: Interval(0)
    case .gelu, .silu: activation.enclosure(-start)
    case .leakyRelu: activation.parameter == 0 ? Interval(0) : nil
    case .identity, .sin, .softshrink, .log1p, .sqrt: nil
    }
  }

  private func decayedSlope(_ t: Double) -> Interval { Interval(abs(t)) * activation.slopeEnclosure(t) }

  /// Over t >= T of S t / (κ t + c): at most S/κ, approached for t -> inf, if c >= 0, else decreasing.
  private mutating func linearTailBound(_ start: Double, slope: Interval, growth: Interval, offset: Interval) -> Double
  {
    best = max(best, 1)
    if offset.lower >= 0 { return (slope / growth).upper }
    return (Interval(start) * slope).quotientBound(growth * Interval(start) + offset)
  }
}

extension Interval {
  /// The largest magnitude of self / divisor, infinite if the divisor may not be positive.
  fileprivate func quotientBound(_ divisor: Interval) -> Double {
    divisor.lower > 0 ? (self / divisor).magnitude : .infinity
  }
}
