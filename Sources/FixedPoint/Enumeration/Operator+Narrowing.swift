internal import LinearAlgebra

extension Operator {
  /// Keeps both boxes as they are: nothing is known.
  public func narrow(_ value: inout IntervalVector, state: inout IntervalVector, to result: IntervalVector) -> Bool {
    true
  }

  /// Keeps the box as it is: nothing is known.
  public func narrowToDomain(_ value: inout IntervalVector) -> Bool { true }
}

extension LinearOperator {
  public func narrow(_ value: inout IntervalVector, state: inout IntervalVector, to result: IntervalVector) -> Bool {
    action.narrow(&value, to: result)
  }
}

extension SparseLinearOperator {
  public func narrow(_ value: inout IntervalVector, state: inout IntervalVector, to result: IntervalVector) -> Bool {
    for row in 0..<outputShape.count / blockSize {
      let terms = terms(ofRow: row)
      for offset in 0..<blockSize {
        let sum = terms.map { (index: $0.column * blockSize + offset, weight: $0.enclosure) }
        guard value.narrow(sum, to: result[row * blockSize + offset]) else { return false }
      }
    }
    return true
  }
}

extension LinearAction {
  /// Narrows a box to the vectors v that W may map into `result`; `false` if there are none.
  func narrow(_ value: inout IntervalVector, to result: IntervalVector) -> Bool {
    let (rows, columns) = (weight.rows, weight.columns)
    for row in 0..<result.count {
      let start = row / rows * columns
      let sum = (0..<columns).map { (index: start + $0, weight: weightEnclosure[row % rows, $0]) }
      guard value.narrow(sum, to: result[row]) else { return false }
    }
    return true
  }
}

extension Inject {
  public func narrow(_ value: inout IntervalVector, state: inout IntervalVector, to result: IntervalVector) -> Bool {
    value.narrow { result[$0] - constantEnclosure[$0] }
  }
}

extension Skip {
  public func narrow(_ value: inout IntervalVector, state: inout IntervalVector, to result: IntervalVector) -> Bool {
    let factor = Interval(stateFactor)
    guard value.narrow({ result[$0] - factor * state[$0] }) else { return false }
    return stateFactor == 0 || state.narrow { (result[$0] - value[$0]) / factor }
  }
}

extension Scale {
  public func narrow(_ value: inout IntervalVector, state: inout IntervalVector, to result: IntervalVector) -> Bool {
    factor == 0 || value.narrow { result[$0] / Interval(factor) }
  }
}

extension Activate {
  /// σ's domain; and a power other than an integer needs σ + shift >= 0, of which only the end is looked at.
  public func narrowToDomain(_ value: inout IntervalVector) -> Bool {
    let domain = Interval(activation.kind.domainStart, .infinity)
    for unit in 0..<value.count {
      guard let part = value[unit].intersection(domain), isDefined(somewhereIn: part) else { return false }
      value[unit] = part
    }
    return true
  }

  private func isDefined(somewhereIn interval: Interval) -> Bool {
    if activation.kind == .log1p && interval.upper <= -1 { return false }
    guard !power.isInteger, let range = activation.range(over: interval) else { return true }
    return Rounding.sumUp(range.upper, shift) >= 0
  }

  public func narrow(_ value: inout IntervalVector, state: inout IntervalVector, to result: IntervalVector) -> Bool {
    for unit in 0..<value.count {
      guard let narrowed = narrowed(value[unit], to: result[unit]) else { return false }
      value[unit] = narrowed
    }
    return true
  }

  /// The part of the interval that φ may map into `image`, `nil` if none; everything where φ is not monotone.
  private func narrowed(_ interval: Interval, to image: Interval) -> Interval? {
    guard interval.isFinite, let slopes = try? slopeRange(over: interval, unit: 0) else { return interval }
    if slopes.lower >= 0 { return narrowed(interval, to: image, rising: 1) }
    if slopes.upper <= 0 { return narrowed(interval, to: -image, rising: -1) }
    return interval
  }

  /// The same for sign · φ, which is non-decreasing.
  private func narrowed(_ interval: Interval, to image: Interval, rising sign: Double) -> Interval? {
    guard let least = enclosedImage(interval.lower).map({ Interval(sign) * $0 }),
      let most = enclosedImage(interval.upper).map({ Interval(sign) * $0 })
    else { return interval }
    guard most.upper >= image.lower, least.lower <= image.upper else { return nil }
    let low =
      least.upper < image.lower
      ? edge(from: interval.lower, to: interval.upper) { (sign * $0).upper < image.lower } : interval.lower
    let high =
      most.lower > image.upper
      ? edge(from: interval.upper, to: interval.lower) { (sign * $0).lower > image.upper } : interval.upper
    return low <= high ? Interval(low, high) : nil
  }

  /// The last number on the way from `start`, where it holds, to `end` up to which φ is proved to stay outside.
  private func edge(from start: Double, to end: Double, isOutside: (Interval) -> Bool) -> Double {
    var (outside, inside) = (start, end)
    for _ in 0..<12 {
      let middle = 0.5 * outside + 0.5 * inside
      if let value = enclosedImage(middle), isOutside(value) { outside = middle } else { inside = middle }
    }
    return outside
  }
}

extension Interval {
  fileprivate static func * (factor: Double, interval: Interval) -> Interval { Interval(factor) * interval }
}

extension IntervalVector {
  /// Intersects every entry with another enclosure of it; `false` if one is then empty.
  fileprivate mutating func narrow(_ enclosure: (Int) -> Interval) -> Bool {
    for i in 0..<count {
      guard let common = self[i].intersection(enclosure(i)) else { return false }
      self[i] = common
    }
    return true
  }

  /// Narrows the entries of a sum Σ wᵢ vᵢ to those with which it may lie in `result`; `false` if there are none.
  ///
  /// Each entry satisfies wᵢ vᵢ ∈ result - Σ of the others, whose bounds are the whole sum's without its own.
  fileprivate mutating func narrow(_ sum: [(index: Int, weight: Interval)], to result: Interval) -> Bool {
    var terms: [Interval] = []
    terms.reserveCapacity(sum.count)
    var total = Interval(0)
    for (index, weight) in sum {
      let term = weight * self[index]
      terms.append(term)
      total = total + term
    }
    guard total.isFinite else { return true }
    guard total.intersection(result) != nil else { return false }
    for (term, (index, weight)) in zip(terms, sum) where !weight.contains(0) {
      let low = Rounding.sumDown(result.lower, -Rounding.sumUp(total.upper, -term.upper))
      let high = Rounding.sumUp(result.upper, -Rounding.sumDown(total.lower, -term.lower))
      guard low > term.lower || high < term.upper else { continue }
      guard low <= high, let narrowed = (Interval(low, high) / weight).intersection(self[index]) else { return false }
      self[index] = narrowed
    }
    return true
  }
}
