/// One step of a run as it was measured: with z = z_{k-1}, everything is about f(z) - z.
///
/// An undefined measure is `nil`: Thompson's and Hilbert's off the open cone, a ratio at the first step or over zero,
/// the relative residual where f(z) = 0 and z is not. Where an entry of z or f(z) is not finite, the absolute and the sup
/// residual are infinite and all else is undefined.
/// Source: theory, section 4.
public struct TraceRow: Sendable, Equatable {
  /// k, counted from 1.
  public let step: Int
  /// Evaluations of f up to and including this step.
  public let evaluations: Int
  public let residualRelative: Double?
  public let residualAbsolute: Double
  public let residualSup: Double
  public let thompson: Double?
  public let hilbert: Double?
  public let ratioEuclidean: Double?
  public let ratioSup: Double?
  public let ratioThompson: Double?
  public let ratioHilbert: Double?

  public subscript(measure: Measure) -> Double? {
    switch measure {
    case .residualRelative: residualRelative
    case .residualAbsolute: residualAbsolute
    case .residualSup: residualSup
    case .thompson: thompson
    case .hilbert: hilbert
    }
  }

  public subscript(ratio: Ratio) -> Double? {
    switch ratio {
    case .euclidean: ratioEuclidean
    case .sup: ratioSup
    case .thompson: ratioThompson
    case .hilbert: ratioHilbert
    }
  }
}
