internal import LinearAlgebra

extension Network {
  /// How far the pipeline's values at a state are from the borders.
  func distances(to borders: [Border], at state: [Double]) -> BorderDistances {
    if borders.isEmpty { return BorderDistances(values: [], tolerances: []) }
    let values = values(at: state)
    let scales = values.map { 1e-12 * (1 + Vector.normSup($0)) }
    return BorderDistances(
      values: borders.map { $0.distance(values[$0.position]) }, tolerances: borders.map { scales[$0.position] })
  }

  /// J of the piece of f that a cell names, at a state in it or at its border.
  func jacobian(at state: [Double], in cell: Cell, of borders: [Border]) -> Matrix {
    if cell.sides.allSatisfy({ $0 == 0 }) { return jacobian(at: state) }
    return product(of: operators.count, moved(values(at: state), to: cell, of: borders))
  }

  /// ρ(J) at a state; where several pieces of f meet, the largest of theirs. `nil` where it cannot be computed.
  func largestSpectralRadius(at state: [Double]) -> Double? {
    guard sizeObstacle == nil else { return nil }
    let borders = borders
    let cell = distances(to: borders, at: state).cell
    let radii = cell.selections(over: cell.ties, of: borders).map { piece in
      try? jacobian(at: state, in: piece, of: borders).spectralRadius()
    }
    if radii.isEmpty { return try? jacobian(at: state).spectralRadius() }
    return radii.contains { $0 == nil } ? nil : radii.compactMap(\.self).max()
  }

  /// The gradient of a border's distance with respect to the state, in a cell.
  func gradient(of border: Border, at state: [Double], in cell: Cell, of borders: [Border]) -> [Double] {
    let values = values(at: state)
    let running = product(of: border.position, moved(values, to: cell, of: borders))
    let value = values[border.position]
    func row(_ unit: Int) -> [Double] { (0..<running.columns).map { running[unit, $0] } }
    switch border.kind {
    case .level: return row(border.unit)
    case .peak:
      let rival = border.rival(value)
      let (sign, other) = (value[border.unit] < 0 ? -1.0 : 1, value[rival] < 0 ? -1.0 : 1)
      return zip(row(border.unit), row(rival)).map { sign * $0 - other * $1 }
    }
  }

  private func moved(_ values: [[Double]], to cell: Cell, of borders: [Border]) -> [[Double]] {
    var values = values
    for (border, side) in zip(borders, cell.sides) where side != 0 { border.move(&values[border.position], to: side) }
    return values
  }

  /// The derivative of the value before the operator at a position.
  private func product(of position: Int, _ values: [[Double]]) -> Matrix {
    var running = Matrix.identity(dimension)
    for (link, value) in zip(operators.prefix(position), values) {
      running = link.multiplyJacobian(at: value.span, by: running)
      if link.stateFactor != 0 {
        for i in 0..<dimension { running[i, i] += link.stateFactor }
      }
    }
    return running
  }
}
