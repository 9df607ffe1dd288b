internal import LinearAlgebra

extension Activation {
  /// The exact hull of σ's generalised derivative over all of R; `nil` where σ is not defined everywhere or has unbounded
  /// slope.
  ///
  /// An enclosure by interval arithmetic would miss the condition "within [0, 1]" by its rounding.
  var slopesEverywhere: Interval? { kind.domainStart == -.infinity ? slopeBounds : nil }
}

extension Activate {
  /// Encloses the slopes of each unit over a box of pre-activations, which may be unbounded; `nil` where one is.
  func slopes(over values: IntervalVector) -> IntervalVector? {
    let everywhere = power == 1 ? activation.slopesEverywhere : nil
    var result = values
    for unit in 0..<values.count {
      guard let range = try? slopeRange(over: values[unit], unit: unit), range.isFinite else { return nil }
      result[unit] = everywhere?.intersection(range) ?? range
    }
    return result
  }
}

extension Operator {
  /// Encloses D(v) · M for every v at all; `nil` where D is unbounded or not defined everywhere.
  func encloseJacobianEverywhere(times running: IntervalMatrix) -> IntervalMatrix? {
    let everything = IntervalVector.everything(inputShape.count)
    return (try? encloseJacobian(over: everything, times: running)).flatMap { $0.isFinite ? $0 : nil }
  }
}

extension IntervalMatrix {
  var isFinite: Bool { lower.values.allSatisfy(\.isFinite) && upper.values.allSatisfy(\.isFinite) }
}
