/// How a unit answers, to first order, to a change of what goes into its activation σ at v.
///
/// A unit is flat where |σ'(v)| is at most ``flatShare`` of the steepest slope of σ (of 1 where slopes are unbounded):
/// for tanh beyond ±2.18, for relu left of 0. A flat unit is inactive where |σ(v)| is at most ``flatShare``, too, else
/// saturated.
public enum UnitActivity: Sendable, Equatable {
  case responsive
  /// Flat, at a value away from 0.
  case saturated
  /// Flat, at a value near 0.
  case inactive
  /// v is not finite, or σ not defined there.
  case undefined

  public static let flatShare = 0.05
}

extension Activation {
  /// The activity of units at these values of v.
  func activity(at values: [Double]) -> [UnitActivity] {
    let limit = UnitActivity.flatShare * (slopeBounds?.magnitude ?? 1)
    return values.map { t in
      let (slope, value) = (slope(t), value(t))
      guard t.isFinite, !slope.isNaN, !value.isNaN else { return .undefined }
      if abs(slope) > limit { return .responsive }
      return abs(value) <= UnitActivity.flatShare ? .inactive : .saturated
    }
  }
}

extension Network {
  /// What the last activation makes of every unit at `iterate`; `nil` if there is none, or if an operator behind it
  /// mixes the units.
  ///
  /// At most one evaluation of f.
  public func activity(at iterate: [Double]) -> [UnitActivity]? {
    guard let position = operators.lastIndex(where: { $0 is Activate }),
      let link = operators[position] as? Activate, link.inputShape == stateShape,
      operators[(position + 1)...].allSatisfy({ $0 is Inject || $0 is Scale || $0 is Skip || $0 is Normalize })
    else { return nil }
    return link.activation.activity(at: values(at: iterate)[position])
  }
}
