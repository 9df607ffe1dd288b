internal import LinearAlgebra

/// Fixed points of many samples at once, each by Picard's or Anderson's iteration with its own coefficients.
///
/// Anderson: the combination of the last images whose residuals have the least norm, weights summing to 1, as in
/// ``Anderson``; the Gram matrix of a sample gains one row a step. Buffers are kept between batches.
/// Source: Walker, Ni, *Anderson acceleration for fixed-point iterations*, SIAM J. Numer. Anal. 49 (2011).
struct BatchIteration<Scalar: BatchScalar>: Sendable {
  /// What is asked for, of the forward and of the backward pass.
  struct Rule: Sendable {
    /// 1 for Picard.
    var window: Int
    var regularization: Double
    var tolerance: Double
    var maxSteps: Int
    var judgement: ForwardPlan.Judgement

    /// Infinity is not small beside infinity.
    func isMet(_ error: Double, relativeTo reference: Double) -> Bool {
      reference.isFinite && error <= tolerance * reference
    }
  }

  /// How it went.
  struct Report: Sendable, Equatable {
    /// Evaluations of the map for all samples together.
    var steps = 0
    /// Samples whose residual does not meet the tolerance.
    var failures = 0
    var samples = 0
  }

  private var images: [Scalar] = []
  private var residuals: [Scalar] = []
  /// Of each sample, window x window.
  private var gram: [Double] = []
  private var isDone: [Bool] = []
  /// ‖f(z) - z‖₂ of each sample, and the norm that it is compared with.
  private var errors: [Double] = []
  private var references: [Double] = []

  init() {}

  /// Moves `iterates` to the fixed points of `map`.
  ///
  /// - Parameters:
  ///   - iterates: the starts, then the last iterates, those whose residual was judged.
  ///   - total: entries of all samples; the array may be longer.
  ///   - size: entries of a sample.
  ///   - rule: what is asked for.
  ///   - scales: the norms that the residuals are relative to; `nil` for those of the images.
  ///   - map: one evaluation for all samples.
  /// - Returns: how it went.
  mutating func solve(
    _ iterates: inout [Scalar], count total: Int, size: Int, rule: Rule, scales: [Double]? = nil,
    map: (Span<Scalar>, inout MutableSpan<Scalar>) -> Void
  ) -> Report {
    let count = total / size
    reserve(count: count, size: size, window: rule.window)
    var report = Report(samples: count)
    while true {
      let slot = report.steps % rule.window
      let place = slot * count * size..<(slot + 1) * count * size
      images.mutate(place) { map(iterates.span.extracting(first: total), &$0) }
      report.steps += 1
      measure(iterates.span.extracting(first: total), slot: slot, size: size, scales: scales)
      judge(rule)
      report.failures = (0..<count).count { !isDone[$0] }
      if report.failures == 0 || report.steps >= rule.maxSteps { return report }
      let used = min(report.steps, rule.window)
      for sample in 0..<count where !isDone[sample] {
        iterates.mutate(sample * size..<(sample + 1) * size) {
          move(&$0, sample, count: count, size: size, slot: slot, used: used, rule)
        }
      }
    }
  }

  private mutating func reserve(count: Int, size: Int, window: Int) {
    images.reserve(window * count * size)
    residuals.reserve(window * count * size)
    gram = Array(repeating: 0, count: count * window * window)
    isDone = Array(repeating: false, count: count)
    errors = Array(repeating: 0, count: count)
    references = Array(repeating: 0, count: count)
  }

  /// The residuals of this step, and each sample's norms.
  private mutating func measure(_ iterates: Span<Scalar>, slot: Int, size: Int, scales: [Double]?) {
    let start = slot * iterates.count
    Self.subtract(iterates, from: images, &residuals, at: start)
    for sample in 0..<iterates.count / size where !isDone[sample] {
      let part = start + sample * size..<start + (sample + 1) * size
      errors[sample] = Self.norm(residuals, part)
      references[sample] = scales?[sample] ?? Self.norm(images, part)
    }
  }

  /// residuals <- images - iterates, from a place on.
  private static func subtract(
    _ iterates: Span<Scalar>, from images: [Scalar], _ residuals: inout [Scalar], at start: Int
  ) {
    let image = images.span.extracting(start..<start + iterates.count)
    residuals.mutate(start..<start + iterates.count) { residual in
      for i in 0..<image.count { residual[i] = image[i] - iterates[i] }
    }
  }

  private static func norm(_ values: [Scalar], _ part: Range<Int>) -> Double {
    let own = values.span.extracting(part)
    return Double(Scalar.dot(own, own)).squareRoot()
  }

  private static func dot(_ values: [Scalar], _ first: Range<Int>, _ second: Range<Int>) -> Double {
    Double(Scalar.dot(values.span.extracting(first), values.span.extracting(second)))
  }

  private mutating func judge(_ rule: Rule) {
    switch rule.judgement {
    case .sample:
      for sample in isDone.indices where rule.isMet(errors[sample], relativeTo: references[sample]) {
        isDone[sample] = true
      }
    case .batch:
      let error = errors.reduce(0) { $0 + $1 * $1 }.squareRoot()
      let reference = references.reduce(0) { $0 + $1 * $1 }.squareRoot()
      if rule.isMet(error, relativeTo: reference) { for sample in isDone.indices { isDone[sample] = true } }
    }
  }

  /// One sample's next iterate.
  private mutating func move(
    _ iterate: inout MutableSpan<Scalar>, _ sample: Int, count: Int, size: Int, slot: Int, used: Int, _ rule: Rule
  ) {
    func part(_ slot: Int) -> Range<Int> { (slot * count + sample) * size..<(slot * count + sample + 1) * size }
    if rule.window == 1 { return iterate.copy(images.span.extracting(part(slot))) }
    let base = sample * rule.window * rule.window
    for other in 0..<used {
      let product =
        other == slot
        ? errors[sample] * errors[sample] : Self.dot(residuals, part(slot), part(other))
      gram[base + slot * rule.window + other] = product
      gram[base + other * rule.window + slot] = product
    }
    let weights = combination(base, rule.window, used: used, newest: slot, rule.regularization)
    fill(&iterate, with: 0)
    for other in 0..<used where weights[other] != 0 {
      Scalar.add(Scalar(weights[other]), times: images.span.extracting(part(other)), to: &iterate)
    }
  }

  /// α with Σα = 1 and least αᵀ(G + λI)α: the solution of (G + λI) y = 1 divided by its sum. Falls back on the newest
  /// image where the Gram matrix cannot be factored.
  private func combination(_ base: Int, _ window: Int, used: Int, newest: Int, _ ridge: Double) -> SIMD8<Double> {
    var plain = SIMD8<Double>(repeating: 0)
    plain[newest] = 1
    var mean = 0.0
    for i in 0..<used { mean += gram[base + i * window + i] / Double(used) }
    var solver = SmallCholesky(order: used)
    for i in 0..<used {
      for j in 0...i { solver[i, j] = gram[base + i * window + j] }
      solver[i, i] += ridge * mean
    }
    guard let solution = solver.solveOnes() else { return plain }
    let sum = solution.sum()
    return sum > 0 && sum.isFinite ? solution / sum : plain
  }
}

/// A Cholesky factorisation of at most 8 rows, without allocation.
private struct SmallCholesky {
  let order: Int
  private var entries: InlineArray<64, Double> = InlineArray(repeating: 0)

  init(order: Int) { self.order = order }

  subscript(row: Int, column: Int) -> Double {
    get { entries[8 * row + column] }
    set { entries[8 * row + column] = newValue }
  }

  /// y with A y = (1, …, 1), zeros behind it; `nil` if A is not positive definite.
  mutating func solveOnes() -> SIMD8<Double>? {
    var solution = SIMD8<Double>(repeating: 0)
    for i in 0..<order {
      for j in 0...i {
        var sum = self[i, j]
        for k in 0..<j { sum -= self[i, k] * self[j, k] }
        if i == j {
          guard sum > 0, sum.isFinite else { return nil }
          self[i, i] = sum.squareRoot()
        } else {
          self[i, j] = sum / self[j, j]
        }
      }
    }
    for i in 0..<order {
      var sum = 1.0
      for k in 0..<i { sum -= self[i, k] * solution[k] }
      solution[i] = sum / self[i, i]
    }
    for i in (0..<order).reversed() {
      for k in i + 1..<order { solution[i] -= self[k, i] * solution[k] }
      solution[i] /= self[i, i]
    }
    return solution
  }
}
