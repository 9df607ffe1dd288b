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
    let fields = model.pipeline.operators.map(\.values)
    for (index, map) in maps.enumerated() {
      let own = solve(map, at: points[index], cotangents[index], plan)
      statistics.steps = max(statistics.steps, own.products)
      statistics.failures += own.isSolved ? 0 : 1
      model.add(map.gradients(own.gradient, at: points[index], of: fields), to: &gradient)
    }
    return statistics
  }

  private func solve(
    _ map: PipelineMap, at point: [Double], _ cotangent: [Double], _ plan: BackwardPlan
  ) -> (gradient: [Double], products: Int, isSolved: Bool) {
    guard let method = AdjointSolver.Method(plan) else { return surrogate(map, at: point, cotangent, plan) }
    let solver = AdjointSolver(method, tolerance: plan.tolerance, maxSteps: plan.maxSteps)
    let solution = solver.solve(map, at: point, cotangent: cotangent)
    return (solution.gradient, solution.trace.last?.products ?? 0, solution.outcome == .converged)
  }

  /// g = v, or damped terms of Neumann's series.
  private func surrogate(
    _ map: PipelineMap, at point: [Double], _ cotangent: [Double], _ plan: BackwardPlan
  ) -> (gradient: [Double], products: Int, isSolved: Bool) {
    guard plan.method == .phantom else { return (cotangent, 0, true) }
    var gradient = cotangent.map { plan.damping * $0 }
    for _ in 1..<max(plan.terms, 1) {
      let product = map.pullBack(gradient, at: point)
      for i in gradient.indices {
        gradient[i] = plan.damping * (product[i] + cotangent[i]) + (1 - plan.damping) * gradient[i]
      }
    }
    return (gradient, plan.terms - 1, true)
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
