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

  /// The derivative of z - f(z, λ) with respect to a place: I - J, and -∂f/∂λ · width as a last column. n x (n + 1).
  ///
  /// ∂f/∂λ is a central difference within the range: where Newton's iteration ends does not depend on it.
  func derivative(at place: [Double]) -> Matrix? {
    let state = Array(place.dropLast())
    guard let network = network(at: parameter(of: place)), let slope = parameterDerivative(at: place) else {
      return nil
    }
    let jacobian = network.jacobian(at: state)
    var result = Matrix(rows: state.count, columns: state.count + 1)
    for i in state.indices {
      for j in state.indices { result[i, j] = (i == j ? 1 : 0) - jacobian[i, j] }
      result[i, state.count] = -slope[i] * width
    }
    return result.values.allSatisfy(\.isFinite) ? result : nil
  }

  private func parameterDerivative(at place: [Double]) -> [Double]? {
    let state = Array(place.dropLast())
    let low = max(range.lowerBound, parameter(of: place) - 1e-6 * width)
    let high = min(range.upperBound, parameter(of: place) + 1e-6 * width)
    guard low < high, let first = network(at: low), let last = network(at: high) else { return nil }
    return zip(last.image(of: state), first.image(of: state)).map { ($0 - $1) / (high - low) }
  }

  /// The parameter of a place; the ends of the range exactly.
  func parameter(of place: [Double]) -> Double {
    let part = place[place.count - 1]
    return part == 1 ? range.upperBound : range.lowerBound + part * width
  }

  /// The place of a state at a parameter.
  func place(of state: [Double], at parameter: Double) -> [Double] {
    state + [parameter == range.upperBound ? 1 : (parameter - range.lowerBound) / width]
  }

  /// z - f(z, λ)
  func residual(at place: [Double]) -> [Double]? {
    guard let network = network(at: parameter(of: place)) else { return nil }
    let state = Array(place.dropLast())
    let residual = zip(state, network.image(of: state)).map { $0 - $1 }
    return residual.allSatisfy(\.isFinite) ? residual : nil
  }
}
