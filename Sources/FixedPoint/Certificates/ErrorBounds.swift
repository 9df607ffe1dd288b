internal import Glibc

/// What a proved contraction says about the distance of an iterate to the fixed point, in the certificate's metric.
///
/// The bounds hold for Picard's iteration (or the one that the certificate names) from the first iterate on that lies where
/// the rate holds: ``Certificate/rateScope``, which f maps into itself.
/// Source: Banach 1922; Ortega, Rheinboldt, *Iterative Solution of Nonlinear Equations*, 1970, theorem 12.1.2.
public struct ErrorBounds: Sendable, Equatable {
  /// Contraction factor, below 1.
  public let rate: Double
  public let metric: CertificateMetric
  /// Where the rate holds: a set that f maps into itself.
  public let scope: Scope

  /// `nil` unless the certificate proves exactly one fixed point with a rate below 1 in a metric.
  public init?(_ certificate: Certificate) {
    guard certificate.provesExactlyOne, let rate = certificate.rate, rate < 1, let metric = certificate.metric,
      let scope = certificate.rateScope, scope.isInvariant
    else { return nil }
    guard certificate.iteration != .picardAsymptotic else { return nil }
    self.rate = rate
    self.metric = metric
    self.scope = scope
  }

  /// Whether the bounds hold from this iterate on: whether it lies where the rate holds.
  public func apply(from iterate: [Double]) -> Bool { scope.contains(iterate) }

  /// At least d(z_k, z*) after `steps` = k steps: rate^k / (1 - rate) · d(z_1, z_0).
  ///
  /// - Parameters:
  ///   - steps: k, counted from z_0.
  ///   - first: d(z_1, z_0).
  /// - Returns: a bound in the certificate's metric.
  public func aPriori(afterSteps steps: Int, firstStep first: Double) -> Double {
    let power = Interval.power(Interval(rate), Double(steps)).upper
    return Rounding.quotientUp(Rounding.productUp(power, first), Rounding.sumDown(1, -rate))
  }

  /// At least d(z_k, z*): rate / (1 - rate) · d(z_k, z_{k-1}).
  ///
  /// - Parameter last: d(z_k, z_{k-1}), the length of the step that led to z_k.
  /// - Returns: a bound in the certificate's metric.
  public func aPosteriori(lastStep last: Double) -> Double {
    Rounding.quotientUp(Rounding.productUp(rate, last), Rounding.sumDown(1, -rate))
  }

  /// The first k for which the a-priori bound is at most `tolerance`; `nil` if that is beyond a billion steps.
  ///
  /// - Parameters:
  ///   - tolerance: distance to the fixed point in the certificate's metric, positive.
  ///   - first: d(z_1, z_0).
  /// - Returns: a number of steps counted from z_0.
  public func predictedSteps(to tolerance: Double, firstStep first: Double) -> Int? {
    precondition(tolerance > 0, "a tolerance is positive")
    if aPriori(afterSteps: 0, firstStep: first) <= tolerance { return 0 }
    if rate == 0 { return 1 }
    let estimate = (log(tolerance * (1 - rate) / first) / log(rate)).rounded(.up)
    guard estimate.isFinite, estimate < 1e9 else { return nil }
    var steps = max(0, Int(estimate) - 1)
    while aPriori(afterSteps: steps, firstStep: first) > tolerance { steps += 1 }
    return steps
  }
}
