internal import Glibc

/// The p-norm of a vector, p >= 1 or infinite.
public enum VectorNorm: Sendable, Equatable {
  /// (Σ |vᵢ|ᵖ)^(1/p), p finite.
  case power(Double)
  /// max |vᵢ|
  case sup

  /// - Parameter exponent: p; infinity for the sup norm.
  public init(_ exponent: Double) {
    precondition(exponent >= 1, "a norm has an exponent of at least 1")
    self = exponent == .infinity ? .sup : .power(exponent)
  }

  /// The norm, scaled by the largest entry so that no power overflows or vanishes; NaN if an entry is NaN.
  public func of(_ vector: Span<Double>) -> Double {
    var peak = 0.0
    for i in 0..<vector.count {
      if vector[i].isNaN { return .nan }
      peak = max(peak, abs(vector[i]))
    }
    guard case .power(let exponent) = self, peak > 0, peak.isFinite else { return peak }
    var sum = 0.0
    for i in 0..<vector.count {
      let ratio = abs(vector[i]) / peak
      sum += exponent == 1 ? ratio : exponent == 2 ? ratio * ratio : pow(ratio, exponent)
    }
    return peak * (exponent == 1 ? sum : exponent == 2 ? sum.squareRoot() : pow(sum, 1 / exponent))
  }
}
