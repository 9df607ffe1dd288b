extension StoppingRule {
  /// Whether the step is close enough to a fixed point: its measure is within the tolerance, or its residual is zero.
  public func isMet(by row: TraceRow) -> Bool { isMet(residualSup: row.residualSup, value: row[measure]) }

  /// ``isMet(by:)`` from ‖f(z) - z‖_inf and the value of the rule's measure.
  func isMet(residualSup: Double, value: Double?) -> Bool {
    if residualSup == 0 { return true }
    guard let value else { return false }
    return value <= tolerance
  }

  /// Whether ``isMet(residualSup:value:)`` is false, as far as it can be told without a root.
  func isClearlyUnmet(by residual: StepResidual) -> Bool {
    measure == .residualRelative && residual.sup > 0 && residual.isClearlyBeyond(relative: tolerance)
  }

  /// The rule's measure of a step, if it is a distance of the cone; others are in the residual.
  @inline(__always)
  func distance(_ residual: StepResidual, iterate: Span<Double>, image: Span<Double>) -> Double? {
    guard measure == .thompson || measure == .hilbert, residual.isFinite else { return nil }
    let distances = ConeDistances(image, iterate)
    return measure == .thompson ? distances?.thompson : distances?.hilbert
  }

  /// The rule's measure of a step.
  func value(_ residual: StepResidual, distance: Double?) -> Double? {
    switch measure {
    case .residualRelative: residual.relative
    case .residualAbsolute: residual.absolute
    case .residualSup: residual.sup
    case .thompson, .hilbert: distance
    }
  }

  /// What the steps so far amount to, with `seen` what the monitor saw; `nil` while the loop can go on.
  func outcome(afterSteps steps: Int, isMet: Bool, seen: Monitor.Verdict?) -> Outcome? {
    if isMet, seen != .diverged { return .converged }
    return seen?.outcome ?? (steps >= maxSteps ? .maxSteps : nil)
  }
}
