import FixedPoint

extension Activation {
  /// σ of a NumPy array, as an expression.
  func python(of v: String) -> String {
    let parameter = PythonLiteral.number(parameter)
    return switch kind {
    case .identity: v
    case .relu: "np.maximum(\(v), 0.0)"
    case .leakyRelu: "np.where(\(v) > 0, \(v), \(parameter) * \(v))"
    case .tanh: "np.tanh(\(v))"
    case .sigmoid: "1 / (1 + np.exp(-\(v)))"
    case .softplus: "np.logaddexp(0.0, \(v))"
    case .softsign: "\(v) / (1 + np.abs(\(v)))"
    case .arctan: "np.arctan(\(v))"
    case .hardtanh: "np.clip(\(v), -1.0, 1.0)"
    case .erf: "erf(\(v))"
    case .elu: "np.where(\(v) > 0, \(v), np.expm1(np.minimum(\(v), 0.0)))"
    case .gelu: "\(v) * 0.5 * erfc(-\(v) / math.sqrt(2))"
    case .silu: "\(v) / (1 + np.exp(-\(v)))"
    case .sin: "np.sin(\(v))"
    case .softshrink: "np.sign(\(v)) * np.maximum(np.abs(\(v)) - \(parameter), 0.0)"
    case .log1p: "np.log1p(\(v))"
    case .sqrt: "np.sqrt(\(v))"
    case .exp: "np.exp(\(v))"
    }
  }
}
