/// What a loop without history keeps of its steps: the monitor, their number, the last measure and the verdict.
struct Judge: Sendable {
  let rule: StoppingRule
  private var monitor: Monitor?
  private(set) var steps = 0
  /// The rule's measure at the last step.
  private(set) var residual: Double?
  /// `nil` while the loop can go on.
  private(set) var outcome: Outcome?

  init(_ rule: StoppingRule) {
    self.rule = rule
    outcome = rule.outcome(afterSteps: 0, isMet: false, seen: nil)
  }

  /// Measures one more step and judges it as ``Run`` does; allocates at the first step alone.
  mutating func observe(iterate: Span<Double>, image: Span<Double>) {
    let measured = StepResidual(iterate: iterate, image: image)
    steps += 1
    if steps == 1 {
      monitor = Monitor(start: iterate, step: 1, residual: measured)
    } else {
      monitor?.observe(step: steps, iterate: iterate, image: image, residual: measured)
    }
    residual = rule.value(measured, iterate: iterate, image: image)
    let isMet = rule.isMet(residualSup: measured.sup, value: residual)
    outcome = rule.outcome(afterSteps: steps, isMet: isMet, seen: monitor?.verdict)
  }

  /// The method broke down.
  mutating func fail(_ error: SolverError) { outcome = .failed(error) }
}
