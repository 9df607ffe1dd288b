public import FixedPoint

/// Maps σ(W z + p) + q with W = (1 - m) I - AᵀA + B - Bᵀ: one fixed point, whatever the gain of A and B.
public enum MonotoneNetworks {
  /// A seeded network of `count` units with the given strength m; `scale` multiplies A and B.
  public static func network(
    seed: UInt64, count: Int, strength: Double, scale: Double, activation: FieldValues, shift: [Double]? = nil
  ) throws -> Network {
    var generator = SeededGenerator(seed: seed)
    let spread = -scale...scale
    let square = Shape([count, count])
    let monotone = FieldValues([
      "m": .number(strength),
      "A": .tensor(Tensor(shape: square, values: generator.vector(count * count, in: spread))),
      "B": .tensor(Tensor(shape: square, values: generator.vector(count * count, in: spread))),
    ])
    let bias = generator.vector(count)
    let context = OperatorContext(incoming: Shape([count]), state: Shape([count]), input: nil)
    var operators: [any Operator] = [
      try Monotone(monotone, in: context), try injection(bias, in: context), try Activate(activation, in: context),
    ]
    if let shift { operators.append(try injection(shift, in: context)) }
    return try Network(stateShape: Shape([count]), operators: operators)
  }

  private static func injection(_ bias: [Double], in context: OperatorContext) throws -> Inject {
    try Inject(FieldValues(["bias": .tensor(Tensor(vector: bias))]), in: context)
  }
}
