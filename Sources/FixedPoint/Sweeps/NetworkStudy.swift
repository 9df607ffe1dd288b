internal import LinearAlgebra

/// What is measured and asked of every network of a sweep.
///
/// The first start is the session's own. The others are drawn uniformly from the invariant box that all of Rⁿ or the
/// open cone ends in; where no such box is known, normally around the session's start with deviation 1. Start k comes from
/// the same random numbers in every network, so that neighbours can be compared.
public struct NetworkStudy: Sendable {
  /// Number of starts, at least 1.
  public let starts: Int
  public let seed: UInt64
  public let theorems: [any Theorem.Type]
  /// Of the activations, shared by all networks.
  private let coefficients = CoefficientTable()

  public init(starts: Int, seed: UInt64, theorems: [any Theorem.Type]) {
    precondition(starts >= 1, "a network is studied from at least one start")
    self.starts = starts
    self.seed = seed
    self.theorems = theorems
  }

  /// Runs the method from every start, and asks every theorem.
  public func findings(
    on network: Network, from start: [Double], by solver: any FixedPointSolver, stopping: StoppingRule
  ) throws(CertificateConflict) -> NetworkFindings {
    let analysis = Analysis(network: network, start: start, coefficients: coefficients)
    let solutions = ([start] + otherStarts(analysis, around: start)).map {
      solution(network, from: $0, by: solver, stopping)
    }
    let search = FixedPointSearch(network: network, box: nil)
    let points = search.distinct(solutions.compactMap(\.fixedPoint))
    let first = solutions[0]
    let isReached = first.outcome == .converged
    let certificates = theorems.map { $0.certificate(of: analysis) }
    let conclusion = try Conclusion(of: certificates)
    let exponent = isReached ? nil : lyapunov(network, after: first, by: solver)
    return NetworkFindings(
      outcome: first.outcome, steps: first.steps, fixedPoints: points.count,
      spectralRadius: isReached ? points.first.flatMap { network.largestSpectralRadius(at: $0.point) } : nil,
      lyapunov: exponent?.exponent, lyapunovError: exponent.flatMap { $0.error.isFinite ? $0.error : nil },
      certificates: certificates.map { NetworkFindings.Statement($0) }, conclusion: conclusion.verdict,
      scope: conclusion.scope.kind)
  }

  /// A run; at a fixed point 0, where no residual is small beside the iterate, one that is judged by the residual itself.
  private func solution(
    _ network: Network, from start: [Double], by solver: any FixedPointSolver, _ stopping: StoppingRule
  ) -> Solution {
    let solution = network.solve(from: start, by: solver, stopping: stopping)
    guard solution.outcome != .converged, stopping.measure == .residualRelative,
      Vector.normSup(solution.iterate) <= stopping.tolerance
    else { return solution }
    let image = network.image(of: Array(repeating: 0, count: network.dimension))
    guard Vector.normSup(image) <= stopping.tolerance else { return solution }
    var absolute = stopping
    absolute.measure = .residualAbsolute
    let other = network.solve(from: start, by: solver, stopping: absolute)
    return other.outcome == .converged ? other : solution
  }

  private func otherStarts(_ analysis: Analysis, around start: [Double]) -> [[Double]] {
    guard starts > 1 else { return [] }
    let box = (analysis.boxEverywhere ?? analysis.boxOfCone)?.box
    return (1..<starts).map { index in
      var generator = SplitMix64(seed: seed, index: index)
      guard let box else { return start.map { $0 + generator.gaussian() } }
      return start.indices.map { generator.number(box.lower[$0], box.upper[$0]) }
    }
  }

  /// Of the damped iteration if that is the method, else of plain iteration.
  private func lyapunov(
    _ network: Network, after solution: Solution, by solver: any FixedPointSolver
  ) -> LyapunovExponent.Value? {
    guard solution.iterate.allSatisfy(\.isFinite) else { return nil }
    let factor = (solver as? Damped)?.factor ?? 1
    var exponent = LyapunovExponent(network: network, factor: factor)
    if case .cycle(let period) = solution.outcome { exponent.period = period }
    return exponent.largest(from: solution.iterate)
  }
}

extension FixedPointSearch {
  /// The different fixed points near the candidates, in their order, each finished by Newton's iteration where that
  /// stays close.
  func distinct(_ candidates: [[Double]]) -> [ComputedFixedPoint] {
    candidates.reduce(into: []) { found, candidate in
      let point = newton(from: candidate).flatMap { isClose($0, to: candidate) ? $0 : nil } ?? candidate
      if isNew(point, among: found) { found.append(measured(point)) }
    }
  }

  private func isClose(_ point: [Double], to candidate: [Double]) -> Bool {
    let scale = candidate.reduce(1) { max($0, abs($1)) }
    return zip(point, candidate).allSatisfy { abs($0 - $1) <= 1e-3 * scale }
  }
}
