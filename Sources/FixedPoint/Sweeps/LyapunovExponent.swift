internal import Glibc
internal import LinearAlgebra

/// The largest Lyapunov exponent of an iteration: the mean logarithmic growth per step of a small difference.
///
/// Positive on a chaotic orbit, 0 on a quasiperiodic one, negative on an attracting cycle. A measurement: the mean over
/// ``steps`` steps after ``settling`` ones, so that two or three digits mean something.
/// Source: Benettin, Galgani, Giorgilli, Strelcyn, *Lyapunov characteristic exponents for smooth dynamical systems and
/// for Hamiltonian systems*, Meccanica 15, 1980.
struct LyapunovExponent {
  static let settling = 200
  static let steps = 800

  let network: Network
  /// τ of the iteration z <- (1 - τ) z + τ f(z).
  let factor: Double

  /// The exponent of the orbit from a start; `nil` if the orbit leaves the finite numbers or the difference vanishes.
  func largest(from start: [Double]) -> Double? {
    var iterate = start
    for _ in 0..<Self.settling { iterate = step(iterate) }
    var generator = SplitMix64(seed: 0)
    guard var tangent = normalized(generator.gaussians(network.dimension))?.direction else { return nil }
    var sum = 0.0
    for _ in 0..<Self.steps {
      guard iterate.allSatisfy(\.isFinite) else { return nil }
      let pushed = mixed(tangent, network.pushForward(tangent, at: iterate))
      guard let next = normalized(pushed) else { return nil }
      sum += log(next.length)
      tangent = next.direction
      iterate = step(iterate)
    }
    return sum / Double(Self.steps)
  }

  private func step(_ iterate: [Double]) -> [Double] { mixed(iterate, network.image(of: iterate)) }

  private func mixed(_ old: [Double], _ new: [Double]) -> [Double] {
    factor == 1 ? new : zip(old, new).map { (1 - factor) * $0 + factor * $1 }
  }

  private func normalized(_ vector: [Double]) -> (direction: [Double], length: Double)? {
    let length = Vector.norm2(vector)
    guard length > 0, length.isFinite else { return nil }
    return (vector.map { $0 / length }, length)
  }
}
