extension TraceRow {
  /// The row of a step from its measures and the row of the step before, which the first step does not have.
  init(step: Int, evaluations: Int, measures: StepMeasures, previous: TraceRow?) {
    func ratio(_ measure: Measure) -> Double? {
      guard let value = measures[measure], let before = previous?[measure], before > 0 else { return nil }
      let quotient = value / before
      return quotient.isFinite ? quotient : nil
    }
    self.init(
      step: step, evaluations: evaluations,
      residualRelative: measures.residualRelative, residualAbsolute: measures.residualAbsolute,
      residualSup: measures.residualSup, thompson: measures.thompson, hilbert: measures.hilbert,
      ratioEuclidean: ratio(.residualAbsolute), ratioSup: ratio(.residualSup),
      ratioThompson: ratio(.thompson), ratioHilbert: ratio(.hilbert))
  }
}
