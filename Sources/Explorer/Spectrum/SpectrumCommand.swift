/// What can be asked on the spectrum screen.
public enum SpectrumCommand: Sendable, Equatable {
  case nextEigenvalue
  case previousEigenvalue
  /// The plane of J or that of the log-Jacobian.
  case otherPlane
  case nextPane
  case zoom
  case toggleScale
  case leave
}
