/// Ranges over intervals, by monotone pieces: a function that is monotone between consecutive turning points takes its
/// extreme values at the ends and at the turning points inside.
///
/// A turning point t* is stored as the nearest number t, |t - t*| <= 2⁻⁵² |t*|. An interval that ends between the two
/// misses the extremum by at most ½ max|σ''| (t - t*)² < 1e-31, far below the widening of every enclosure.
extension Activation {
  /// Encloses σ over an interval, which may be unbounded; `nil` where σ is not defined on all of it, or not finite at a
  /// number of it. Over an unbounded interval the range may be unbounded.
  func range(over interval: Interval) -> Interval? {
    guard isDefined(on: interval) else { return nil }
    let inner = valueTurningPoints(in: interval).map(enclosure)
    let hull = inner.reduce(value(atEnd: interval.lower).hull(value(atEnd: interval.upper))) { $0.hull($1) }
    return hull.isFinite || !interval.isFinite ? hull : nil
  }

  private func value(atEnd t: Double) -> Interval { t.isInfinite ? valueLimit(t.sign) : enclosure(t) }
  private func slope(atEnd t: Double) -> Interval { t.isInfinite ? slopeLimit(t.sign) : slopeEnclosure(t) }

  /// Encloses every element of σ's generalised derivative over an interval; `nil` where it is not defined or unbounded.
  func slopeRange(over interval: Interval) -> Interval? {
    guard isDefined(on: interval), kind != .sqrt || interval.lower > 0 else { return nil }
    let ends = [slope(atEnd: interval.lower), slope(atEnd: interval.upper)]
    let smooth = ends + slopeTurningPoints(in: interval).map(slopeEnclosure)
    let jumps = kinks.filter { interval.contains($0.location) }.map {
      Interval(min($0.left, $0.right), max($0.left, $0.right))
    }
    let ranges = smooth + jumps
    let hull = ranges.dropFirst().reduce(ranges[0]) { $0.hull($1) }
    return hull.isFinite ? hull : nil
  }

  private func isDefined(on interval: Interval) -> Bool {
    kind == .log1p ? interval.lower > -1 : interval.lower >= kind.domainStart
  }

  /// Where the slope jumps, with the slopes on both sides.
  var kinks: [(location: Double, left: Double, right: Double)] {
    switch kind {
    case .relu: [(0, 0, 1)]
    case .leakyRelu: [(0, parameter, 1)]
    case .hardtanh: [(-1, 0, 1), (1, 1, 0)]
    case .softshrink: parameter == 0 ? [] : [(-parameter, 1, 0), (parameter, 0, 1)]
    default: []
    }
  }

  /// The zeros of σ' inside, for the kinds that are not monotone.
  func valueTurningPoints(in interval: Interval) -> [Double] {
    switch kind {
    case .gelu: [-0.751_791_524_693_564_5].filter(interval.contains)
    case .silu: [-1.278_464_542_761_073_7].filter(interval.contains)
    case .sin: Activation.multiplesOfPi(in: interval, offset: 0.5)
    default: []
    }
  }

  /// The interior extrema of σ' inside: σ'' changes its sign there.
  func slopeTurningPoints(in interval: Interval) -> [Double] {
    switch kind {
    case .tanh, .sigmoid, .softsign, .arctan, .erf: [0].filter(interval.contains)
    case .gelu: [-Double(2).squareRoot(), Double(2).squareRoot()].filter(interval.contains)
    case .silu: [-2.399_357_280_520_037, 2.399_357_280_520_037].filter(interval.contains)
    case .sin: Activation.multiplesOfPi(in: interval, offset: 0)
    default: []
    }
  }

  /// (k + offset) π inside: at most the first two, which already are a maximum and a minimum.
  private static func multiplesOfPi(in interval: Interval, offset: Double) -> [Double] {
    guard interval.isFinite else { return [offset * .pi, (offset + 1) * .pi] }
    let first = (interval.lower / .pi - offset).rounded(.up)
    return [first, first + 1].map { ($0 + offset) * .pi }.filter(interval.contains)
  }
}
