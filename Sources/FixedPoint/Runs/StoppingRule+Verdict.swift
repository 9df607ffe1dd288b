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

  /// What the steps so far amount to, with `growth` what the iterates' size says of the last measure and `seen` what
  /// the monitor saw; `nil` while the loop can go on.
  ///
  /// A measure that is met because the iterate is large is none: the loop goes on, to the bound of growth.
  func outcome(
    afterSteps steps: Int, isMet: Bool, growth: Monitor.Growth = .bounded, seen: Monitor.Verdict?
  ) -> Outcome? {
    if isMet, seen != .diverged {
      switch growth {
      case .bounded: return .converged
      case .boundless: return .diverged
      case .outgrown: break
      }
    }
    return seen?.outcome ?? (steps >= maxSteps ? .maxSteps : nil)
  }

  /// What the growth of a run's iterates says of this rule's measure: an absolute residual is small for itself, unless
  /// all of it is rounding.
  func growth(_ monitor: Monitor, at residual: StepResidual) -> Monitor.Growth {
    switch measure {
    case .residualRelative, .thompson, .hilbert: monitor.growth(at: residual)
    case .residualAbsolute, .residualSup:
      residual.sup <= Double.ulpOfOne * residual.scale ? monitor.growth(at: residual) : .bounded
    }
  }
}
