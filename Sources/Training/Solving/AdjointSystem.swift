internal import LinearAlgebra

/// (I - Jᵀ) g = v at the states of many samples.
struct AdjointSystem<Scalar: BatchScalar> {
  let model: Model<Scalar>
  let weights: LinearPart<Scalar>.Weights
  let point: Linearization<Scalar>
  var inner: [Scalar]
  var scratch: [Scalar]

  /// result <- Jᵀ g.
  private mutating func pullBack(_ gradient: Span<Scalar>, into result: inout MutableSpan<Scalar>) {
    model.layer.pullBack(weights, gradient, at: point, into: &result, inner: &inner, scratch: &scratch)
  }

  /// result <- g by the plan's method, or v where that is better; what misses the tolerance is counted.
  mutating func solve(
    _ cotangents: [Scalar], count: Int, size: Int, _ plan: BackwardPlan, into gradients: inout [Scalar],
    by iteration: inout BatchIteration<Scalar>
  ) -> SolveStatistics {
    var statistics = attempt(cotangents, count: count, size: size, plan, into: &gradients, by: &iteration)
    guard plan.method == .phantom || statistics.failures > 0 else { return statistics }
    var whole = gradients.mutableSpan
    var result = whole._mutatingExtracting(first: count)
    statistics.replaced = fallBack(cotangents.span.extracting(first: count), size: size, plan, &result)
    if plan.method == .phantom { statistics.failures = statistics.replaced }
    return statistics
  }

  /// Puts v in the place of every g that is worse, by the residuals of both.
  ///
  /// A surrogate is not meant to solve the system: it is worse once it also misses by more than g = 0 does, as its series
  /// does only where it grows.
  /// - Returns: the number of samples for which that was so.
  private mutating func fallBack(
    _ right: Span<Scalar>, size: Int, _ plan: BackwardPlan, _ result: inout MutableSpan<Scalar>
  ) -> Int {
    let own = residuals(result.span, right, size: size)
    let (plain, scales) = (residuals(right, right, size: size), norms(right, size: size))
    var count = 0
    for sample in own.indices {
      let limit = plan.isExact ? plain[sample] : max(plain[sample], scales[sample])
      if own[sample] <= limit { continue }
      for i in sample * size..<(sample + 1) * size { result[i] = right[i] }
      count += 1
    }
    return count
  }

  private mutating func attempt(
    _ cotangents: [Scalar], count: Int, size: Int, _ plan: BackwardPlan, into gradients: inout [Scalar],
    by iteration: inout BatchIteration<Scalar>
  ) -> SolveStatistics {
    let right = cotangents.span.extracting(first: count)
    gradients.mutate(0..<count) { $0.copy(right) }
    if plan.method == .picard || plan.method == .anderson {
      let report = iterate(right, size: size, plan, &gradients, by: &iteration)
      return SolveStatistics(steps: report.steps, batches: 1, failures: report.failures, samples: report.samples)
    }
    var whole = gradients.mutableSpan
    var result = whole._mutatingExtracting(first: count)
    return solve(right, size: size, plan, &result)
  }

  /// By the methods that iterate otherwise, or not at all; `result` is v.
  private mutating func solve(
    _ right: Span<Scalar>, size: Int, _ plan: BackwardPlan, _ result: inout MutableSpan<Scalar>
  ) -> SolveStatistics {
    let samples = right.count / size
    switch plan.method {
    case .jacobianFree: return SolveStatistics(steps: 0, batches: 1, failures: 0, samples: samples)
    case .phantom:
      neumann(right, plan, into: &result)
      return SolveStatistics(steps: plan.terms - 1, batches: 1, failures: 0, samples: samples)
    case .gmres, .picard, .anderson: return krylov(right, size: size, plan, &result)
    case .direct: return direct(right, size: size, plan, &result)
    }
  }

  private mutating func iterate(
    _ right: Span<Scalar>, size: Int, _ plan: BackwardPlan, _ result: inout [Scalar],
    by iteration: inout BatchIteration<Scalar>
  ) -> BatchIteration<Scalar>.Report {
    let rule = BatchIteration<Scalar>.Rule(
      window: plan.method == .picard ? 1 : plan.window, regularization: 1e-6, tolerance: plan.tolerance,
      maxSteps: plan.maxSteps, judgement: .sample)
    return iteration.solve(&result, count: right.count, size: size, rule: rule, scales: norms(right, size: size)) {
      gradient, image in
      pullBack(gradient, into: &image)
      Scalar.add(1, times: right, to: &image)
    }
  }

  private func norms(_ right: Span<Scalar>, size: Int) -> [Double] {
    stride(from: 0, to: right.count, by: size).map { start in
      let part = right.extracting(start..<start + size)
      return Double(Scalar.dot(part, part)).squareRoot()
    }
  }

  /// g <- damping (Jᵀ g + v) + (1 - damping) g from 0, as often as the plan has terms.
  private mutating func neumann(_ right: Span<Scalar>, _ plan: BackwardPlan, into result: inout MutableSpan<Scalar>) {
    let damping = Scalar(plan.damping)
    for i in 0..<result.count { result[i] *= damping }
    var image = [Scalar](repeating: 0, count: right.count)
    for _ in 1..<max(plan.terms, 1) {
      image.mutate(0..<right.count) { pullBack(result.span, into: &$0) }
      for i in 0..<result.count {
        result[i] = damping * (image[i] + right[i]) + (1 - damping) * result[i]
      }
    }
  }

  private mutating func krylov(
    _ right: Span<Scalar>, size: Int, _ plan: BackwardPlan, _ result: inout MutableSpan<Scalar>
  ) -> SolveStatistics {
    let scales = norms(right, size: size)
    // The system is one block a sample: with right sides of norm 1 the norm over all samples bounds each one's.
    let units = scales.map { $0 > 0 ? $0 : 1 }
    var krylov = GMRES(right: (0..<right.count).map { Double(right[$0]) / units[$0 / size] }, restart: plan.maxSteps)
    var value = [Scalar](repeating: 0, count: right.count)
    var image = value
    krylov.solve(tolerance: plan.tolerance, maxProducts: plan.maxSteps) { vector, product in
      for i in 0..<vector.count { value[i] = Scalar(vector[i]) }
      image.mutate(0..<image.count) { pullBack(value.span, into: &$0) }
      for i in 0..<vector.count { product[i] = vector[i] - Double(image[i]) }
    }
    let solution = krylov.solution
    for i in 0..<result.count { result[i] = Scalar(solution[i] * units[i / size]) }
    return measured(result.span, right, scales, size: size, plan, steps: krylov.products)
  }

  private mutating func direct(
    _ right: Span<Scalar>, size: Int, _ plan: BackwardPlan, _ result: inout MutableSpan<Scalar>
  ) -> SolveStatistics {
    for sample in 0..<right.count / size {
      guard let factors = try? LUFactorization(transposedSystem(sample, size: size)) else { continue }
      let solution = factors.solve((0..<size).map { Double(right[sample * size + $0]) })
      for i in 0..<size { result[sample * size + i] = Scalar(solution[i]) }
    }
    return measured(result.span, right, norms(right, size: size), size: size, plan, steps: 1)
  }

  /// I - Jᵀ = I - Wᵀ D Nᵀ of one sample.
  private func transposedSystem(_ sample: Int, size: Int) -> Matrix {
    let slopes = (0..<size).map { Double(point.slopes[sample * size + $0]) }
    var system = Matrix(rows: size, columns: size)
    for i in 0..<size {
      for j in 0..<size { system[i, j] = -Double(weights.forward[j * size + i]) * slopes[j] }
    }
    if model.layer.slice != nil { applyNormalization(to: &system, sample, size: size) }
    for i in 0..<size { system[i, i] += 1 }
    return system
  }

  /// M <- M Nᵀ with Nᵀ = (I - e sign yᵀ) / peak.
  private func applyNormalization(to system: inout Matrix, _ sample: Int, size: Int) {
    let peak = point.peaks[sample]
    let image = (0..<size).map { Double(point.images[sample * size + $0]) }
    let sign: Double = image[peak.place] < 0 ? -1 : 1
    for i in 0..<size {
      let column = system[i, peak.place] * sign
      for j in 0..<size { system[i, j] = (system[i, j] - column * image[j]) / Double(peak.magnitude) }
    }
  }

  /// The statistics of a g whose residual is measured.
  private mutating func measured(
    _ result: Span<Scalar>, _ right: Span<Scalar>, _ scales: [Double], size: Int, _ plan: BackwardPlan, steps: Int
  ) -> SolveStatistics {
    let errors = residuals(result, right, size: size)
    let failures = scales.indices.count { !(scales[$0].isFinite && errors[$0] <= plan.tolerance * scales[$0]) }
    return SolveStatistics(steps: steps, batches: 1, failures: failures, samples: scales.count)
  }

  /// ‖v - (I - Jᵀ) g‖₂ of each sample.
  private mutating func residuals(_ gradient: Span<Scalar>, _ right: Span<Scalar>, size: Int) -> [Double] {
    var image = [Scalar](repeating: 0, count: right.count)
    image.mutate(0..<right.count) { pullBack(gradient, into: &$0) }
    return stride(from: 0, to: right.count, by: size).map { start in
      var error = 0.0
      for i in start..<start + size {
        let residual = Double(right[i] + image[i] - gradient[i])
        error += residual * residual
      }
      return error.squareRoot()
    }
  }
}
