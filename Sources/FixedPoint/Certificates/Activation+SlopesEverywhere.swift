internal import LinearAlgebra

extension Activation {
  /// Encloses every element of σ's generalised derivative over all of R; `nil` where σ is not defined everywhere or has
  /// unbounded slope.
  var slopesEverywhere: Interval? {
    switch kind {
    case .identity: Interval(1)
    case .relu, .tanh, .softplus, .softsign, .arctan, .hardtanh, .elu, .softshrink: Interval(0, 1)
    case .leakyRelu: Interval(parameter, 1)
    case .sigmoid: Interval(0, 0.25)
    case .erf: Interval(0, 1).hull(slopeEnclosure(0))
    case .gelu: slopeEnclosure(-Double(2).squareRoot()).hull(slopeEnclosure(Double(2).squareRoot()))
    case .silu: slopeEnclosure(-2.399_357_280_520_037).hull(slopeEnclosure(2.399_357_280_520_037))
    case .sin: Interval(-1, 1)
    case .log1p, .sqrt, .exp: nil
    }
  }

  /// Encloses σ(R); `nil` where it is unbounded or σ is not defined everywhere.
  var rangeEverywhere: Interval? {
    switch kind {
    case .tanh, .softsign, .hardtanh, .erf, .sin: Interval(-1, 1)
    case .sigmoid: Interval(0, 1)
    case .arctan: Interval(-Interval.pi.upper / 2, Interval.pi.upper / 2)
    default: nil
    }
  }
}

extension Activate {
  /// Encloses the derivative of (σ + shift)^power over all of R; `nil` where it is unbounded or not defined.
  var slopesEverywhere: Interval? {
    guard let inner = activation.slopesEverywhere else { return nil }
    if power == 1 { return inner }
    guard let range = activation.rangeEverywhere else { return nil }
    let base = range + Interval(shift)
    guard base.lower > 0 else { return nil }
    let exponent = Interval(power) - Interval(1)
    let outer = Interval.power(base, exponent.lower).hull(Interval.power(base, exponent.upper))
    let slopes = inner * (Interval(power) * outer)
    return slopes.isFinite ? slopes : nil
  }
}

extension Network {
  /// Encloses J(z) for all z of Rⁿ; `nil` where the pipeline has an operator without a bounded derivative everywhere.
  var jacobianEverywhere: IntervalMatrix? {
    var running = IntervalMatrix.identity(dimension)
    for link in operators {
      guard let next = link.encloseJacobianEverywhere(times: running) else { return nil }
      running = next
      if link.stateFactor != 0 { running = running + link.stateFactor * .identity(dimension) }
    }
    return running.isFinite ? running : nil
  }
}

extension Operator {
  /// Encloses D(v) · M for every v at all; `nil` where D is unbounded.
  func encloseJacobianEverywhere(times running: IntervalMatrix) -> IntervalMatrix? {
    if self is Normalize { return nil }
    guard let activation = self as? Activate else {
      // The derivative of every other operator is the same at all v.
      return try? encloseJacobian(over: IntervalVector(Array(repeating: 0, count: inputShape.count)), times: running)
    }
    guard let slopes = activation.slopesEverywhere else { return nil }
    var product = running
    for i in 0..<product.rows { product.scaleRow(i, by: slopes) }
    return product
  }
}

extension IntervalMatrix {
  var isFinite: Bool { lower.values.allSatisfy(\.isFinite) && upper.values.allSatisfy(\.isFinite) }
}
