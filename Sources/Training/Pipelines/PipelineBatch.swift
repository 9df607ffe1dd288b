internal import FixedPoint
internal import LinearAlgebra
internal import Sessions

/// Some samples of a pipeline, each solved by itself with the solver core, in double precision.
struct PipelineBatch: Sendable {
  private var maps: [PipelineMap] = []
  /// z of each sample.
  private(set) var points: [[Double]] = []

  init() {}

  /// Solves for the states of samples with these inputs; without operators every sample is counted as unsolved.
  mutating func forward(
    _ model: PipelineModel, _ links: [PipelineLink]?, _ inputs: [[Double]], _ plan: ForwardPlan
  ) -> SolveStatistics {
    let start = model.pipeline.start
    guard let links else {
      maps = []
      points = inputs.map { _ in start.map { _ in .nan } }
      return SolveStatistics(steps: 0, batches: 1, failures: inputs.count, samples: inputs.count)
    }
    maps = inputs.map { PipelineMap(links, dimension: start.count, input: $0) }
    let stopping = StoppingRule(tolerance: plan.tolerance, measure: .residualRelative, maxSteps: plan.maxSteps)
    let solutions = maps.map {
      plan.method == .picard
        ? $0.solve(from: start, by: Picard(), stopping: stopping)
        : $0.solve(from: start, by: Anderson(window: plan.window), stopping: stopping)
    }
    points = solutions.map(\.iterate)
    return SolveStatistics(
      steps: solutions.map(\.evaluations).max() ?? 0, batches: 1,
      failures: solutions.count { $0.outcome != .converged }, samples: inputs.count)
  }

  /// Adds the gradient of all parameters, from the cotangents of each sample's state; one that is not finite where
  /// there were no operators.
  func backward<Scalar: BatchScalar>(
    _ model: PipelineModel, _ cotangents: [[Double]], _ plan: BackwardPlan, to gradient: inout [Scalar]
  ) -> SolveStatistics {
    var statistics = SolveStatistics(steps: 0, batches: 1, failures: 0, samples: cotangents.count)
    guard maps.count == cotangents.count else {
      for i in gradient.indices { gradient[i] = .nan }
      statistics.failures = cotangents.count
      return statistics
    }
    for (index, map) in maps.enumerated() {
      let own = solve(map, at: points[index], cotangents[index], plan)
      statistics.steps = max(statistics.steps, own.products)
      statistics.failures += own.isSolved ? 0 : 1
      statistics.replaced += own.isReplaced ? 1 : 0
      model.add(map.gradients(own.gradient, at: points[index]), to: &gradient)
    }
    return statistics
  }

  /// What a solve of the way back came to.
  private struct Solution {
    var gradient: [Double]
    var products: Int
    var isSolved: Bool
    /// Whether v took the place of a worse g.
    var isReplaced = false
  }

  private func solve(
    _ map: PipelineMap, at point: [Double], _ cotangent: [Double], _ plan: BackwardPlan
  ) -> Solution {
    guard let method = AdjointSolver.Method(plan) else { return surrogate(map, at: point, cotangent, plan) }
    let solver = AdjointSolver(method, tolerance: plan.tolerance, maxSteps: plan.maxSteps)
    let solution = solver.solve(map, at: point, cotangent: cotangent)
    let products = solution.trace.last?.products ?? 0
    if solution.outcome == .converged {
      return Solution(gradient: solution.gradient, products: products, isSolved: true)
    }
    let isWorse = !(solution.residual <= Vector.norm2(map.pullBack(cotangent, at: point)))
    return Solution(
      gradient: isWorse ? cotangent : solution.gradient, products: products, isSolved: false, isReplaced: isWorse)
  }

  /// g = v, or damped terms of Neumann's series; v also where that series grows, as in ``AdjointSystem``.
  private func surrogate(
    _ map: PipelineMap, at point: [Double], _ cotangent: [Double], _ plan: BackwardPlan
  ) -> Solution {
    guard plan.method == .phantom else { return Solution(gradient: cotangent, products: 0, isSolved: true) }
    var gradient = cotangent.map { plan.damping * $0 }
    for _ in 1..<max(plan.terms, 1) {
      let product = map.pullBack(gradient, at: point)
      for i in gradient.indices {
        gradient[i] = plan.damping * (product[i] + cotangent[i]) + (1 - plan.damping) * gradient[i]
      }
    }
    let product = map.pullBack(gradient, at: point)
    let residual = Vector.norm2(gradient.indices.map { cotangent[$0] + product[$0] - gradient[$0] })
    let limit = max(Vector.norm2(cotangent), Vector.norm2(map.pullBack(cotangent, at: point)))
    let isWorse = !(residual <= limit)
    return Solution(
      gradient: isWorse ? cotangent : gradient, products: plan.terms - 1, isSolved: !isWorse, isReplaced: isWorse)
  }
}

extension AdjointSolver.Method {
  /// `nil` for a surrogate.
  fileprivate init?(_ plan: BackwardPlan) {
    switch plan.method {
    case .picard: self = .picard
    case .anderson: self = .anderson(window: plan.window)
    case .gmres: self = .gmres(restart: plan.maxSteps)
    case .direct: self = .direct
    case .jacobianFree, .phantom: return nil
    }
  }
}
