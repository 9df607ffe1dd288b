internal import Glibc
public import LinearAlgebra

/// Which factors τ make the damped iteration z <- (1 - τ) z + τ f(z) locally attracting at a fixed point, from the
/// eigenvalues λ of J there: those with |1 - τ + τλ| < 1 for all of them.
///
/// |1 - τ + τλ|² = 1 - 2τ Re(1 - λ) + τ² |1 - λ|², so that each λ allows 0 < τ < 2 Re(1 - λ)/|1 - λ|², and one with
/// Re λ >= 1 allows none.
public struct DampingRange: Sendable, Equatable {
  /// Every factor in (0, 1] below this is admissible; it may exceed 1.
  public let limit: Double
  /// The admissible factor, at most 1, with the least rate.
  public let best: Double
  /// max |1 - τ + τλ| at ``best``: what the error is multiplied by a step, in the end.
  public let rate: Double

  /// `nil` if no factor is admissible: some eigenvalue has a real part of at least 1.
  public init?(eigenvalues: [ComplexNumber]) {
    var limit = Double.infinity
    for value in eigenvalues {
      let (real, imaginary) = (1 - value.real, value.imaginary)
      guard real > 0 else { return nil }
      limit = min(limit, 2 * real / (real * real + imaginary * imaginary))
    }
    guard limit > 0 else { return nil }
    self.limit = limit
    best = Self.leastRate(eigenvalues, within: min(1, limit))
    rate = Self.rate(eigenvalues, best)
  }

  /// Minimises a convex function by thirds.
  private static func leastRate(_ eigenvalues: [ComplexNumber], within limit: Double) -> Double {
    var (low, high) = (0.0, limit)
    if rate(eigenvalues, limit) <= rate(eigenvalues, limit * (1 - 1e-9)) { return limit }
    for _ in 0..<120 {
      let (left, right) = (low + (high - low) / 3, high - (high - low) / 3)
      if rate(eigenvalues, left) <= rate(eigenvalues, right) { high = right } else { low = left }
    }
    return (low + high) / 2
  }

  private static func rate(_ eigenvalues: [ComplexNumber], _ factor: Double) -> Double {
    eigenvalues.reduce(0) { max($0, hypot(1 - factor + factor * $1.real, factor * $1.imaginary)) }
  }
}
