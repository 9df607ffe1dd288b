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
    /// Bounds |L| on the box, entry by entry.
    let bound: Matrix
    /// The largest weighted row sum, and its row.
    let rate: Double
    let row: Int

    init(_ box: IntervalVector, _ bound: Matrix, _ weights: [Double]) {
      self.box = box
      self.bound = bound
      (rate, row) = BoxCover.worstRow(bound, weights)
    }
  }

  private let logJacobian: LogJacobian
  private var parts: [Part]
  private(set) var weights: [Double]
  /// The rate in ``weights``: rounded up.
  private(set) var rate: Double

  var count: Int { parts.count }

  /// The box as one part; `nil` if L is unbounded there.
  init?(_ box: IntervalVector, _ logJacobian: LogJacobian) {
    guard let bound = logJacobian.magnitude(over: box) else { return nil }
    guard let root = try? bound.perronRoot(), root.upper.isFinite else { return nil }
    self.logJacobian = logJacobian
    weights = root.vector
    rate = root.upper
    parts = [Part(box, bound, weights)]
    levelWeights()
  }

  /// Raises the smallest weights as far as that costs at most a fiftieth of the way from the rate to 1: tiny weights, of
  /// units that hardly matter, would make rounding errors large distances.
  private mutating func levelWeights() {
    let largest = weights.max() ?? 1
    for floor in [1, 0.1, 1e-2, 1e-3, 1e-4, 1e-6] {
      let level = weights.map { max($0, floor * largest) }
      let achieved = rate(in: level)
      guard achieved <= rate + 0.02 * max(0, 1 - rate) else { continue }
      (rate, weights) = (achieved, level)
      parts = parts.map { Part($0.box, $0.bound, level) }
      return
    }
  }

  /// ‖M‖_inf of the whole box: the rate with all weights 1, rounded up.
  var rowSumRate: Double { rate(in: Array(repeating: 1, count: weights.count)) }

  /// Cuts the worst part in two, again and again, until the rate is below `target`, the cuts no longer help, or there are
  /// `most` parts.
  mutating func refine(below target: Double, most: Int) {
    var checkpoint = rate
    while rate >= target && parts.count < most {
      guard splitWorst() else { return }
      guard parts.count.nonzeroBitCount == 1 else { continue }
      adjustWeights()
      // Hopeless where doubling the number of parts brought less than a fiftieth of the way that is left.
      if parts.count > 16, checkpoint - rate < 0.02 * (rate - target) { return }
      checkpoint = rate
    }
    if rate >= target { adjustWeights() }
  }

  /// Halves, in logarithms, the part with the largest rate, across the entry that contributes most to it.
  private mutating func splitWorst() -> Bool {
    guard let worst = parts.indices.max(by: { parts[$0].rate < parts[$1].rate }) else { return false }
    let part = parts[worst]
    func gain(_ entry: Int) -> Double {
      (part.bound[part.row, entry] * weights[entry] / weights[part.row] + 1e-3) * part.box.logWidth(entry)
    }
    guard let entry = weights.indices.max(by: { gain($0) < gain($1) }) else { return false }
    let middle = (part.box.lower[entry] * part.box.upper[entry]).squareRoot()
    guard middle > part.box.lower[entry], middle < part.box.upper[entry] else { return false }
    var halves = [part.box, part.box]
    halves[0].upper[entry] = middle
    halves[1].lower[entry] = middle
    let cut = halves.compactMap { half in
      logJacobian.magnitude(over: half).map { Part(half, $0, weights) }
    }
    guard cut.count == 2 else { return false }
    parts[worst] = cut[0]
    parts.append(cut[1])
    rate = parts.map(\.rate).max() ?? .infinity
    return true
  }

  /// A few steps of `w -> max over the parts M w`, damped; the best weights seen are kept.
  private mutating func adjustWeights() {
    var trial = weights
    for _ in 0..<12 {
      let image = largestImage(of: trial)
      let floor = 1e-9 * (image.max() ?? 1)
      trial = zip(trial, image).map { ($0 * max($1, floor)).squareRoot() }
      let scale = trial.max() ?? 1
      trial = trial.map { $0 / scale }
      let achieved = rate(in: trial)
      if achieved < rate { (rate, weights) = (achieved, trial) }
    }
    parts = parts.map { Part($0.box, $0.bound, weights) }
    levelWeights()
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
