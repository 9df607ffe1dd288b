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
  /// Elsewhere, so also over the tiny interval that is all that is known of a turning point, the mean value form bounds it.
  func chord(over interval: Interval, unit: Int) throws(EnclosureError) -> Chord {
    guard interval.isFinite, let slope = chordSlope(over: interval) else {
      return Chord(slope: 0, remainder: try enclosure(over: interval, unit: unit))
    }
    let cuts = power == 1 ? activation.slopeExtrema(in: interval) : nil
    let parts = cuts.map { interval.parts(cutAt: $0) } ?? interval.eighths.map { .any($0) }
    var remainder: Interval?
    for part in parts {
      guard let bound = departure(from: slope, over: part, unit: unit), bound.isFinite else {
        return Chord(slope: 0, remainder: try enclosure(over: interval, unit: unit))
      }
      remainder = remainder?.hull(bound) ?? bound
    }
    return Chord(slope: slope, remainder: remainder ?? Interval(0))
  }

  private func departure(from slope: Double, over part: ChordPart, unit: Int) -> Interval? {
    switch part {
    case .monotone(let piece): departure(from: slope, over: piece, unit: unit)
    case .any(let piece): departure(from: slope, overAny: piece, unit: unit)
    }
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

  /// Encloses φ(t) for a number t; `nil` where it is not defined, or may not be finite.
  func enclosedImage(_ t: Double) -> Interval? { try? enclosure(over: Interval(t), unit: 0) }

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

/// A part of an interval over which a remainder is bounded.
private enum ChordPart {
  /// σ' is monotone on it.
  case monotone(Interval)
  case any(Interval)
}

extension Activation {
  /// Encloses the places where σ' stops being monotone inside the interval, its jumps included, in order; `nil` if they
  /// are too many or not known well.
  fileprivate func slopeExtrema(in interval: Interval) -> [Interval]? {
    if kind == .sin { return Activation.multiplesOfPi(in: interval) }
    let jumps = kinks.map(\.location).filter(interval.contains).map { Interval($0) }
    return (slopeTurningPoints(in: interval) + jumps).sorted { $0.lower < $1.lower }
  }
}

extension Interval {
  /// Eight equal parts.
  fileprivate var eighths: [Interval] {
    let cuts = (1..<8).map { min(max(lower + Double($0) / 8 * (upper - lower), lower), upper) }
    return zip([lower] + cuts, cuts + [upper]).map { Interval($0, $1) }
  }

  /// The parts between places that are enclosed, in order, and apart from each other, with these places themselves.
  fileprivate func parts(cutAt places: [Interval]) -> [ChordPart] {
    var parts: [ChordPart] = []
    var start = lower
    for place in places {
      if start <= place.lower { parts.append(.monotone(Interval(start, min(place.lower, upper)))) }
      if place.lower < place.upper, let part = intersection(place) { parts.append(.any(part)) }
      start = place.upper
    }
    return start <= upper ? parts + [.monotone(Interval(start, upper))] : parts
  }
}
