internal import LinearAlgebra

/// A number that a network can be varied along, to see how far a certificate is from being lost or won.
public enum Parameter: String, Sendable, CaseIterable {
  /// Factor of all `dense` weights: 1 is the network as it is.
  case gain
  /// The shift of every `activation`.
  case shift
  /// The power of every `activation`.
  case power
}

extension Network {
  /// The network's value of the parameter; `nil` if no operator has it. Of several, the first activation's.
  public func value(of parameter: Parameter) -> Double? {
    let activation = operators.lazy.compactMap { $0 as? Activate }.first
    switch parameter {
    case .gain: return operators.contains { $0 is Dense } ? 1 : nil
    case .shift: return activation?.shift
    case .power: return activation?.power
    }
  }

  /// The network with another value of the parameter; `nil` if the operators do not take it.
  public func setting(_ parameter: Parameter, to value: Double) -> Network? {
    let varied = operators.compactMap { link in link.setting(parameter, to: value, state: stateShape) }
    guard varied.count == operators.count else { return nil }
    return try? Network(stateShape: stateShape, operators: varied)
  }
}

extension Operator {
  fileprivate func setting(_ parameter: Parameter, to value: Double, state: Shape) -> (any Operator)? {
    let context = OperatorContext(incoming: inputShape, state: state, input: nil)
    switch (self, parameter) {
    case (let dense as Dense, .gain): return dense.scaled(by: value, in: context)
    case (let activate as Activate, .shift): return activate.with(shift: value, power: activate.power, in: context)
    case (let activate as Activate, .power): return activate.with(shift: activate.shift, power: value, in: context)
    default: return self
    }
  }
}

extension Dense {
  fileprivate func scaled(by factor: Double, in context: OperatorContext) -> Dense? {
    let weight = action.weight
    let tensor = Tensor(shape: Shape([weight.rows, weight.columns]), values: weight.values.map { factor * $0 })
    return try? Dense(FieldValues(["weight": .tensor(tensor)]), in: context)
  }
}

extension Activate {
  fileprivate func with(shift: Double, power: Double, in context: OperatorContext) -> Activate? {
    var fields = FieldValues([
      "kind": .text(activation.kind.rawValue), "shift": .number(shift), "power": .number(power),
    ])
    if let parameter = activation.kind.parameter { fields[parameter.rawValue] = .number(activation.parameter) }
    return try? Activate(fields, in: context)
  }
}
