extension Activation {
  /// σ''(t) on a smooth piece that holds `point`: 0 for the piecewise linear kinds.
  func curvature<Scalar: ElementaryScalar>(_ t: Scalar, at point: Double) -> Scalar {
    switch kind {
    case .identity, .relu, .leakyRelu, .hardtanh, .softshrink: Scalar(0)
    case .tanh: Scalar(-2) * value(t, at: point) * slope(t, at: point)
    case .sigmoid: slope(t, at: point) * (Scalar(1) - Scalar(2) * value(t, at: point))
    case .softplus: Activation.sigmoidSlope(t, at: point)
    case .softsign: softsignCurvature(t, at: point)
    case .arctan: Scalar(-2) * t * Activation.square(slope(t, at: point))
    case .erf: Scalar(-2) * t * slope(t, at: point)
    case .elu: point > 0 ? Scalar(0) : Scalar.exp(t)
    case .gelu: Activation.normalDensity(t) * (Scalar(2) - Activation.square(t))
    case .silu:
      Activation.sigmoidSlope(t, at: point) * (Scalar(2) + t * (Scalar(1) - Scalar(2) * Activation.sigmoid(t)))
    case .sin: -Scalar.sin(t)
    case .log1p: -Activation.square(slope(t, at: point))
    case .sqrt: Scalar(-0.25) / (t * Scalar.root(t))
    case .exp: Scalar.exp(t)
    }
  }

  /// -2 sign(t) / (1 + |t|)³.
  private func softsignCurvature<Scalar: ElementaryScalar>(_ t: Scalar, at point: Double) -> Scalar {
    let stretch = Scalar(1) + Activation.magnitude(t, at: point)
    return Scalar(point < 0 ? 2 : -2) / (stretch * Activation.square(stretch))
  }
}
