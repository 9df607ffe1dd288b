internal import LinearAlgebra

extension EnclosedFixedPoint {
  /// What was proved of a fixed point's derivative, and so of Picard's iteration nearby.
  ///
  /// With λ the eigenvalues of J at the fixed point, where f has a derivative there; at a kink the statements on norms hold
  /// for every mean derivative between two points nearby.
  public enum Stability: String, Sendable, CaseIterable {
    /// |λ| < 1 for all: J shrinks all vectors in one norm, so that Picard's iteration settles here from nearby.
    case attracting
    /// |λ| > 1 for all: J enlarges all vectors in one norm, so that every orbit nearby moves away.
    case repelling
    /// |λ| < 1 for some and |λ| > 1 for others: orbits nearby move away but for those of a thin set.
    case saddle
    /// |λ| > 1 for some, of the others nothing was proved: Picard's iteration cannot settle here.
    case unstable
    /// Too close to 1 to be decided, or f has a kink here with slopes on both sides of 1.
    case undecided

    /// Whether Picard's iteration settles here from everywhere nearby; `nil` if that was not proved either way.
    public var isStable: Bool? {
      switch self {
      case .attracting: true
      case .repelling, .saddle, .unstable: false
      case .undecided: nil
      }
    }

    /// One of the four words of results: attracting, repelling, saddle, undecided.
    ///
    /// An unstable fixed point that may be repelling or a saddle is "undecided", beside ``isStable`` = false.
    public var word: String {
      switch self {
      case .attracting, .repelling, .saddle, .undecided: rawValue
      case .unstable: Self.undecided.rawValue
      }
    }
  }
}

extension EnclosedFixedPoint.Stability {
  /// Of the fixed point that a box holds.
  init(of network: Network, over box: IntervalVector) {
    guard let jacobians = KinkSelections(of: network, over: box)?.jacobians else {
      self = .undecided
      return
    }
    if AdaptedNorm.contracts(jacobians) {
      self = .attracting
      return
    }
    // Every mean derivative lies in the hull, which the inverse's enclosure is taken of.
    let hull = jacobians.dropFirst().reduce(jacobians[0]) { $0.hull($1) }
    let inverse = hull.inverse
    if let inverse, AdaptedNorm.contracts([inverse]) {
      self = .repelling
      return
    }
    // Eigenvalues tell only where f has a derivative.
    guard network.isSmooth(over: box), hull.hasEigenvalueOutside else {
      self = .undecided
      return
    }
    let hasInside = hull.determinantIsBelowOne || inverse?.hasEigenvalueOutside ?? false
    self = hasInside ? .saddle : .unstable
  }
}

extension IntervalMatrix {
  func hull(_ other: IntervalMatrix) -> IntervalMatrix {
    var result = self
    for index in lower.values.indices {
      result.lower.values[index] = min(lower.values[index], other.lower.values[index])
      result.upper.values[index] = max(upper.values[index], other.upper.values[index])
    }
    return result
  }

  /// Whether every matrix inside is proved to have an eigenvalue of modulus above 1.
  fileprivate var hasEigenvalueOutside: Bool { SpectralRadiusBound(self)?.lowerBoundAboveOne() != nil }

  /// Whether |det| < 1 is proved for every matrix inside, so that it has an eigenvalue of modulus below 1.
  fileprivate var determinantIsBelowOne: Bool { determinantBound < 1 || regularity?.determinant.magnitude ?? 1 < 1 }

  /// Encloses the inverses of all matrices inside; `nil` unless all are proved to be regular.
  ///
  /// With C near the inverse and ‖I - C A‖_inf <= δ < 1, A⁻¹ = (I + E) C, and the row sums of |E| are at most δ / (1 - δ).
  var inverse: IntervalMatrix? {
    guard isFinite, let center = try? midpoint.inverse(), center.values.allSatisfy(\.isFinite) else { return nil }
    let defect = (.identity(rows) + -1 * (IntervalMatrix(center) * self)).magnitude.normInfBound
    guard defect < 1 else { return nil }
    let share = Rounding.quotientUp(defect, Rounding.sumDown(1, -defect))
    var result = IntervalMatrix(center)
    for j in 0..<columns {
      let largest = (0..<rows).reduce(0) { max($0, abs(center[$1, j])) }
      let radius = Rounding.productUp(share, largest)
      for i in 0..<rows { result[i, j] = Interval(center[i, j]) + Interval(-radius, radius) }
    }
    return result.isFinite ? result : nil
  }
}
