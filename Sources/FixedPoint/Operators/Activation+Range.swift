/// Ranges over intervals, by monotone pieces: a function that is monotone between consecutive turning points takes its
/// extreme values at the ends and at the turning points inside.
///
/// A turning point is hardly ever a number of the format, so it is held as an interval around it. One that the interval
/// may hold counts as inside.
extension Activation {
  /// Encloses σ over an interval, which may be unbounded; `nil` where σ is not defined on all of it, or not finite at a
  /// number of it. Over an unbounded interval the range may be unbounded.
  func range(over interval: Interval) -> Interval? {
    guard isDefined(on: interval) else { return nil }
    if kind == .sin { return Interval.sin(interval) }
    let inner = valueTurningPoints(in: interval).map(turningValue)
    let hull = inner.reduce(value(atEnd: interval.lower).hull(value(atEnd: interval.upper))) { $0.hull($1) }
    return hull.isFinite || !interval.isFinite ? hull : nil
  }

  private func value(atEnd t: Double) -> Interval { t.isInfinite ? valueLimit(t.sign) : enclosure(t) }
  private func slope(atEnd t: Double) -> Interval { t.isInfinite ? slopeLimit(t.sign) : slopeEnclosure(t) }

  /// Encloses every element of σ's generalised derivative over an interval; `nil` where it is not defined or unbounded.
  func slopeRange(over interval: Interval) -> Interval? {
    guard isDefined(on: interval), kind != .sqrt || interval.lower > 0 else { return nil }
    if kind == .sin { return Interval.cos(interval) }
    var hull = slope(atEnd: interval.lower).hull(slope(atEnd: interval.upper))
    for point in slopeTurningPoints(in: interval) { hull = hull.hull(turningSlope(point)) }
    for kink in kinks where interval.contains(kink.location) {
      hull = hull.hull(Interval(kink.left)).hull(Interval(kink.right))
    }
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
    case .identity, .tanh, .sigmoid, .softplus, .softsign, .arctan, .erf, .elu, .gelu, .silu, .sin, .log1p, .sqrt, .exp:
      []
    }
  }
}

// Turning points.
extension Activation {
  /// Encloses the zeros of σ' that the interval may hold, one by one, for the kinds that are not monotone; the sine's
  /// range needs none.
  private func valueTurningPoints(in interval: Interval) -> [Interval] {
    switch kind {
    case .gelu: [Interval(around: -0.751_791_524_693_564_5)].filter(interval.meets)
    case .silu: [Interval(around: -1.278_464_542_761_073_7)].filter(interval.meets)
    case .identity, .relu, .leakyRelu, .tanh, .sigmoid, .softplus, .softsign, .arctan, .hardtanh, .erf, .elu, .sin,
      .softshrink, .log1p, .sqrt, .exp:
      []
    }
  }

  /// Encloses the interior extrema of σ' that the interval may hold, one by one, the sine's set aside: σ'' changes its
  /// sign there.
  func slopeTurningPoints(in interval: Interval) -> [Interval] {
    switch kind {
    case .tanh, .sigmoid, .softsign, .arctan, .erf: return [Interval(0)].filter(interval.meets)
    case .gelu:
      let root = Interval.root(Interval(2))
      return [-root, root].filter(interval.meets)
    case .silu:
      let point = Interval(around: 2.399_357_280_515_467_7)
      return [-point, point].filter(interval.meets)
    case .identity, .relu, .leakyRelu, .softplus, .hardtanh, .elu, .sin, .softshrink, .log1p, .sqrt, .exp: return []
    }
  }

  /// Encloses the multiples of π that an interval may hold, where the sine's slope turns; `nil` where they are too many, or
  /// too far out to be told apart well.
  static func multiplesOfPi(in interval: Interval) -> [Interval]? {
    guard interval.magnitude <= 0x1p20, interval.width < 6 else { return nil }
    // The division may be off by less than one multiple, and no more than two are inside.
    let first = (interval.lower / .pi).rounded(.down)
    return (0...3).map { Interval(first + Double($0)) * Interval.pi }.filter(interval.meets)
  }

  /// Encloses σ over a tiny interval around a zero of σ', by its mean value form.
  private func turningValue(_ point: Interval) -> Interval {
    let middle = point.midpoint
    return enclosure(middle) + slope(point, at: middle) * (point - Interval(middle))
  }

  /// Encloses σ' over a tiny interval around a zero of σ'', by its mean value form.
  func turningSlope(_ point: Interval) -> Interval {
    let middle = point.midpoint
    return slopeEnclosure(middle) + curvature(point, at: middle) * (point - Interval(middle))
  }
}

extension Interval {
  /// The numbers next to one, which enclose whatever rounds to it.
  fileprivate init(around number: Double) { self.init(number.nextDown, number.nextUp) }

  /// Whether the two have a number in common.
  func meets(_ other: Interval) -> Bool { lower <= other.upper && other.lower <= upper }
}
