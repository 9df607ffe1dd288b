/// What a loop without history keeps of its steps: the monitor, their number, the last measure and the verdict.
struct Judge: Sendable {
  let rule: StoppingRule
  private var monitor: Monitor
  private(set) var steps = 0
  private var last: StepResidual?
  /// At the last step, where the rule's measure is a distance of the cone.
  private var distance: Double?
  /// `nil` while the loop can go on.
  private(set) var outcome: Outcome?
  /// Whether there is an outcome.
  private(set) var isOver: Bool

  /// Of a loop on vectors of `dimension` entries that has made no step.
  init(_ rule: StoppingRule, dimension: Int) {
    self.rule = rule
    monitor = Monitor(dimension: dimension)
    outcome = rule.outcome(afterSteps: 0, isMet: false, seen: nil)
    isOver = outcome != nil
  }

  /// The rule's measure at the last step; `nil` before the first.
  var residual: Double? { last.flatMap { rule.value($0, distance: distance) } }

  /// Judges another loop by the same rule, in the same memory.
  mutating func restart() {
    steps = 0
    last = nil
    distance = nil
    outcome = rule.outcome(afterSteps: 0, isMet: false, seen: nil)
    isOver = outcome != nil
  }

  /// Measures one more step and judges it as ``Run`` does; allocates nothing.
  @inline(__always)
  mutating func observe(iterate: Span<Double>, image: Span<Double>) {
    observe(StepResidual(iterate: iterate, image: image), iterate: iterate, image: image)
  }

  /// The same where the residual is known.
  @inline(__always)
  mutating func observe(_ measured: StepResidual, iterate: Span<Double>, image: Span<Double>) {
    steps += 1
    if steps == 1 {
      monitor.restart(at: iterate, step: 1, residual: measured)
    } else {
      monitor.observe(step: steps, iterate: iterate, image: image, residual: measured)
    }
    last = measured
    distance = rule.distance(measured, iterate: iterate, image: image)
    let isMet = !rule.isClearlyUnmet(by: measured) && rule.isMet(residualSup: measured.sup, value: residual)
    if isMet || monitor.verdict != nil || steps >= rule.maxSteps {
      let growth = isMet ? rule.growth(monitor, at: measured) : .bounded
      outcome = rule.outcome(afterSteps: steps, isMet: isMet, growth: growth, seen: monitor.verdict)
      isOver = outcome != nil
    }
  }

  /// The method broke down.
  mutating func fail(_ error: SolverError) {
    outcome = .failed(error)
    isOver = true
  }
}
