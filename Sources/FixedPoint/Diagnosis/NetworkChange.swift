/// One number of a network that is made smaller, so that the map has a fixed point that is found.
public enum NetworkChange: Sendable, Equatable {
  /// Another value of a number of the operator at this position, called `name` in the formats.
  case field(position: Int, operator: String, name: String, from: Double, to: Double)
  /// A `scale` by a number, put in at this position of the pipeline.
  case scale(position: Int, by: Double)

  /// The number that the network has after the change.
  public var value: Double {
    switch self {
    case .field(_, _, _, _, let value), .scale(_, let value): value
    }
  }

  /// The same place with `part` of the number that the network has; an operator that is put in has 1.
  func taking(_ part: Double) -> NetworkChange {
    switch self {
    case .field(let position, let link, let name, let from, _):
      .field(position: position, operator: link, name: name, from: from, to: part * from)
    case .scale(let position, _): .scale(position: position, by: part)
    }
  }

  /// The same place with this number.
  func setting(_ value: Double) -> NetworkChange {
    switch self {
    case .field(let position, let link, let name, let from, _):
      .field(position: position, operator: link, name: name, from: from, to: value)
    case .scale(let position, _): .scale(position: position, by: value)
    }
  }

  /// The number as the network has it.
  var own: Double {
    switch self {
    case .field(_, _, _, let from, _): from
    case .scale: 1
    }
  }
}

extension Network {
  /// The network after a change; `nil` if the operators do not take it.
  public func applying(_ change: NetworkChange) -> Network? {
    var links = operators
    switch change {
    case .field(let position, _, let name, _, let value):
      guard links.indices.contains(position), let link = links[position].setting(name, to: value, state: stateShape)
      else { return nil }
      links[position] = link
    case .scale(let position, let factor):
      guard (0...links.count).contains(position) else { return nil }
      let incoming = position == 0 ? stateShape : links[position - 1].outputShape
      let context = OperatorContext(incoming: incoming, state: stateShape, input: nil)
      guard let link = try? Scale(FieldValues(["by": .number(factor)]), in: context) else { return nil }
      links.insert(link, at: position)
    }
    return try? Network(stateShape: stateShape, operators: links)
  }

  /// The numbers that make the map smaller, at most four: factors that are there, or else one behind each linear map, or
  /// else one behind everything.
  var reducibleNumbers: [NetworkChange] {
    let factors = operators.enumerated().compactMap { position, link -> NetworkChange? in
      switch link {
      case let scale as Scale where scale.factor != 0:
        .field(position: position, operator: link.name, name: "by", from: scale.factor, to: scale.factor)
      case let skip as Skip where skip.stateFactor != 0:
        .field(position: position, operator: link.name, name: "scale", from: skip.stateFactor, to: skip.stateFactor)
      default: nil
      }
    }
    let maps = operators.indices.filter { position in
      let link = operators[position]
      let isScaled = operators.indices.contains(position + 1) && operators[position + 1] is Scale
      return (link.weight != nil || link is any SparseLinearOperator) && !isScaled
    }
    let found = factors + maps.map { .scale(position: $0 + 1, by: 1) }
    return found.isEmpty ? [.scale(position: operators.count, by: 1)] : Array(found.prefix(4))
  }

  /// Whether a change multiplies the only `dense` weights by a number, so that it is the gain of ``Parameter``.
  func isGain(_ change: NetworkChange) -> Bool {
    let dense = operators.indices.filter { operators[$0] is Dense }
    guard dense.count == 1 else { return false }
    switch change {
    case .field(let position, _, let name, _, _):
      return name == "by" && position > dense[0]
        && operators[(dense[0] + 1)...position].allSatisfy { $0 is Scale }
    case .scale(let position, _): return position == dense[0] + 1
    }
  }
}

extension Operator {
  /// The operator with another value of its factor; `nil` if it has none of that name.
  fileprivate func setting(_ name: String, to value: Double, state: Shape) -> (any Operator)? {
    let context = OperatorContext(incoming: inputShape, state: state, input: nil)
    let fields = FieldValues([name: .number(value)])
    switch (self, name) {
    case (is Scale, "by"): return try? Scale(fields, in: context)
    case (is Skip, "scale"): return try? Skip(fields, in: context)
    default: return nil
    }
  }
}
