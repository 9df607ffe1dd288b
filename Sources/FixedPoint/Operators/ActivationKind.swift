/// The entrywise functions σ of the format, with what the theorems need to know of each.
public enum ActivationKind: String, Sendable, CaseIterable {
  case identity
  case relu
  case leakyRelu = "leaky-relu"
  case tanh
  case sigmoid
  case softplus
  case softsign
  case arctan
  case hardtanh
  case erf
  case elu
  case gelu
  case silu
  case sin
  case softshrink
  case log1p
  case sqrt
  case exp

  /// The parameter of a kind that has one: its field's name and the value taken when the field is absent.
  public enum Parameter: String, Sendable {
    /// Slope of leaky-relu left of 0, within [0, 1]; 0.01 when absent.
    case slope
    /// Half width of softshrink's dead zone, at least 0; 0.5 when absent.
    case threshold

    public var defaultValue: Double {
      switch self {
      case .slope: 0.01
      case .threshold: 0.5
      }
    }
  }

  public var parameter: Parameter? {
    switch self {
    case .leakyRelu: .slope
    case .softshrink: .threshold
    case .identity, .relu, .tanh, .sigmoid, .softplus, .softsign, .arctan, .hardtanh, .erf, .elu, .gelu, .silu, .sin,
      .log1p, .sqrt, .exp:
      nil
    }
  }

  /// The left end of the set on which σ is defined: 0 for sqrt, -1 (itself excluded) for log1p, else -infinity.
  public var domainStart: Double {
    switch self {
    case .sqrt: 0
    case .log1p: -1
    case .identity, .relu, .leakyRelu, .tanh, .sigmoid, .softplus, .softsign, .arctan, .hardtanh, .erf, .elu, .gelu,
      .silu, .sin, .softshrink, .exp:
      -.infinity
    }
  }
}
