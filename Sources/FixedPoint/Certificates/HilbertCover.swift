internal import LinearAlgebra

/// Bounds the Hilbert coefficient of g = f/‖f‖_p over an invariant part Ω = {z : ‖z‖_p = 1, z >= a} of the positive sphere,
/// cut into parts.
///
/// Ω holds, with two points x, y, the log-line between them scaled back to the sphere: ‖x^(1-t) y^t‖ <= 1 by Hölder, so
/// scaling only enlarges its entries, which are at least a. Its length is d_H(x, y), since scaling does not count; so a
/// bound of the local coefficient on Ω is a Lipschitz constant there.
///
/// The local coefficient is ½ max_{a,b} ‖D - (Σ D) w‖₁, D = L_a - L_b. It is convex in the weights w of the simplex, so it
/// is largest at a unit vector e_m, where it is max(Σ_{j≠m} D_j⁺, Σ_{j≠m} D_j⁻). For p = inf, w is e_m where z_m = 1.
/// Source: theory, section 2; Lemmens, Nussbaum, *Nonlinear Perron-Frobenius Theory*, 2012, chapter 2.
struct HilbertCover {
  private struct Part {
    let box: IntervalVector
    /// The m that w = e_m may have here.
    let peaks: [Int]
    let rate: Double
  }

  private let logJacobian: LogJacobian
  private let norm: VectorNorm
  private var parts: [Part] = []
  /// The box that holds Ω.
  let region: IntervalVector

  var count: Int { parts.count }
  /// The Hilbert coefficient's bound: rounded up.
  var rate: Double { parts.map(\.rate).max() ?? .infinity }

  /// `nil` if g is not bounded away from the cone's boundary, or the coefficient is unbounded.
  init?(of network: Network, norm: VectorNorm) {
    guard let region = HilbertCover.invariantRegion(of: network, norm) else { return nil }
    self.region = region
    self.norm = norm
    logJacobian = LogJacobian(of: network)
    for (box, peaks) in HilbertCover.faces(of: region, norm) {
      guard let part = part(box, peaks) else { return nil }
      parts.append(part)
    }
  }

  /// The box around Ω: lower bounds a that g respects on all of the sphere, then shrunk.
  private static func invariantRegion(of network: Network, _ norm: VectorNorm) -> IntervalVector? {
    let count = network.dimension
    var region = IntervalVector(Array(repeating: Interval(0, 1), count: count))
    for _ in 0..<50 {
      guard let image = try? network.enclose(region) else { return nil }
      let lower = zip(region.lower, image.lower).map { min(max($0, $1), 1) }
      let grows = zip(lower, region.lower).contains { $0 > 1.01 * $1 }
      region = IntervalVector(lower: lower, upper: Array(repeating: 1, count: count))
      if !grows { break }
    }
    return region.lower.allSatisfy { $0 > 0 } ? region : nil
  }

  /// The sphere of the sup norm is made of the faces z_m = 1, taken one by one where they are few.
  private static func faces(of region: IntervalVector, _ norm: VectorNorm) -> [(IntervalVector, [Int])] {
    let count = region.count
    guard norm == .sup, count <= 12 else { return [(region, Array(0..<count))] }
    return (0..<count).map { m in
      var face = region
      face.lower[m] = 1
      return (face, [m])
    }
  }

  private func part(_ box: IntervalVector, _ peaks: [Int]) -> Part? {
    guard let enclosure = logJacobian.enclosureBeforeNormalization(over: box) else { return nil }
    return Part(box: box, peaks: peaks, rate: HilbertCover.coefficient(enclosure, peaks))
  }

  /// max over rows a, b and peaks m of max(Σ_{j≠m} D_j⁺, Σ_{j≠m} D_j⁻) for all D in L_a - L_b.
  private static func coefficient(_ matrix: IntervalMatrix, _ peaks: [Int]) -> Double {
    var largest = 0.0
    for a in 0..<matrix.rows {
      // D_j⁻ of (a, b) is D_j⁺ of (b, a).
      for b in 0..<matrix.rows where b != a {
        largest = max(largest, positivePart(matrix, a, b, peaks))
      }
    }
    return largest
  }

  /// max over m of Σ_{j≠m} max(L_aj - L_bj, 0), rounded up: see ``IntervalMatrix`` for the allowance.
  private static func positivePart(_ matrix: IntervalMatrix, _ a: Int, _ b: Int, _ peaks: [Int]) -> Double {
    let columns = matrix.columns
    func term(_ j: Int) -> Double {
      max(matrix.upper.values[a * columns + j] - matrix.lower.values[b * columns + j], 0)
    }
    var sum = 0.0
    for j in 0..<columns { sum += term(j) }
    let dropped = peaks.map(term).min() ?? 0
    return (sum - dropped + Double(columns + 8) * Double.ulpOfOne * sum).nextUp
  }

  /// Cuts the worst part in two, again and again, until the rate is below `target`, or the cuts no longer help.
  mutating func refine(below target: Double) {
    let most = region.count <= 12 ? 1024 / max(4, region.count) : parts.count
    var checkpoint = rate
    while rate >= target && parts.count < most {
      guard splitWorst() else { return }
      guard parts.count.isMultiple(of: 64) else { continue }
      if checkpoint - rate < 0.01 * (rate - target) { return }
      checkpoint = rate
    }
  }

  private mutating func splitWorst() -> Bool {
    guard let worst = parts.indices.max(by: { parts[$0].rate < parts[$1].rate }) else { return false }
    let box = parts[worst].box
    guard let entry = (0..<box.count).max(by: { box.logWidth($0) < box.logWidth($1) }) else { return false }
    let middle = (box.lower[entry] * box.upper[entry]).squareRoot()
    guard middle > box.lower[entry], middle < box.upper[entry] else { return false }
    var halves = [box, box]
    halves[0].upper[entry] = middle
    halves[1].lower[entry] = middle
    var cut: [Part] = []
    for half in halves where HilbertCover.meetsSphere(half, norm) {
      guard let part = part(half, parts[worst].peaks) else { return false }
      cut.append(part)
    }
    parts.remove(at: worst)
    parts += cut
    return !parts.isEmpty
  }

  /// False only if the box provably misses the sphere.
  private static func meetsSphere(_ box: IntervalVector, _ norm: VectorNorm) -> Bool {
    let slack = 1e-9
    return norm.of(box.lower.span) <= 1 + slack && norm.of(box.upper.span) >= 1 - slack
  }
}
