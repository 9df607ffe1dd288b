internal import LinearAlgebra

/// Solves (I - Jᵀ) g = v at a fixed point: the backward pass of a DEQ layer, since dz*/dθ = (I - J)⁻¹ ∂f/∂θ.
///
/// A solve that fails says so in its outcome and still gives its best g, whose residual is known.
/// Source: Bai, Kolter, Koltun, *Deep equilibrium models*, NeurIPS 2019, theorem 1; theory, section 5.
public struct AdjointSolver: Sendable, Equatable {
  public enum Method: Sendable, Equatable {
    /// LU factors of the dense I - J; stalls at once where the state is too large for it (``DenseLimit``).
    case direct
    /// g <- Jᵀ g + v, the Neumann series; converges where the spectral radius of J is below 1.
    case picard
    /// Anderson acceleration of the Neumann series, with its window.
    case anderson(window: Int = 5)
    /// GMRES with products Jᵀ·vector alone, restarted after so many.
    case gmres(restart: Int = 50)
  }

  public let method: Method
  /// Of ‖v - (I - Jᵀ) g‖₂ / ‖v‖₂.
  public let tolerance: Double
  /// Of the trace; a direct solve has one row.
  public let maxSteps: Int

  public init(_ method: Method, tolerance: Double = 1e-10, maxSteps: Int = 1000) {
    precondition(tolerance >= 0, "a tolerance is not negative")
    precondition(maxSteps >= 1, "a trace has at least one row")
    self.method = method
    self.tolerance = tolerance
    self.maxSteps = maxSteps
  }

  /// Solves at `point` for `cotangent`, both with as many entries as the map's dimension.
  public func solve(_ map: some FixedPointMap, at point: [Double], cotangent: [Double]) -> AdjointSolution {
    let adjoint = AdjointMap(map, at: point, cotangent: cotangent)
    return switch method {
    case .direct: direct(adjoint)
    case .picard: iterate(adjoint, by: Picard())
    case .anderson(let window): iterate(adjoint, by: Anderson(window: window))
    case .gmres(let restart): gmres(adjoint, restart: restart)
    }
  }

  private func iterate(_ adjoint: AdjointMap<some FixedPointMap>, by solver: some FixedPointSolver) -> AdjointSolution {
    let stopping = StoppingRule(tolerance: bound(adjoint), measure: .residualAbsolute, maxSteps: maxSteps)
    var run = Run(map: adjoint, start: adjoint.cotangent, solver: solver, stopping: stopping)
    run.runToEnd()
    let trace = run.trace.map {
      AdjointSolution.Step(step: $0.step, products: $0.evaluations, residual: $0.residualAbsolute)
    }
    let best = trace.indices.min { trace[$0].residual < trace[$1].residual } ?? 0
    return AdjointSolution(
      gradient: run.iterate(at: trace[best].step), residual: trace[best].residual,
      outcome: AdjointSolution.Outcome(run.outcome), trace: trace)
  }

  private func direct(_ adjoint: AdjointMap<some FixedPointMap>) -> AdjointSolution {
    guard let jacobian = adjoint.map.denseJacobian(at: adjoint.point) else {
      let residual = adjoint.residual(of: adjoint.cotangent)
      return AdjointSolution(
        gradient: adjoint.cotangent, residual: residual, outcome: .stalled,
        trace: [AdjointSolution.Step(step: 1, products: 0, residual: residual)])
    }
    let system = Matrix.identity(adjoint.dimension).adding(-1, times: jacobian)
    let factors = try? LUFactorization(system)
    let gradient = factors?.solveTransposed(adjoint.cotangent) ?? adjoint.cotangent
    let residual = adjoint.residual(of: gradient)
    let isSingular = factors.map { $0.reciprocalCondition <= .ulpOfOne } ?? system.values.allSatisfy(\.isFinite)
    let ended: AdjointSolution.Outcome = isSingular ? .singular : residual.isFinite ? .stalled : .diverged
    return AdjointSolution(
      gradient: gradient, residual: residual, outcome: residual <= bound(adjoint) && !isSingular ? .converged : ended,
      trace: [AdjointSolution.Step(step: 1, products: 1, residual: residual)])
  }

  /// A whole Krylov space without a lower residual is a stall. The residual of GMRES's own recurrence may run ahead of
  /// the true one by rounding: the last row is measured.
  private func gmres(_ adjoint: AdjointMap<some FixedPointMap>, restart: Int) -> AdjointSolution {
    let bound = bound(adjoint)
    var krylov = GMRES(right: adjoint.cotangent, restart: restart)
    var trace = [AdjointSolution.Step(step: 1, products: 0, residual: krylov.residualNorm)]
    var least = krylov.residualNorm
    var idle = 0
    while krylov.residualNorm > bound, trace.count < maxSteps, !krylov.hasBrokenDown, idle <= krylov.restart {
      krylov.advance { adjoint.applySystem($0, into: &$1) }
      idle = krylov.residualNorm < least ? 0 : idle + 1
      least = min(least, krylov.residualNorm)
      trace.append(
        AdjointSolution.Step(step: trace.count + 1, products: krylov.products, residual: krylov.residualNorm))
    }
    let gradient = krylov.solution
    let residual = adjoint.residual(of: gradient)
    trace[trace.count - 1] = AdjointSolution.Step(
      step: trace.count, products: krylov.products + 1, residual: residual)
    let outcome: AdjointSolution.Outcome =
      residual <= bound
      ? .converged
      : !residual.isFinite
        ? .diverged : krylov.hasBrokenDown ? .singular : trace.count == maxSteps ? .maxSteps : .stalled
    return AdjointSolution(gradient: gradient, residual: residual, outcome: outcome, trace: trace)
  }

  /// The ‖v - (I - Jᵀ) g‖₂ that is asked for.
  private func bound(_ adjoint: AdjointMap<some FixedPointMap>) -> Double {
    tolerance * Vector.norm2(adjoint.cotangent)
  }
}

extension AdjointSolution.Outcome {
  init(_ outcome: Outcome?) {
    self =
      switch outcome {
      case .converged: .converged
      case .diverged: .diverged
      case .cycle, .stalled: .stalled
      case .failed: .singular
      case .maxSteps, nil: .maxSteps
      }
  }
}
