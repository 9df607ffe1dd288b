internal import LinearAlgebra

extension Network {
  /// W is formed densely, so the state has at most this many entries.
  static let largestProximalDimension = 2048

  /// The pipeline as σ(W z + p) + q: affine operators, at most one activation, then injections and positive scales.
  public func proximalForm() throws(ProximalFormObstacle) -> ProximalForm {
    guard dimension <= Self.largestProximalDimension else {
      throw ProximalFormObstacle("a state of at most \(Self.largestProximalDimension) entries")
    }
    let outside = try proximalPart()
    let (weight, offset) = try affinePart(before: outside.position)
    return ProximalForm(weight: weight, offset: offset, proximal: outside.proximal, shift: outside.shift)
  }

  /// The diagonal of W without W, from its rows: each costs the product of the numbers of entries that the operators'
  /// rows have.
  /// - Throws: what the map would have to be; the size where a row is of more entries than can be looked through.
  func affineDiagonal() throws(ProximalFormObstacle) -> [Double] {
    let position = try proximalPart().position
    var rows = AffineRows(operators.prefix(position), dimension: dimension)
    var diagonal: [Double] = []
    for unit in 0..<dimension { diagonal.append(try rows.diagonalEntry(unit)) }
    return diagonal
  }

  /// Where the activation stands, and what is outside of W z + p.
  private func proximalPart() throws(ProximalFormObstacle) -> (
    position: Int, proximal: ProximalMap, shift: [Double]
  ) {
    let activations = operators.indices.filter { operators[$0] is Activate }
    guard activations.count <= 1 else { throw ProximalFormObstacle("a map with at most one activation") }
    let position = activations.first ?? operators.count
    let activate = activations.first.flatMap { operators[$0] as? Activate }
    guard activate?.power ?? 1 == 1 else { throw ProximalFormObstacle("an activation without a power") }
    var (gain, shift) = (1.0, [Double](repeating: activate?.shift ?? 0, count: dimension))
    for link in operators.dropFirst(position + 1) { try link.fold(gain: &gain, shift: &shift) }
    let activation = activate?.activation ?? .identity
    guard let proximal = ProximalMap(activation, gain: gain) else {
      let function = (gain == 1 ? "" : "\(gain) times ") + activation.kind.rawValue
      throw ProximalFormObstacle("an activation with slopes in [0, 1], which \(function) has not")
    }
    guard operators.prefix(position).last?.outputShape.count ?? dimension == dimension else {
      throw ProximalFormObstacle("an activation of as many units as the state has entries")
    }
    return (position, proximal, shift)
  }

  /// W and p of the operators before `position`.
  private func affinePart(before position: Int) throws(ProximalFormObstacle) -> (weight: Matrix, offset: [Double]) {
    let origin = [Double](repeating: 0, count: dimension)
    let values = values(at: origin)
    var weight = Matrix.identity(dimension)
    for (link, value) in zip(operators.prefix(position), values) {
      if link is Normalize { throw ProximalFormObstacle("an affine map before the activation") }
      weight = link.multiplyJacobian(at: value.span, by: weight)
      if link.stateFactor != 0 {
        for i in 0..<dimension { weight[i, i] += link.stateFactor }
      }
    }
    return (weight, values[position])
  }
}

extension Operator {
  /// Takes an operator behind the activation into c σ + q.
  fileprivate func fold(gain: inout Double, shift: inout [Double]) throws(ProximalFormObstacle) {
    switch self {
    case let injection as Inject:
      for i in shift.indices { shift[i] += injection.constant[i] }
    case let scale as Scale:
      gain *= scale.factor
      for i in shift.indices { shift[i] *= scale.factor }
    default: throw ProximalFormObstacle("nothing but inject and scale behind the activation, where \(name) stands")
    }
  }
}
