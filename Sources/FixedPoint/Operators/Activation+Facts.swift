/// What the theorems ask of an activation, from one table: the bounds of its slope.
extension Activation {
  /// The least and the largest slope on the whole domain, every one-sided slope included, outward rounded where they are no
  /// numbers of the format; `nil` if the slope is unbounded (log1p near -1, sqrt near 0, exp).
  public var slopeBounds: Interval? {
    switch kind {
    case .identity: Interval(1)
    case .relu, .tanh, .softplus, .softsign, .arctan, .hardtanh, .elu, .softshrink: Interval(0, 1)
    case .leakyRelu: Interval(parameter, 1)
    case .sigmoid: Interval(0, 0.25)
    case .erf: Interval(0, slopeEnclosure(0).upper)
    case .gelu, .silu:
      slopeTurningPoints(in: .everything).map(turningSlope).reduce(Interval(0, 1)) { $0.hull($1) }
    case .sin: Interval(-1, 1)
    case .log1p, .sqrt, .exp: nil
    }
  }

  /// An upper bound of the Lipschitz constant on the domain, exact but for rounding; `nil` if there is none.
  public var lipschitzConstant: Double? { slopeBounds?.magnitude }

  /// Whether σ is the proximal operator of a convex function: defined on R with slopes in [0, 1].
  ///
  /// Source: Combettes, Pesquet, Deep neural network structures solving variational inequalities, 2020, proposition 2.3.
  public var isProximal: Bool {
    guard kind.domainStart == -.infinity, let slopeBounds else { return false }
    return Interval(0, 1).contains(slopeBounds)
  }

  /// Whether σ is concave, non-decreasing and non-negative on [0, inf).
  public var isConcaveOnPositive: Bool {
    switch kind {
    case .identity, .relu, .leakyRelu, .tanh, .sigmoid, .softsign, .arctan, .hardtanh, .erf, .elu, .log1p, .sqrt: true
    case .softshrink: parameter == 0
    case .softplus, .gelu, .silu, .sin, .exp: false
    }
  }
}
