internal import LinearAlgebra

/// Networks that depend on one real parameter λ: the map f(z, λ).
public struct NetworkFamily: Sendable {
  public let range: ClosedRange<Double>
  private let make: @Sendable (Double) -> Network?

  /// - Parameters:
  ///   - range: the parameters that are of interest.
  ///   - make: the network of a parameter, always of one dimension; `nil` where there is none.
  public init(over range: ClosedRange<Double>, _ make: @escaping @Sendable (Double) -> Network?) {
    self.range = range
    self.make = make
  }

  public func network(at parameter: Double) -> Network? { make(parameter) }

  /// The length of the range. Places on a branch are (z, part of the way through the range), which are of one order.
  var width: Double { range.upperBound - range.lowerBound }

  /// The parameter of a place; the ends of the range exactly.
  func parameter(of place: [Double]) -> Double {
    let part = place[place.count - 1]
    return part == 1 ? range.upperBound : range.lowerBound + part * width
  }

  /// The place of a state at a parameter.
  func place(of state: [Double], at parameter: Double) -> [Double] {
    state + [parameter == range.upperBound ? 1 : (parameter - range.lowerBound) / width]
  }

  /// The network of a place's parameter, if f is finite there.
  func setting(at place: [Double]) -> Setting? {
    guard let network = network(at: parameter(of: place)) else { return nil }
    return Setting(network, at: Array(place.dropLast()))
  }

  /// How far a place is from all borders.
  func distances(at place: [Double]) -> BorderDistances? {
    setting(at: place).map { $0.network.distances(to: $0.borders, at: $0.state) }
  }

  /// The cell of a place; `nil` where f is not finite.
  func cell(of place: [Double]) -> Cell? { distances(at: place)?.cell }

  /// f at one parameter, seen from one state.
  struct Setting {
    let network: Network
    let state: [Double]
    /// z - f(z, λ)
    let residual: [Double]

    init?(_ network: Network, at state: [Double]) {
      (self.network, self.state) = (network, state)
      residual = zip(state, network.image(of: state)).map { $0 - $1 }
      guard residual.allSatisfy(\.isFinite) else { return nil }
    }

    var borders: [Border] { network.borders }

    /// J of a piece.
    func jacobian(in cell: Cell) -> Matrix { network.jacobian(at: state, in: cell, of: borders) }

    /// The derivative of z - f with respect to (z, s), s the part of the way through the range: I - J and -slope.
    func derivative(in cell: Cell, slope: [Double]) -> Matrix? {
      let jacobian = jacobian(in: cell)
      var result = Matrix(rows: state.count, columns: state.count + 1)
      for i in state.indices {
        for j in state.indices { result[i, j] = (i == j ? 1 : 0) - jacobian[i, j] }
        result[i, state.count] = -slope[i]
      }
      return result.values.allSatisfy(\.isFinite) ? result : nil
    }
  }
}

// The derivative with respect to the parameter.
extension NetworkFamily {
  /// ∂f/∂λ · width at a place, within a piece of f: a difference to both sides, or to the one on which the piece is.
  ///
  /// Where Newton's iteration ends does not depend on it.
  func slope(at place: [Double], in cell: Cell) -> [Double]? {
    for step in [1e-6, 1e-8] {
      let found = central(place, cell, step) ?? forward(place, cell, step) ?? forward(place, cell, -step)
      if let found { return found }
    }
    let step = 1e-6
    return central(place, nil, step) ?? forward(place, nil, step) ?? forward(place, nil, -step)
  }

  /// The same to rounding, with how far it may be off: Ridders' extrapolation of central differences.
  ///
  /// Source: Ridders, *Accurate computation of F'(x) and F'(x) F''(x)*, Advances in Engineering Software 4, 1982.
  func preciseSlope(at place: [Double], in cell: Cell) -> (value: [Double], error: Double)? {
    for first in [2e-2, 2e-3, 2e-4] where central(place, cell, first) != nil {
      return extrapolated(place, cell, first)
    }
    return slope(at: place, in: cell).map { ($0, 1e-9 * (1 + Vector.normSup($0))) }
  }

  private func extrapolated(_ place: [Double], _ cell: Cell, _ first: Double) -> (value: [Double], error: Double)? {
    var rows: [[Double]] = []
    var best: (value: [Double], error: Double)?
    for level in 0..<6 {
      guard let plain = central(place, cell, first / Double(1 << level)) else { break }
      var row = [plain]
      for (order, old) in rows.enumerated() {
        let factor = Double(1 << (2 * (order + 1)))
        let next = zip(row[order], old).map { (factor * $0 - $1) / (factor - 1) }
        let error = max(next.distance(to: row[order]), next.distance(to: old))
        if best.map({ error < $0.error }) ?? true { best = (next, error) }
        row.append(next)
      }
      rows = row
    }
    return best
  }

  private func image(_ place: [Double], _ cell: Cell?, _ offset: Double) -> [Double]? {
    let part = place[place.count - 1] + offset
    guard let network = network(at: range.lowerBound + part * width) else { return nil }
    let state = Array(place.dropLast())
    if let cell, !cell.admits(network.distances(to: network.borders, at: state)) { return nil }
    let image = network.image(of: state)
    return image.allSatisfy(\.isFinite) ? image : nil
  }

  private func central(_ place: [Double], _ cell: Cell?, _ step: Double) -> [Double]? {
    guard let low = image(place, cell, -step), let high = image(place, cell, step) else { return nil }
    return zip(high, low).map { ($0 - $1) / (2 * step) }
  }

  private func forward(_ place: [Double], _ cell: Cell?, _ step: Double) -> [Double]? {
    guard let here = image(place, nil, 0), let first = image(place, cell, step),
      let second = image(place, cell, 2 * step)
    else { return nil }
    return here.indices.map { (4 * first[$0] - 3 * here[$0] - second[$0]) / (2 * step) }
  }

  /// ∂²f/∂λ² · width², roughly.
  func curvature(at place: [Double]) -> [Double]? {
    let step = 1e-4
    guard let here = image(place, nil, 0), let low = image(place, nil, -step), let high = image(place, nil, step) else {
      return nil
    }
    return here.indices.map { (low[$0] + high[$0] - 2 * here[$0]) / (step * step) }
  }
}
