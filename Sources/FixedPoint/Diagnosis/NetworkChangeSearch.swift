/// Looks for numbers of a network that, made smaller, let the run's own method converge from its start.
struct NetworkChangeSearch {
  /// Thousands of evaluations are made.
  static let largestDimension = 512
  /// A theorem is checked some eighty times.
  private static let largestProvedDimension = 64
  private static let halvings = 10
  /// What is offered is this part of the limit: at the limit itself a solve takes for ever.
  private static let distanceToLimit = 0.9
  private static let theorems: [any Theorem.Type] = [LipschitzSup.self, LipschitzTwo.self, LipschitzOne.self]

  let network: Network
  let start: [Double]
  let solver: any FixedPointSolver
  let stopping: StoppingRule

  /// With 0 among the fixed points the relative residual may never fall, so that the absolute one is asked for.
  init(_ network: Network, start: [Double], solver: any FixedPointSolver, stopping: StoppingRule) {
    self.network = network
    self.start = start
    self.solver = solver
    var rule = stopping
    if network.fixesZero { rule.measure = .residualAbsolute }
    self.stopping = rule
  }

  /// One for each number that helps, the cheapest first.
  func suggestions() -> [Suggestion] {
    guard network.dimension <= Self.largestDimension else { return [] }
    return network.reducibleNumbers.compactMap(suggestion).sorted { ($0.evaluations ?? 0) < ($1.evaluations ?? 0) }
  }

  private func suggestion(_ place: NetworkChange) -> Suggestion? {
    guard let limit = limit(of: place) else { return nil }
    let proof = provedLimit(of: place)
    let reach = proof.map { $0.limit.magnitude } ?? limit.magnitude
    for bound in [reach, limit.magnitude] {
      let value = Self.shortened(Self.distanceToLimit * bound)
      let change = place.setting(place.own < 0 ? -value : value)
      guard let evaluations = evaluations(with: change) else { continue }
      let reason = Suggestion.Reason.factor(limit: proof?.limit ?? limit, theorem: proof?.theorem)
      return Suggestion(remedy: .network(change), reason: reason, evaluations: evaluations)
    }
    return nil
  }

  /// The largest value that was found to converge, by bisection between it and one that does not; `nil` if none is.
  private func limit(of place: NetworkChange) -> Double? {
    var (low, high) = (0.5, 1.0)
    for _ in 0..<Self.halvings where evaluations(with: place.taking(low)) == nil { (low, high) = (low / 2, low) }
    guard evaluations(with: place.taking(low)) != nil else { return nil }
    while high - low > 1e-3 * high {
      let middle = (low + high) / 2
      if evaluations(with: place.taking(middle)) != nil { low = middle } else { high = middle }
    }
    return place.taking(low).value
  }

  /// What it costs from the start; `nil` if it does not converge, or the residual tells nothing of the distance.
  private func evaluations(with change: NetworkChange) -> Int? {
    guard let changed = network.applying(change) else { return nil }
    let solution = changed.solve(from: start, by: solver, stopping: stopping)
    guard let point = solution.fixedPoint, DistanceEstimate(of: changed, at: point)?.isOpen != true else { return nil }
    return solution.evaluations
  }

  /// The largest value for which one of the theorems proves that there is one fixed point, and its name.
  private func provedLimit(of place: NetworkChange) -> (limit: Double, theorem: String)? {
    guard network.dimension <= Self.largestProvedDimension, network.isGain(place) else { return nil }
    let found = Self.theorems.compactMap { theorem -> (limit: Double, theorem: String)? in
      guard case .holdsUpTo(let gain)? = Margin.largest(.gain, of: network, holding: theorem), gain <= 1 else {
        return nil
      }
      return (gain * place.own, theorem.id)
    }
    return found.max { $0.limit.magnitude < $1.limit.magnitude }
  }

  /// Two digits, rounded toward 0.
  private static func shortened(_ value: Double) -> Double {
    guard value >= 1e-2, value < 1e6 else { return value }
    let unit = value >= 100 ? 1 : value >= 1 ? 10.0 : 100
    return (value * unit * (1 + 1e-8)).rounded(.down) / unit
  }
}

extension FixedPointMap {
  /// Whether f(0) = 0, to the last bit.
  var fixesZero: Bool { image(of: [Double](repeating: 0, count: dimension)).allSatisfy { $0 == 0 } }
}
