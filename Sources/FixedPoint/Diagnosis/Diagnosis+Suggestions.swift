internal import LinearAlgebra

extension Diagnosis {
  /// What may help. Every method was tried out from the run's start and converged within `trialSteps`; those that took
  /// the fewest evaluations come first, remedies that are no method before them. Where none is found, numbers of the
  /// network that are made smaller: if there is no fixed point, no method can help. Empty where nothing was found.
  ///
  /// Costs evaluations of f in the thousands, and eigenvalues of J for states of at most 1024 entries.
  public func suggestions(for run: Run<some FixedPointMap>, trialSteps: Int = 1000) -> [Suggestion] {
    if findings.isEmpty { return [] }
    let search = SuggestionSearch(run, trialSteps: trialSteps)
    let own = findings.compactMap { $0.remedy(run.stopping, stepCount: run.stepCount) } + search.suggestions()
    guard own.isEmpty, let network = run.map as? Network else { return own }
    return NetworkChangeSearch(network, start: run.start, solver: run.solver, stopping: search.stopping).suggestions()
  }
}

extension Finding {
  /// What the finding itself suggests, besides another method.
  fileprivate func remedy(_ stopping: StoppingRule, stepCount: Int) -> Suggestion? {
    switch self {
    case .stall(.roundingFloor(let attained?)):
      Suggestion(remedy: .tolerance(2 * attained), reason: .roundingFloor, evaluations: nil)
    case .leftCone where stopping.measure == .thompson || stopping.measure == .hilbert:
      Suggestion(remedy: .measure(.residualRelative), reason: .cone, evaluations: nil)
    case .vanishing(let vanishing):
      Suggestion(remedy: .measure(.residualAbsolute), reason: .zero, evaluations: vanishing.evaluations)
    case .slow(let slowness):
      slowness.remainingSteps.map {
        Suggestion(remedy: .maxSteps(stepCount + $0 + $0 / 10 + 1), reason: .progress, evaluations: nil)
      }
    default: nil
    }
  }
}

/// Tries out methods on the map of a run.
private struct SuggestionSearch<Map: FixedPointMap> {
  private static var largestDimension: Int { 1024 }

  let run: Run<Map>
  let stopping: StoppingRule

  init(_ run: Run<Map>, trialSteps: Int) {
    self.run = run
    var rule = run.stopping
    rule.maxSteps = trialSteps
    if rule.measure == .thompson || rule.measure == .hilbert { rule.measure = .residualRelative }
    stopping = rule
  }

  func suggestions() -> [Suggestion] {
    var found: [Suggestion] = []
    var fixedPoint: [Double]?
    for name in ["anderson", run.map.dimension <= Self.largestDimension ? "newton" : "newton-krylov"] {
      guard let trial = trial(name, [:], .acceleration) else { continue }
      found.append(trial.suggestion)
      fixedPoint = fixedPoint ?? trial.fixedPoint
    }
    found += [damped(at: fixedPoint), averaged()].compactMap(\.self) + split()
    return found.enumerated()
      .sorted { ($0.element.evaluations ?? 0, $0.offset) < ($1.element.evaluations ?? 0, $1.offset) }
      .map(\.element)
  }

  /// Runs a method from the start; `nil` unless it converges and is another one than the run's own.
  private func trial(
    _ name: String, _ options: [String: FieldValue], _ reason: Suggestion.Reason
  ) -> (suggestion: Suggestion, fixedPoint: [Double])? {
    guard let method = MethodCatalog.named(name), let solver = try? method.init(FieldValues(options)),
      name != type(of: run.solver).description.name || solver.options != run.solver.options
    else { return nil }
    var trial = Run(map: run.map, start: run.start, solver: solver, stopping: stopping)
    trial.runToEnd()
    guard let point = trial.fixedPoint, !isOpen(point), let evaluations = trial.trace.last?.evaluations else {
      return nil
    }
    let remedy = Suggestion.Remedy.method(name: name, options: solver.options)
    return (Suggestion(remedy: remedy, reason: reason, evaluations: evaluations), point)
  }

  /// Whether the residual at a point tells nothing of the distance: nothing was found then.
  private func isOpen(_ point: [Double]) -> Bool {
    (run.map as? Network).flatMap { DistanceEstimate(of: $0, at: point) }?.isOpen ?? false
  }

  /// Damping by the spectrum of J, at a fixed point that was found or else at the center of the run.
  private func damped(at fixedPoint: [Double]?) -> Suggestion? {
    guard run.map.dimension <= Self.largestDimension else { return nil }
    return fixedPoint.flatMap { damped(at: $0, isFixedPoint: true) } ?? damped(at: center, isFixedPoint: false)
  }

  /// The best factor, or less where the run needs it far from the fixed point.
  private func damped(at point: [Double], isFixedPoint: Bool) -> Suggestion? {
    guard let eigenvalues = try? run.map.jacobian(at: point).eigenvalues(),
      let range = DampingRange(eigenvalues: eigenvalues)
    else { return nil }
    let reason = Suggestion.Reason.spectrum(range, isFixedPoint: isFixedPoint)
    for part in [1, 0.5, 0.25] {
      let found = trial("damped", ["factor": .number(Self.shortened(part * range.best))], reason)
      if let found { return found.suggestion }
    }
    return nil
  }

  /// A factor with two decimals, rounded down, where that leaves most of it.
  private static func shortened(_ factor: Double) -> Double {
    factor >= 0.05 ? (factor * 100).rounded(.down) / 100 : factor
  }

  /// The mean of a cycle; else the iterate with the least residual.
  private var center: [Double] {
    if case .cycle(let period) = run.outcome {
      var sum = [Double](repeating: 0, count: run.map.dimension)
      for step in (run.stepCount - period + 1)...run.stepCount {
        Vector.add(1 / Double(period), times: run.iterate(at: step), to: &sum)
      }
      return sum
    }
    let best = run.trace.min { $0.residualAbsolute < $1.residualAbsolute }
    return best.map { run.iterate(at: $0.step) } ?? run.start
  }

  private func averaged() -> Suggestion? {
    guard let weight = try? run.map.proximalForm().weight, weight.rows <= Self.largestDimension,
      let abscissa = try? weight.metzlerPart.eigenvalues().map(\.real).max(), abscissa < 1
    else { return nil }
    let least = (0..<weight.rows).map { weight[$0, $0] }.min() ?? 0
    let factor = 1 / (1 - min(least, 0))
    let reason = Suggestion.Reason.matrixMeasure(factor: factor, rate: 1 - factor * (1 - max(abscissa, 0)))
    return trial("averaged", ["factor": .number(factor)], reason)?.suggestion
  }

  private func split() -> [Suggestion] {
    guard let weight = try? run.map.proximalForm().weight, weight.rows <= Self.largestDimension,
      let constants = try? MonotoneConstants(weight: weight), constants.isMonotone
    else { return [] }
    return ["forward-backward", "peaceman-rachford", "douglas-rachford"].compactMap {
      trial($0, [:], .monotone(constants))?.suggestion
    }
  }
}

extension Matrix {
  /// The diagonal as it is, the other entries by their absolute values.
  fileprivate var metzlerPart: Matrix {
    var result = absolute
    for i in 0..<rows { result[i, i] = self[i, i] }
    return result
  }
}
