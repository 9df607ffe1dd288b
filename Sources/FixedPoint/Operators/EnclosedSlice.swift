internal import LinearAlgebra

/// v / ‖v‖ and its derivative over a box of vectors v that does not hold 0.
///
/// uᵢ = vᵢ / ‖v‖ increases in vᵢ, since |vᵢ ∂ᵢ‖v‖| <= ‖v‖; a larger |vⱼ| of another entry moves it towards 0. Its
/// extreme values are therefore taken at two corners: the upper one at the largest vᵢ with the others' magnitudes
/// smallest if that vᵢ is positive, else largest. Each corner is evaluated with outward rounding; the norms of "the
/// others" come from running sums from both ends. The result is widened by `count + 32` units in the last place, the
/// rounding of v / ‖v‖ as it is computed in floating point ((n + 10) u: scaling, powers, sum, root, quotients).
struct EnclosedSlice {
  private let entries: [Interval]
  private let norm: VectorNorm
  private let leastOthers: [Interval]
  private let mostOthers: [Interval]
  /// Largest entry of the box: all magnitudes are divided by it before powers are taken.
  private let peak: Double

  init(_ entries: [Interval], _ norm: VectorNorm) {
    self.entries = entries
    self.norm = norm
    let peak = entries.map(\.magnitude).max() ?? 1
    self.peak = peak
    leastOthers = EnclosedSlice.others(entries.map { norm.contribution($0.mignitude, peak) }, norm)
    mostOthers = EnclosedSlice.others(entries.map { norm.contribution($0.magnitude, peak) }, norm)
  }

  /// For every entry, all contributions but its own taken together.
  private static func others(_ contributions: [Interval], _ norm: VectorNorm) -> [Interval] {
    let count = contributions.count
    var before = Array(repeating: Interval(0), count: count)
    var after = before
    for i in 1..<max(count, 1) { before[i] = norm.together(before[i - 1], contributions[i - 1]) }
    for i in stride(from: count - 2, through: 0, by: -1) {
      after[i] = norm.together(after[i + 1], contributions[i + 1])
    }
    return zip(before, after).map(norm.together)
  }

  /// Encloses uᵢ.
  func unit(_ index: Int) -> Interval {
    let entry = entries[index]
    let low = corner(entry.lower, others: entry.lower < 0 ? leastOthers[index] : mostOthers[index])
    let high = corner(entry.upper, others: entry.upper > 0 ? leastOthers[index] : mostOthers[index])
    return Interval(low.lower, high.upper).widened(byUlps: Double(entries.count + 32)).clamped(-1, 1)
  }

  /// Encloses t / ‖(t, others)‖.
  private func corner(_ t: Double, others: Interval) -> Interval {
    if t == 0 { return Interval(0) }
    let size = norm.size(norm.together(norm.contribution(abs(t), peak), others), peak)
    return Interval(t) / size.raised(to: abs(t))
  }

  /// Encloses ‖v‖.
  var size: Interval {
    let least = norm.together(leastOthers[0], norm.contribution(entries[0].mignitude, peak))
    let most = norm.together(mostOthers[0], norm.contribution(entries[0].magnitude, peak))
    let size = norm.size(least.hull(most), peak).widened(byUlps: Double(entries.count + 32))
    return size.raised(to: entries.map(\.mignitude).max() ?? 0)
  }

  /// Encloses (I - u gᵀ) / ‖v‖ for all v of the box and every g of the norm's subdifferential.
  func jacobian() -> IntervalMatrix {
    let count = entries.count
    let units = (0..<count).map(unit)
    let gradients = (0..<count).map { gradient($0, unit: units[$0]) }
    let size = size
    var result = IntervalMatrix(Matrix(rows: count, columns: count))
    for i in 0..<count {
      let factor = -units[i] / size
      for j in 0..<count where j != i { result[i, j] = factor * gradients[j] }
      result[i, i] = (Interval(1) - share(units[i], gradients[i])) / size
    }
    return result
  }

  /// The entries that may be the largest, where the norm is the sup norm.
  var peaks: [Int] {
    norm == .sup ? entries.indices.filter { entries[$0].magnitude >= leastOthers[$0].lower } : []
  }

  /// Encloses (I - u gᵀ) / ‖v‖ for the gradient g of one of the ``peaks``, with room for what u varies by in the columns
  /// of the others: any mean of derivatives over the box is a mean of members of these matrices that differ by a
  /// multiple of one vector u in these columns. `nil` where the entry's sign is not known.
  func jacobian(selecting peak: Int) -> IntervalMatrix? {
    guard !entries[peak].contains(0) else { return nil }
    let factor = Interval(1) / size
    let sign = Interval(entries[peak].lower > 0 ? 1 : -1)
    var result = IntervalMatrix(Matrix(rows: entries.count, columns: entries.count))
    for i in entries.indices {
      let unit = unit(i)
      for j in peaks { result[i, j] = Interval(-unit.width, unit.width) * factor }
      result[i, peak] = -(sign * unit * factor)
      result[i, i] = result[i, i] + factor
    }
    return result
  }

  /// Encloses uᵢ gᵢ = |uᵢ|ᵖ, which lies in [0, 1]; for the sup norm it is |gᵢ|, which is 0 unless |uᵢ| = 1.
  private func share(_ unit: Interval, _ gradient: Interval) -> Interval {
    let weight = Interval(gradient.mignitude, gradient.magnitude)
    if norm == .sup { return weight }
    return (Interval(unit.mignitude, unit.magnitude) * weight).clamped(0, 1)
  }

  /// Encloses gᵢ = ∂‖v‖/∂vᵢ.
  private func gradient(_ index: Int, unit: Interval) -> Interval {
    switch norm {
    case .sup:
      let entry = entries[index]
      if entry.magnitude < leastOthers[index].lower { return Interval(0) }
      let isPeak = entry.mignitude > mostOthers[index].upper
      let signs = Interval(entry.lower <= 0 ? -1 : 1, entry.upper >= 0 ? 1 : -1)
      return isPeak ? signs : signs.hull(Interval(0))
    case .power(1):
      return Interval(entries[index].lower <= 0 ? -1 : 1, entries[index].upper >= 0 ? 1 : -1)
    case .power(let exponent):
      return Interval(signedPower(unit.lower, exponent - 1).lower, signedPower(unit.upper, exponent - 1).upper)
    }
  }

  private func signedPower(_ t: Double, _ exponent: Double) -> Interval {
    let power = Interval.power(Interval(abs(t)), exponent)
    return t < 0 ? -power : power
  }
}

extension Interval {
  /// A norm is at least the magnitude of each entry: keeps its enclosure off 0 where powers of small entries vanish
  /// beside a large one. Half the magnitude leaves room for the norm as it is computed.
  fileprivate func raised(to magnitude: Double) -> Interval {
    let least = max(lower, 0.5 * magnitude, .leastNonzeroMagnitude)
    return Interval(least, max(upper, least))
  }
}

extension VectorNorm {
  /// What an entry of magnitude m adds to the norm: (m / peak)ᵖ, or m itself for the sup norm.
  fileprivate func contribution(_ magnitude: Double, _ peak: Double) -> Interval {
    switch self {
    case .sup: Interval(magnitude)
    case .power(let exponent): Interval.power(Interval(magnitude) / Interval(peak), exponent)
    }
  }

  fileprivate func together(_ left: Interval, _ right: Interval) -> Interval {
    switch self {
    case .sup: Interval(max(left.lower, right.lower), max(left.upper, right.upper))
    case .power: left + right
    }
  }

  /// The norm from all contributions together.
  fileprivate func size(_ total: Interval, _ peak: Double) -> Interval {
    switch self {
    case .sup: total
    case .power(let exponent): Interval(peak) * Interval.root(total, exponent)
    }
  }
}
