internal import LinearAlgebra

/// Theorem 10 in one of the norms: f has a Lipschitz constant below 1, so Banach's theorem applies.
///
/// A constant over Rⁿ or over an invariant box is the least of: the norm of an enclosure of J; the product of the operators'
/// norms and largest slopes along the pipeline, `skip` adding its factor; and ‖diag(max |slope|) W‖ where the map is
/// Φ(Wz + p) + q, since every D W is a diagonal matrix in [-1, 1] times that.
protocol LipschitzTheorem: Theorem {
  /// The norm's name: "2-norm".
  static var normName: String { get }
  static var metric: CertificateMetric { get }
  /// The largest norm of the matrices within the intervals.
  static func norm(_ matrix: IntervalMatrix) -> ProvedBound?
}

extension LipschitzTheorem {

  public static func certify(_ analysis: Analysis) -> Certificate {
    certificate(analysis.slopeRegions.compactMap { attempt($0, analysis.network) }, on: analysis) {
      analysis.violation(of: "\(normName) of J", least: leastNorm)
    }
  }

  private static func attempt(_ region: SlopeRegion, _ network: Network) -> ProofAttempt? {
    guard let constant = least(constants(region, network)) else { return nil }
    return region.attempt(
      [Hypothesis("Lipschitz constant in the \(normName) \(region.place)", constant, .less, 1)],
      rate: constant.upper, metric: metric)
  }

  /// At most the norm of every matrix inside: the middle's, less the largest that the rest can have.
  private static func leastNorm(_ matrix: IntervalMatrix) -> Double? {
    let middle = matrix.midpoint
    let rest = matrix.radius(around: middle).normFrobenius * (1 + 1e-9) * Double(matrix.rows).squareRoot().nextUp
    return norm(IntervalMatrix(middle)).map { Rounding.sumDown($0.lower, -rest) }
  }

  /// The least of the bounds; of those that are as good, the one with the smallest allowance.
  private static func least(_ constants: [ProvedBound]) -> ProvedBound? {
    guard let least = constants.map(\.upper).min() else { return nil }
    return constants.filter { $0.upper <= least * (1 + 1e-9) }.min { $0.allowance < $1.allowance }
  }

  private static func constants(_ region: SlopeRegion, _ network: Network) -> [ProvedBound] {
    // Where the slope form exists it gives the least bound: it is at most the product ‖diag(max |slope|)‖ ‖W‖, and at
    // most ‖midpoint‖ + ‖radii‖ of the enclosure of D W, by the triangle inequality.
    let bounds =
      if let form = region.withSlopeForm?.form { [norm(form.steepest)] } else {
        [region.jacobian.flatMap(norm), product(region, network)]
      }
    return bounds.compactMap { $0 }.filter { $0.upper.isFinite }
  }

  /// The Lipschitz constant by the chain rule in norms.
  private static func product(_ region: SlopeRegion, _ network: Network) -> ProvedBound? {
    guard let factors = region.factors(network) else { return nil }
    var constant = Interval(1)
    for (link, factor) in zip(network.operators, factors) {
      guard let norm = norm(factor), norm.upper.isFinite else { return nil }
      constant = constant * Interval(max(0, norm.lower), max(0, norm.upper)) + Interval(link.stateFactor.magnitude)
    }
    return ProvedBound(constant)
  }
}

extension SlopeRegion {
  /// Encloses each operator's own derivative over the values that reach it; `nil` where one is unbounded.
  fileprivate func factors(_ network: Network) -> [IntervalMatrix]? {
    guard let values = try? network.enclosedValues(over: region) else { return nil }
    var factors: [IntervalMatrix] = []
    for (position, link) in network.operators.enumerated() {
      let identity = IntervalMatrix.identity(link.inputShape.count)
      guard let factor = try? link.encloseJacobian(over: values[position], times: identity), factor.isFinite else {
        return nil
      }
      factors.append(factor)
    }
    return factors
  }
}

extension Matrix {
  /// Encloses the largest row sum of magnitudes.
  var normInfEnclosure: ProvedBound { ProvedBound(Interval(normInfLowerBound, normInfBound)) }
}
