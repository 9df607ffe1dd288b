public import FixedPoint
import Screen

extension RaceResult {
  /// Why the method did not run to an outcome of its own; `nil` where it did.
  public var reason: String? {
    switch outcome {
    case .failed(.needs(_, let requirement)): "needs \(requirement)"
    case .failed(.singular(_, let step)): "singular system at step \(step)"
    case .converged, .maxSteps, .diverged, .cycle, .stalled: nil
    }
  }

  /// `12.3 µs`, `4.56 ms`, `1.2 s`.
  public var durationText: String {
    guard let duration else { return NumberText.undefined }
    let unit = TimeUnit(for: duration)
    return NumberText.significant(duration * unit.perSecond) + " " + unit.rawValue
  }
}

/// The unit in which a time is told.
enum TimeUnit: String {
  case microseconds = "µs"
  case milliseconds = "ms"
  case seconds = "s"

  init(for seconds: Double) {
    self = seconds < 1e-3 ? .microseconds : seconds < 1 ? .milliseconds : .seconds
  }

  var perSecond: Double {
    switch self {
    case .microseconds: 1e6
    case .milliseconds: 1e3
    case .seconds: 1
    }
  }
}
