/// All measures of a step: the residuals, and the distances of the cone where they are defined; nothing is allocated.
///
/// Source: theory, section 4.
struct StepMeasures: Sendable, Equatable {
  let residual: StepResidual
  let thompson: Double?
  let hilbert: Double?

  init(iterate: Span<Double>, image: Span<Double>) {
    residual = StepResidual(iterate: iterate, image: image)
    let distances = residual.isFinite ? ConeDistances(image, iterate) : nil
    thompson = distances?.thompson
    hilbert = distances?.hilbert
  }

  var residualAbsolute: Double { residual.absolute }
  var residualRelative: Double? { residual.relative }
  var residualSup: Double { residual.sup }

  /// The value of one measure.
  subscript(measure: Measure) -> Double? {
    switch measure {
    case .residualRelative: residualRelative
    case .residualAbsolute: residualAbsolute
    case .residualSup: residualSup
    case .thompson: thompson
    case .hilbert: hilbert
    }
  }
}
