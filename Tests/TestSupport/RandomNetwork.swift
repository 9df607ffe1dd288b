public import FixedPoint
internal import LinearAlgebra

/// Networks with random weights, one for each kind of layer, for statements about many maps.
public enum RandomNetwork: String, Sendable, CaseIterable {
  /// tanh(W z) + b + 1.2
  case tanh
  /// (tanh(W z) + b + 1.603) / ‖·‖_inf
  case normalized
  /// relu(W z + b)
  case relu
  /// softshrink(W z + b), W = I - A Aᵀ scaled: the step of sparse coding
  case softshrink
  /// sigmoid(W z + b)
  case sigmoid

  /// f with `size` units: entries of W have standard deviation `gain`/sqrt(3 size), or W = I - A Aᵀ/`gain` for
  /// ``softshrink`` with ‖A‖ about 1.
  public func make(size: Int, gain: Double, seed: UInt64) -> Network {
    var generator = SeededGenerator(seed: seed)
    var weight = generator.matrix(size, size)
    for index in weight.values.indices { weight.values[index] *= gain / Double(size).squareRoot() }
    if self == .softshrink {
      var gram = Matrix.identity(size)
      gram.accumulate(weight, times: weight, .transposed, scale: -0.7 / (gain * gain))
      weight = gram
    }
    return build(weight: weight, bias: generator.vector(size))
  }

  private func build(weight: Matrix, bias: [Double]) -> Network {
    let shape = Shape([bias.count])
    let context = OperatorContext(incoming: shape, state: shape, input: nil)
    let square = FieldValue.tensor(Tensor(shape: Shape([bias.count, bias.count]), values: weight.values))
    let inject = FieldValues(["bias": .tensor(Tensor(shape: shape, values: bias))])
    do {
      let dense = try Dense(FieldValues(["weight": square]), in: context)
      let activate = try Activate(activation, in: context)
      let input = try Inject(inject, in: context)
      switch self {
      case .tanh: return try Network(stateShape: shape, operators: [dense, activate, input])
      case .normalized:
        let norm = try Normalize(FieldValues(["norm": .text("inf")]), in: context)
        return try Network(stateShape: shape, operators: [dense, activate, input, norm])
      case .relu, .softshrink, .sigmoid: return try Network(stateShape: shape, operators: [dense, input, activate])
      }
    } catch {
      preconditionFailure("the operators are well formed: \(error)")
    }
  }

  private var activation: FieldValues {
    switch self {
    case .tanh: FieldValues(["kind": .text("tanh"), "shift": .number(1.2)])
    case .normalized: FieldValues(["kind": .text("tanh"), "shift": .number(1.603)])
    case .relu: FieldValues(["kind": .text("relu")])
    case .softshrink: FieldValues(["kind": .text("softshrink"), "threshold": .number(0.1)])
    case .sigmoid: FieldValues(["kind": .text("sigmoid")])
    }
  }
}
