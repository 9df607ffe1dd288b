internal import Glibc
internal import LinearAlgebra

/// The largest Lyapunov exponent of an iteration: the mean logarithmic growth per step of a small difference.
///
/// Positive on a chaotic orbit, 0 on a quasiperiodic one, negative on an attracting cycle. A measurement: the mean over
/// ``steps`` steps after ``settling`` ones, on a cycle over whole periods. Its error is that of the mean of ten parts of the
/// orbit, so that digits beyond it mean nothing.
/// Source: Benettin, Galgani, Giorgilli, Strelcyn, *Lyapunov characteristic exponents for smooth dynamical systems and
/// for Hamiltonian systems*, Meccanica 15, 1980.
struct LyapunovExponent {
  static let settling = 200
  static let steps = 800
  private static let parts = 10

  let network: Network
  /// τ of the iteration z <- (1 - τ) z + τ f(z).
  let factor: Double
  /// Of the cycle that the orbit is on; 1 where it is on none.
  var period = 1

  struct Value {
    let exponent: Double
    /// Standard error of the mean.
    let error: Double
  }

  /// The exponent of the orbit from a start; `nil` if the orbit leaves the finite numbers or the difference vanishes.
  func largest(from start: [Double]) -> Value? {
    var iterate = start
    for _ in 0..<Self.settling { iterate = step(iterate) }
    var generator = SplitMix64(seed: 0)
    guard var tangent = normalized(generator.gaussians(network.dimension))?.direction else { return nil }
    // A part is as many whole periods as fit, one at least.
    let length = max(1, Self.steps / Self.parts / period) * period
    let parts = max(1, Self.steps / length)
    var means: [Double] = []
    for _ in 0..<parts {
      var sum = 0.0
      for _ in 0..<length {
        guard iterate.allSatisfy(\.isFinite) else { return nil }
        let pushed = mixed(tangent, network.pushForward(tangent, at: iterate))
        guard let next = normalized(pushed) else { return nil }
        sum += log(next.length)
        tangent = next.direction
        iterate = step(iterate)
      }
      means.append(sum / Double(length))
    }
    return Self.value(means)
  }

  private static func value(_ means: [Double]) -> Value {
    let count = Double(means.count)
    let mean = means.reduce(0, +) / count
    guard means.count > 1 else { return Value(exponent: mean, error: .infinity) }
    let variance = means.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
    return Value(exponent: mean, error: (variance / count).squareRoot())
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
