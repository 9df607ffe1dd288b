/// The subhomogeneity coefficient of a scalar activation: sup |t g'(t)| / g(t) with g = (σ + shift)^power.
///
/// Source: Sittoni, Tudisco, Subhomogeneous Deep Equilibrium Models, ICML 2024, section 4.
public enum ActivationCoefficient: Sendable, Equatable {
  /// The supremum is at least `value`, up to rounding, and at most `upperBound`, which is rigorous. The two agree to
  /// about 1e-12, relative.
  case bounded(value: Double, upperBound: Double)
  /// The supremum is infinite, or σ + shift is not positive on the whole domain.
  case unbounded

  /// Where t ranges.
  public enum Domain: Sendable, Equatable {
    /// t > 0.
    case positive
    /// All real t.
    case real
    /// A bounded interval, its ends included.
    case interval(Interval)
  }

  /// The coefficient of g^factor, given that of g.
  func scaled(by factor: Double) -> ActivationCoefficient {
    guard case .bounded(let value, let upperBound) = self, factor != 1 else { return self }
    let bound = Rounding.productUp(upperBound, abs(factor))
    return .bounded(value: min(value * abs(factor), bound), upperBound: bound)
  }
}

extension Activation {
  /// The coefficient of (σ + shift)^power; `nil` if σ is not defined on the whole domain.
  ///
  /// Since g'/g = power σ'/(σ + shift), it is |power| times that of σ + shift.
  public func coefficient(
    shift: Double, power: Double = 1, over domain: ActivationCoefficient.Domain
  ) -> ActivationCoefficient? {
    let isDefined =
      switch domain {
      case .positive: kind.domainStart <= 0
      case .real: kind.domainStart == -.infinity
      case .interval(let interval): range(over: interval) != nil
      }
    return isDefined ? base(shift, domain).scaled(by: power) : nil
  }

  private func base(_ shift: Double, _ domain: ActivationCoefficient.Domain) -> ActivationCoefficient {
    if kind == .sqrt { return root(shift, domain) }
    if domain == .positive, shift == 0, isConcaveOnPositive, value(0) == 0 {
      // t σ' <= σ for a concave σ with σ(0) = 0, with equality in the limit t -> 0.
      return .bounded(value: 1, upperBound: 1)
    }
    var search = CoefficientSearch(self, shift: shift, over: domain)
    return search.run()
  }

  /// |t σ'| / (σ + c) = ½ √t / (√t + c): monotone in t, with the limit ½.
  private func root(_ shift: Double, _ domain: ActivationCoefficient.Domain) -> ActivationCoefficient {
    guard case .interval(let interval) = domain else {
      return shift < 0 ? .unbounded : .bounded(value: 0.5, upperBound: 0.5)
    }
    let base = enclosure(interval.lower) + Interval(shift)
    guard base.lower > 0 else { return .unbounded }
    let root = enclosure(shift < 0 ? interval.lower : interval.upper)
    let ratio = Interval(0.5) * root / (root + Interval(shift))
    return .bounded(value: ratio.midpoint, upperBound: ratio.upper)
  }
}
