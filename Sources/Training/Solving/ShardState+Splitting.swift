internal import LinearAlgebra

extension ShardState {
  /// Moves the states to the fixed points of a monotone layer by Peaceman and Rachford's splitting with step 1.
  ///
  /// The iterates are u with z = relu(u). How much of a residual in u is one in z depends on the weights: u is followed
  /// until z's own residual is small enough, in rounds that ask for a fourth of the tolerance before.
  /// Source: ``PeacemanRachford``.
  ///
  /// - Parameters:
  ///   - resolvent: V = (2I - W)⁻¹.
  ///   - model: whose layer is monotone.
  ///   - weights: of the step.
  ///   - plan: what is asked for.
  ///   - count: entries of all samples.
  /// - Returns: how it went, measured at z.
  mutating func solve(
    bySplittingWith resolvent: [Scalar], _ model: Model<Scalar>, _ weights: StepWeights<Scalar>, _ plan: ForwardPlan,
    count: Int
  ) -> BatchIteration<Scalar>.Report {
    var rule = BatchIteration<Scalar>.Rule(
      window: 1, regularization: 0, tolerance: plan.tolerance, maxSteps: plan.maxSteps, judgement: plan.judgement)
    let (constants, order) = (injected, model.plan.units)
    var (scratch, points, iteration) = (take(&scratch), take(&inner), take(&iteration, BatchIteration()))
    var (states, images) = (take(&states), take(&images))
    defer {
      (self.scratch, inner, self.iteration) = (scratch, points, iteration)
      (self.states, self.images) = (states, images)
    }
    points.mutate(0..<count) { fill(&$0, with: model.start) }
    var report = BatchIteration<Scalar>.Report()
    repeat {
      rule.tolerance /= 4
      rule.maxSteps = max(plan.maxSteps - report.steps, 1)
      let round = iteration.solve(&points, count: count, size: order, rule: rule) { points, images in
        Self.reflect(points, constants.span, resolvent, order: order, into: &images, scratch: &scratch)
      }
      (report.steps, report.samples) = (report.steps + round.steps + 1, round.samples)
      for i in 0..<count { states[i] = max(points[i], 0) }
      images.reserve(count)
      images.mutate(0..<count) {
        model.layer.evaluate(
          weights.linear, states.span.extracting(first: count), constants.span.extracting(first: count), into: &$0,
          scratch: &scratch)
      }
      report.failures = Self.unsolved(states, images, count: count, size: order, plan.tolerance)
    } while report.failures > 0 && report.steps < plan.maxSteps
    return report
  }

  /// images <- 2V(2z - u + p) - (2z - u) with z = relu(u).
  private static func reflect(
    _ points: Span<Scalar>, _ injected: Span<Scalar>, _ resolvent: [Scalar], order: Int,
    into images: inout MutableSpan<Scalar>, scratch: inout [Scalar]
  ) {
    scratch.reserve(points.count)
    for i in 0..<points.count { scratch[i] = points[i].magnitude + injected[i] }
    Scalar.multiply(
      scratch.span.extracting(first: points.count), .asStored, resolvent.span, .transposed,
      sizes: ProductSizes(points.count / order, order, order), into: &images, scale: 2, keep: 0)
    for i in 0..<points.count { images[i] -= points[i].magnitude }
  }
}
