internal import Glibc

/// A line beside a function of one variable: φ(t) - slope · t lies in `remainder` for every t of an interval.
struct Chord {
  let slope: Double
  let remainder: Interval
}

extension Activate {
  public func relax(_ form: LinearForm, over value: IntervalVector) throws(EnclosureError) -> LinearForm {
    var result = form
    for unit in 0..<value.count {
      let chord = try chord(over: value[unit], unit: unit)
      result.coefficients.scaleRow(unit, by: Interval(chord.slope))
      result.remainder[unit] = Interval(chord.slope) * form.remainder[unit] + chord.remainder
    }
    return result
  }

  /// The line through the ends of φ(t) = (σ(t) + shift)^power, with what φ departs from it.
  ///
  /// The remainder h(t) = φ(t) - slope · t is bounded piece by piece. Where σ' is monotone on the piece, h is convex or
  /// concave there: with any tangent line ℓ of h, h lies between ℓ and the chord of h, so in the hull of both lines' ends.
  func chord(over interval: Interval, unit: Int) throws(EnclosureError) -> Chord {
    guard interval.isFinite, let slope = chordSlope(over: interval) else {
      return Chord(slope: 0, remainder: try enclosure(over: interval, unit: unit))
    }
    let cuts = power == 1 ? activation.slopeExtrema(in: interval) : nil
    let pieces = interval.pieces(cutAt: cuts ?? interval.eighths)
    var remainder: Interval?
    for piece in pieces {
      let bound =
        cuts == nil
        ? departure(from: slope, overAny: piece, unit: unit) : departure(from: slope, over: piece, unit: unit)
      guard let bound, bound.isFinite else {
        return Chord(slope: 0, remainder: try enclosure(over: interval, unit: unit))
      }
      remainder = remainder?.hull(bound) ?? bound
    }
    return Chord(slope: slope, remainder: remainder ?? Interval(0))
  }

  /// (φ(b) - φ(a)) / (b - a) as computed, φ' where the interval is a point; `nil` if it is not finite.
  private func chordSlope(over interval: Interval) -> Double? {
    let (low, high) = (interval.lower, interval.upper)
    let slope = low == high ? self.slope(low) : (image(high) - image(low)) / (high - low)
    return slope.isFinite ? slope : nil
  }

  /// φ(t) as computed.
  func image(_ t: Double) -> Double {
    let base = activation.value(t) + shift
    return power == 1 ? base : pow(base, power)
  }

  /// Encloses φ(t) for a number t; `nil` where it is not defined.
  func enclosedImage(_ t: Double) -> Interval? {
    guard t >= activation.kind.domainStart else { return nil }
    let base = activation.enclosure(t) + Interval(shift)
    if power == 1 { return base }
    return base.lower >= 0 ? Interval.power(base, power) : nil
  }

  /// Encloses φ over an interval.
  private func enclosure(over interval: Interval, unit: Int) throws(EnclosureError) -> Interval {
    var box = IntervalVector(Array(repeating: interval, count: 1))
    box = try enclose(box, state: box)
    return box[0]
  }

  /// Encloses h(t) = φ(t) - slope · t for a number t.
  private func departure(from slope: Double, at t: Double) -> Interval? {
    enclosedImage(t).map { $0 - Interval(slope) * Interval(t) }
  }

  /// Encloses h over a piece on which σ' is monotone, without a power.
  private func departure(from slope: Double, over piece: Interval, unit: Int) -> Interval? {
    guard let low = departure(from: slope, at: piece.lower), let high = departure(from: slope, at: piece.upper),
      let range = try? slopeRange(over: piece, unit: unit)
    else { return nil }
    let ends = low.hull(high)
    if range.lower >= slope || range.upper <= slope { return ends }
    let touch = stationaryPoint(of: slope, in: piece)
    guard let middle = departure(from: slope, at: touch) else { return nil }
    let tangent = activation.slopeEnclosure(touch) - Interval(slope)
    let corners = [piece.lower, piece.upper].map { middle + tangent * (Interval($0) - Interval(touch)) }
    return corners.reduce(ends) { $0.hull($1) }
  }

  /// Encloses h over any piece, by its mean value form.
  private func departure(from slope: Double, overAny piece: Interval, unit: Int) -> Interval? {
    let middle = piece.midpoint
    guard let value = departure(from: slope, at: middle), let range = try? slopeRange(over: piece, unit: unit) else {
      return nil
    }
    return value + (range - Interval(slope)) * (piece - Interval(middle))
  }

  /// A number inside the piece near which σ' takes the value `slope`, σ' being monotone: good for any number inside.
  private func stationaryPoint(of slope: Double, in piece: Interval) -> Double {
    var (low, high) = (piece.lower, piece.upper)
    let isRising = activation.slope(0.75 * high + 0.25 * low) >= activation.slope(0.25 * high + 0.75 * low)
    for _ in 0..<16 {
      let middle = 0.5 * (low + high)
      if (activation.slope(middle) < slope) == isRising { low = middle } else { high = middle }
    }
    return 0.5 * (low + high)
  }
}

extension Activation {
  /// Where σ' stops being monotone inside the interval, its jumps included, in order; `nil` if there are too many.
  fileprivate func slopeExtrema(in interval: Interval) -> [Double]? {
    // Two multiples of π at most.
    if kind == .sin && interval.width >= 6 { return nil }
    return (slopeTurningPoints(in: interval) + kinks.map(\.location).filter(interval.contains)).sorted()
  }
}

extension Interval {
  /// The seven points that cut it into eight equal parts.
  fileprivate var eighths: [Double] {
    (1..<8).map { min(max(lower + Double($0) / 8 * (upper - lower), lower), upper) }
  }

  /// The parts between the given points of the interval, which are in order.
  fileprivate func pieces(cutAt points: [Double]) -> [Interval] {
    zip([lower] + points, points + [upper]).map { Interval($0, $1) }
  }
}
