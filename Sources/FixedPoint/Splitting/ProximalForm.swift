public import LinearAlgebra

/// A map f(z) = σ(W z + p) + q whose σ is a proximal operator: what the splitting methods work on.
///
/// Its fixed points are z = z' + q with 0 ∈ (I - W) z' - (p + W q) + ∂g(z'), where σ = prox_g: zeros of the sum of an
/// affine operator F and a subdifferential.
/// Source: Winston, Kolter, *Monotone operator equilibrium networks*, NeurIPS 2020, theorem 1; theory, section 3 (6).
public struct ProximalForm: Sendable, Equatable {
  /// W, n x n.
  public let weight: Matrix
  /// p
  public let offset: [Double]
  public let proximal: ProximalMap
  /// q
  public let shift: [Double]

  public init(weight: Matrix, offset: [Double], proximal: ProximalMap, shift: [Double]) {
    precondition(weight.rows == weight.columns, "the matrix of a proximal form is square")
    precondition(offset.count == weight.rows && shift.count == weight.rows, "the vectors fit the matrix")
    self.weight = weight
    self.offset = offset
    self.proximal = proximal
    self.shift = shift
  }

  /// The forward part of a step at z: u <- (1 - α) z' + α (W z + p), which is z' - α F(z'); allocates nothing.
  func forward(_ iterate: [Double], step: Double, into u: inout MutableSpan<Double>) {
    weight.multiply(iterate.span, into: &u)
    for i in iterate.indices { u[i] = (1 - step) * (iterate[i] - shift[i]) + step * (u[i] + offset[i]) }
  }

  /// The backward part: z <- prox_αg(u) + q.
  func backward(_ u: Span<Double>, step: Double, into iterate: inout [Double]) {
    for i in iterate.indices { iterate[i] = proximal.value(u[i], step: step) + shift[i] }
  }
}

/// A map is not of the form σ(W z + p) + q with a proximal σ: what it would have to be, as a noun phrase.
public struct ProximalFormObstacle: Error, Sendable, Equatable {
  public let requirement: String

  public init(_ requirement: String) { self.requirement = requirement }
}

extension FixedPointMap {
  public func proximalForm() throws(ProximalFormObstacle) -> ProximalForm {
    throw ProximalFormObstacle("a map that is given as a pipeline of operators")
  }
}
