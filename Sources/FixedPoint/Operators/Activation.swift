/// An activation kind with its parameter: the function σ of one variable.
public struct Activation: Sendable, Equatable {
  public let kind: ActivationKind
  /// Slope of leaky-relu, threshold of softshrink; 0 for kinds without a parameter.
  public let parameter: Double

  /// The default parameter is taken if `parameter` is `nil`.
  public init(_ kind: ActivationKind, parameter: Double? = nil) {
    precondition(parameter == nil || kind.parameter != nil, "only leaky-relu and softshrink have a parameter")
    self.kind = kind
    self.parameter = parameter ?? kind.parameter?.defaultValue ?? 0
  }

  public static let identity = Activation(.identity)

  /// σ(t); NaN outside the domain.
  public func value(_ t: Double) -> Double { value(t, at: t) }

  /// σ'(t). At a kink, the element of Clarke's generalised derivative that machine learning takes: 0 for relu,
  /// hardtanh and softshrink, the slope to the left for leaky-relu.
  public func slope(_ t: Double) -> Double { slope(t, at: t) }

  /// Encloses σ(t) for a number t of the domain.
  func enclosure(_ t: Double) -> Interval { value(Interval(t), at: t) }

  /// Encloses σ'(t) for a number t of the domain that is no kink.
  func slopeEnclosure(_ t: Double) -> Interval { slope(Interval(t), at: t) }
}

// The formulas, once for numbers and intervals: `t` is the argument in either arithmetic, `point` the number that it
// stands for and that decides between branches. NaN falls through every comparison and comes out as NaN.
extension Activation {
  func value<Scalar: ElementaryScalar>(_ t: Scalar, at point: Double) -> Scalar {
    switch kind {
    case .identity: t
    case .relu: point <= 0 ? Scalar(0) : t
    case .leakyRelu: point <= 0 ? Scalar(parameter) * t : t
    case .tanh: Scalar.tanh(t)
    case .sigmoid: Activation.sigmoid(t)
    case .softplus: point > 0 ? t + Scalar.log1p(Scalar.exp(-t)) : Scalar.log1p(Scalar.exp(t))
    case .softsign: t / (Scalar(1) + Activation.magnitude(t, at: point))
    case .arctan: Scalar.atan(t)
    case .hardtanh: point < -1 ? Scalar(-1) : point > 1 ? Scalar(1) : t
    case .erf: Scalar.erf(t)
    case .elu: point > 0 ? t : Scalar.expm1(t)
    case .gelu: t * Scalar.normalDistribution(t)
    case .silu: t * Activation.sigmoid(t)
    case .sin: Scalar.sin(t)
    case .softshrink: shrunk(t, at: point)
    case .log1p: Scalar.log1p(t)
    case .sqrt: Scalar.root(t)
    case .exp: Scalar.exp(t)
    }
  }

  func slope<Scalar: ElementaryScalar>(_ t: Scalar, at point: Double) -> Scalar {
    switch kind {
    case .identity: Scalar(1)
    case .relu: Scalar(point <= 0 ? 0 : 1)
    case .leakyRelu: Scalar(point <= 0 ? parameter : 1)
    case .tanh: Scalar(4) * Activation.sigmoidSlope(Scalar(2) * t, at: point)
    case .sigmoid: Activation.sigmoidSlope(t, at: point)
    case .softplus: Activation.sigmoid(t)
    case .softsign: Scalar(1) / Activation.square(Scalar(1) + Activation.magnitude(t, at: point))
    case .arctan: Scalar(1) / (Scalar(1) + Activation.square(t))
    case .hardtanh: Scalar(abs(point) < 1 ? 1 : 0)
    case .erf: Scalar.twoOverRootPi * Scalar.exp(-1, timesSquareOf: t)
    case .elu: point > 0 ? Scalar(1) : Scalar.exp(t)
    case .gelu: Scalar.normalDistribution(t) + t * Activation.normalDensity(t)
    case .silu: Activation.sigmoid(t) + t * Activation.sigmoidSlope(t, at: point)
    case .sin: Scalar.cos(t)
    case .softshrink: Scalar(abs(point) > parameter || parameter == 0 ? 1 : 0)
    case .log1p: Scalar(1) / (Scalar(1) + t)
    case .sqrt: Scalar(0.5) / Scalar.root(t)
    case .exp: Scalar.exp(t)
    }
  }

  private func shrunk<Scalar: ElementaryScalar>(_ t: Scalar, at point: Double) -> Scalar {
    if abs(point) <= parameter { return Scalar(0) }
    return point > 0 ? t - Scalar(parameter) : t + Scalar(parameter)
  }

  static func magnitude<Scalar: ElementaryScalar>(_ t: Scalar, at point: Double) -> Scalar {
    point < 0 ? -t : t
  }

  static func square<Scalar: ElementaryScalar>(_ t: Scalar) -> Scalar { t * t }

  static func sigmoid<Scalar: ElementaryScalar>(_ t: Scalar) -> Scalar {
    Scalar(1) / (Scalar(1) + Scalar.exp(-t))
  }

  /// e / (1 + e)², e = exp(-|t|): no cancellation and no overflow.
  static func sigmoidSlope<Scalar: ElementaryScalar>(_ t: Scalar, at point: Double) -> Scalar {
    let decay = Scalar.exp(-magnitude(t, at: point))
    return decay / square(Scalar(1) + decay)
  }

  /// φ(t) = exp(-t²/2) / √(2π).
  static func normalDensity<Scalar: ElementaryScalar>(_ t: Scalar) -> Scalar {
    Scalar.exp(-0.5, timesSquareOf: t) / Scalar.root(Scalar(2) * Scalar.pi)
  }
}
