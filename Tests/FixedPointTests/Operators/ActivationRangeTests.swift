import Testing

@testable import FixedPoint

/// Enclosures of activations against exact ranges: nothing is missed, from 1e-300 to 1e300, around every turning point and
/// kink, out to infinity; and what is narrow stays narrow.
@Suite struct ActivationRangeTests {
  private static let fixtures = ActivationRangeFixture.all

  @Test func theFixtureIsWhole() {
    let plain = Self.fixtures.filter { $0.link.power == 1 && $0.link.shift == 0 }
    #expect(plain.map(\.link.activation.kind) == ActivationKind.allCases)
    #expect(plain.allSatisfy { $0.records.count == 2000 })
    #expect(Self.fixtures.count - plain.count == 24)
  }

  @Test(arguments: fixtures)
  func noValueIsMissed(_ fixture: ActivationRangeFixture) {
    var misses: [Interval] = []
    for record in fixture.records {
      let found = try? fixture.link.enclosure(over: record.interval, unit: 0)
      let box = IntervalVector([record.interval])
      let forward = (try? fixture.link.enclose(box, state: box))?[0]
      if let truth = record.value {
        // Beyond the largest number no enclosure is finite: of the value, or of σ within it.
        let isHuge = truth.magnitude > 1e308 || fixture.link.activation.range(over: record.interval) == nil
        let holds = found.map { $0.contains(truth) } ?? isHuge
        if !holds || !(forward.map { $0.contains(truth) } ?? isHuge) { misses.append(record.interval) }
      } else if found != nil || forward != nil {
        misses.append(record.interval)
      }
    }
    #expect(misses.isEmpty, "\(fixture): \(misses.count) misses, \(misses.prefix(3))")
  }

  @Test(arguments: fixtures)
  func noSlopeIsMissed(_ fixture: ActivationRangeFixture) {
    var misses: [Interval] = []
    for record in fixture.records {
      let found = try? fixture.link.slopeRange(over: record.interval, unit: 0)
      guard let truth = record.slope else { continue }
      let mayBeUnbounded = fixture.link.power == 1 ? !truth.isFinite : fixture.mayHaveUnboundedSlope(record.interval)
      if !(found.map { $0.contains(truth) } ?? mayBeUnbounded) { misses.append(record.interval) }
    }
    #expect(misses.isEmpty, "\(fixture): \(misses.count) misses, \(misses.prefix(3))")
  }

  /// A line through the ends with its remainder holds the function between them.
  @Test(arguments: fixtures)
  func chordsHoldTheFunction(_ fixture: ActivationRangeFixture) {
    var misses: [Interval] = []
    for record in fixture.records where record.interval.isFinite {
      guard let chord = try? fixture.link.chord(over: record.interval, unit: 0) else { continue }
      func holds(_ point: Double, _ value: Interval) -> Bool {
        chord.remainder.meets(value - Interval(chord.slope) * Interval(point))
      }
      var isHeld = record.valueAtPoint.map { holds(record.point, $0) } ?? true
      for end in [record.interval.lower, record.interval.upper] {
        isHeld = isHeld && (fixture.link.enclosedImage(end).map { holds(end, $0) } ?? true)
      }
      if !isHeld { misses.append(record.interval) }
    }
    #expect(misses.isEmpty, "\(fixture): \(misses.count) misses, \(misses.prefix(3))")
  }

  /// Ends of narrow intervals' ranges are within some units of the exact ones; below 1e-300 digits are lost.
  @Test(arguments: fixtures.filter { $0.link.power == 1 && $0.link.shift == 0 })
  func whatIsNarrowStaysNarrow(_ fixture: ActivationRangeFixture) {
    var worst = (value: 0.0, slope: 0.0)
    for record in fixture.records where record.isNarrow {
      if let truth = record.value, let found = try? fixture.link.enclosure(over: record.interval, unit: 0) {
        worst.value = max(worst.value, found.excess(over: truth))
      }
      if let truth = record.slope, let found = try? fixture.link.slopeRange(over: record.interval, unit: 0) {
        worst.slope = max(worst.slope, found.excess(over: truth, scale: fixture.link.activation.kind.slopeScale))
      }
    }
    let allowed = fixture.link.activation.kind.allowedUlps
    #expect(worst.value <= allowed.value && worst.slope <= allowed.slope, "\(fixture): \(worst)")
  }
}

extension ActivationRangeFixture {
  /// Whether (σ + shift)^(power - 1) may be unbounded, or beyond the largest number.
  fileprivate func mayHaveUnboundedSlope(_ interval: Interval) -> Bool {
    guard interval.isFinite, link.activation.slopeRange(over: interval) != nil,
      let base = link.activation.range(over: interval).map({ $0 + Interval(link.shift) })
    else { return true }
    return (link.power < 1 && base.contains(0)) || !Interval.power(base, oneBelow: link.power).isFinite
      || Interval.power(base, oneBelow: link.power).magnitude > 1e300
  }
}

extension ActivationRangeFixture.Record {
  fileprivate var isNarrow: Bool {
    interval.magnitude <= 1e6 && interval.width <= 64 * interval.magnitude.ulp && interval.mignitude > 1e-290
  }
}

extension Interval {
  /// By how many units in the last place the further end lies outside another interval's; of numbers below `scale`, of
  /// that scale's units.
  fileprivate func excess(over truth: Interval, scale: Double = 0x1p-960) -> Double {
    func units(_ distance: Double, _ end: Double) -> Double { distance / max(abs(end), scale).ulp }
    return max(units(truth.lower - lower, truth.lower), units(upper - truth.upper, truth.upper))
  }
}

extension ActivationKind {
  /// Where a slope passes through 0 by cancellation, its units are those of 1/8.
  fileprivate var slopeScale: Double {
    switch self {
    case .gelu, .silu: 0.125
    case .identity, .relu, .leakyRelu, .tanh, .sigmoid, .softplus, .softsign, .arctan, .hardtanh, .erf, .elu, .sin,
      .softshrink, .log1p, .sqrt, .exp:
      0x1p-960
    }
  }

  /// As measured, rounded up. Above 4 are: tanh, whose values the C library may miss by 2.2 units; the slopes of tanh,
  /// sigmoid, silu, softsign and erf, quotients and products of several rounded numbers, of which a power of two between
  /// them doubles the units; softplus, a logarithm of an exponential; and gelu left of -0.67, where erfc may be off by 5.2.
  fileprivate var allowedUlps: (value: Double, slope: Double) {
    switch self {
    case .identity, .relu, .hardtanh: (0, 0)
    case .leakyRelu, .softshrink: (1, 1)
    case .sqrt: (1, 2)
    case .sin, .log1p, .exp, .arctan, .elu: (4, 4)
    case .tanh: (5, 7)
    case .sigmoid: (4, 7)
    case .softplus: (5, 4)
    case .softsign: (2, 6)
    case .erf: (4, 8)
    case .silu: (4, 9)
    case .gelu: (13, 16)
    }
  }
}
