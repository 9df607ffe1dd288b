extension StoppingRule {
  /// Whether the step is close enough to a fixed point: its measure is within the tolerance, or its residual is zero.
  public func isMet(by row: TraceRow) -> Bool { isMet(residualSup: row.residualSup, value: row[measure]) }

  /// ``isMet(by:)`` from ‖f(z) - z‖_inf and the value of the rule's measure.
  func isMet(residualSup: Double, value: Double?) -> Bool {
    if residualSup == 0 { return true }
    guard let value else { return false }
    return value <= tolerance
  }

  /// The rule's measure of a step: the distances of the cone are computed only if it is one of them.
  func value(_ residual: StepResidual, iterate: Span<Double>, image: Span<Double>) -> Double? {
    switch measure {
    case .residualRelative: residual.relative
    case .residualAbsolute: residual.absolute
    case .residualSup: residual.sup
    case .thompson: residual.isFinite ? ConeDistances(image, iterate)?.thompson : nil
    case .hilbert: residual.isFinite ? ConeDistances(image, iterate)?.hilbert : nil
    }
  }

  /// What the steps so far amount to, with `seen` what the monitor saw; `nil` while the loop can go on.
  func outcome(afterSteps steps: Int, isMet: Bool, seen: Monitor.Verdict?) -> Outcome? {
    if isMet, seen != .diverged { return .converged }
    return seen?.outcome ?? (steps >= maxSteps ? .maxSteps : nil)
  }
}
