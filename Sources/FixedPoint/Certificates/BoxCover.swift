internal import Glibc
internal import LinearAlgebra

/// A box of the open cone, cut into parts with an entrywise bound of |L| on each, and one vector of weights for all.
///
/// The rate in the weights w is `max over the parts of ‖diag(w)⁻¹ M diag(w)‖_inf`. The same w serves every part, so that
/// the rate is a Lipschitz constant on the whole box: a log-line between two of its points stays in the box, and its
/// length in d_{T,w} is the sum of the lengths of its pieces in the parts.
///
/// The best w makes `max over the parts (M w)_i / w_i` equal for all i: it is the eigenvector of the order-preserving,
/// homogeneous map `w -> max over the parts M w`, found by iterating it. Any w > 0 proves its own rate.
/// Source: Collatz, Wielandt; for the maximum of linear maps, Lemmens, Nussbaum, *Nonlinear Perron-Frobenius Theory*, 5.2.
struct BoxCover {
  private struct Part {
    let box: IntervalVector
    let bound: Matrix
  }

  private let logJacobian: LogJacobian
  private var parts: [Part]
  private(set) var weights: [Double]
  /// The rate in ``weights``: rounded up.
  private(set) var rate: Double

  var count: Int { parts.count }

  /// The box as one part; `nil` if L is unbounded there.
  init?(_ box: IntervalVector, _ logJacobian: LogJacobian) {
    guard let bound = logJacobian.enclosure(over: box)?.magnitude else { return nil }
    guard let root = try? bound.perronRoot(), root.upper.isFinite else { return nil }
    self.logJacobian = logJacobian
    parts = [Part(box: box, bound: bound)]
    weights = root.vector
    rate = root.upper
  }

  /// ‖M‖_inf of the whole box: the rate with all weights 1, rounded up.
  var rowSumRate: Double { rate(in: Array(repeating: 1, count: weights.count)) }

  /// Cuts the worst part in two, again and again, until the rate is below `target`, the cuts no longer help, or there are
  /// `most` parts.
  mutating func refine(below target: Double, most: Int) {
    var checkpoint = rate
    while rate >= target && parts.count < most {
      guard splitWorst() else { return }
      adjustWeights()
      guard parts.count.isMultiple(of: 64) else { continue }
      // Hopeless where the last 64 cuts brought less than a hundredth of the way that is left.
      if checkpoint - rate < 0.01 * (rate - target) { return }
      checkpoint = rate
    }
  }

  /// Halves, in logarithms, the part with the largest rate, across the entry that contributes most to it.
  private mutating func splitWorst() -> Bool {
    let rates = parts.map { BoxCover.worstRow($0.bound, weights) }
    let worst = rates.indices.max { rates[$0].rate < rates[$1].rate } ?? 0
    let part = parts[worst]
    let row = rates[worst].row
    let gains = (0..<weights.count).map { part.bound[row, $0] * weights[$0] * part.box.logWidth($0) }
    let spread = (0..<weights.count).map { gains[$0] + 1e-3 * part.box.logWidth($0) }
    guard let entry = spread.indices.max(by: { spread[$0] < spread[$1] }) else { return false }
    let middle = (part.box.lower[entry] * part.box.upper[entry]).squareRoot()
    guard middle > part.box.lower[entry], middle < part.box.upper[entry] else { return false }
    var low = part.box
    var high = part.box
    low.upper[entry] = middle
    high.lower[entry] = middle
    guard let first = logJacobian.enclosure(over: low), let second = logJacobian.enclosure(over: high) else {
      return false
    }
    parts[worst] = Part(box: low, bound: first.magnitude)
    parts.append(Part(box: high, bound: second.magnitude))
    return true
  }

  /// A few steps of `w -> max over the parts M w`, damped; the best weights seen are kept.
  private mutating func adjustWeights() {
    rate = rate(in: weights)
    var trial = weights
    for _ in 0..<4 {
      let image = largestImage(of: trial)
      let floor = 1e-9 * (image.max() ?? 1)
      trial = zip(trial, image).map { ($0 * max($1, floor)).squareRoot() }
      let scale = trial.max() ?? 1
      trial = trial.map { $0 / scale }
      let achieved = rate(in: trial)
      if achieved < rate { (rate, weights) = (achieved, trial) }
    }
  }

  /// max over the parts of M w, entry by entry.
  private func largestImage(of vector: [Double]) -> [Double] {
    parts.reduce(into: Array(repeating: 0, count: vector.count)) { result, part in
      for i in result.indices { result[i] = max(result[i], BoxCover.rowSum(part.bound, i, vector)) }
    }
  }

  private func rate(in weights: [Double]) -> Double {
    parts.map { BoxCover.worstRow($0.bound, weights).rate }.max() ?? .infinity
  }

  /// max_i (M w)_i / w_i, rounded up, and where it is taken.
  private static func worstRow(_ bound: Matrix, _ weights: [Double]) -> (rate: Double, row: Int) {
    var worst = (rate: -Double.infinity, row: 0)
    for row in 0..<bound.rows {
      let rate = Rounding.quotientUp(rowSum(bound, row, weights), weights[row])
      if rate > worst.rate { worst = (rate, row) }
    }
    return worst
  }

  /// (M w)_row, rounded up. The error of a sum of n non-negative products is at most γ_n of it, of which (n + 4) ulp(1)
  /// is twice as much; underflow loses less than the smallest number a product.
  private static func rowSum(_ bound: Matrix, _ row: Int, _ weights: [Double]) -> Double {
    var sum = 0.0
    for j in 0..<bound.columns { sum += bound.values[row * bound.columns + j] * weights[j] }
    let slack = Double(bound.columns + 4) * Double.ulpOfOne
    return (sum * (1 + slack) + Double(bound.columns) * .leastNonzeroMagnitude).nextUp
  }
}

extension IntervalVector {
  /// log(upper / lower) of an entry, as computed.
  func logWidth(_ entry: Int) -> Double { log(upper[entry] / lower[entry]) }
}
