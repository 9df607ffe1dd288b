internal import LinearAlgebra

/// Proves one fixed point where f has kinks, which the hull of all slopes is too wide for.
///
/// With g(z) = z - f(z): if the determinants of I - J have one sign for every selection of the kinks over a cube
/// (``KinkSelections``), then every mean derivative M of g is regular, and by the adjugate's entries, which are affine in
/// the same weights, ‖M⁻¹‖_inf <= κ = max ‖adj‖_inf / min |det| over the selections. So g is injective on the cube. If also
/// κ ‖g(c)‖_inf is below the cube's radius r, g has a zero in it, within κ ‖g(c)‖_inf of c: a solution of
/// g(z) = (1 - t) g(c), 0 <= t <= 1, is within κ t ‖g(c)‖_inf < r of c, so none reaches the border, and the degree of g at 0 is
/// that at t = 0, where the injective g has the only solution c: ±1.
/// Source: Pourciau, *Analysis and optimization of Lipschitz continuous mappings*, JOTA 22 (1977); Clarke, *On the
/// inverse function theorem*, Pacific J. Math. 64 (1976).
enum KinkedFixedPoint {
  /// Encloses the only fixed point within `radius` of the center; `nil` if the test fails, or there is no kink.
  static func enclosure(of network: Network, around center: [Double], radius: Double) -> IntervalVector? {
    let cube = IntervalVector.cube(around: center, radius: radius)
    guard let selections = KinkSelections(of: network, over: cube), selections.jacobians.count > 1,
      let sensitivity = sensitivity(selections), let image = try? network.enclose(IntervalVector(center))
    else { return nil }
    let residual = center.indices.reduce(0) { max($0, (Interval(center[$1]) - image[$1]).magnitude) }
    let error = Rounding.productUp(sensitivity, residual)
    return error < radius ? .cube(around: center, radius: error) : nil
  }

  /// κ; `nil` if a determinant may vanish or change its sign.
  private static func sensitivity(_ selections: KinkSelections) -> Double? {
    let identity = IntervalMatrix.identity(selections.jacobians[0].rows)
    var determinants: Interval?
    var adjugate = 0.0
    for jacobian in selections.jacobians {
      guard let (determinant, inverseNorm) = (identity + -1 * jacobian).regularity else { return nil }
      determinants = determinants?.hull(determinant) ?? determinant
      adjugate = max(adjugate, Rounding.productUp(inverseNorm, determinant.magnitude))
    }
    guard let determinants, !determinants.contains(0) else { return nil }
    return Rounding.quotientUp(adjugate, determinants.mignitude)
  }
}

extension IntervalMatrix {
  /// Encloses the determinants, and bounds the sup norms of the inverses, of all matrices inside; `nil` unless all are
  /// proved to be regular.
  ///
  /// With C near the inverse and ‖I - C A‖_inf <= δ < 1, ‖A⁻¹‖_inf <= ‖C‖_inf / (1 - δ), and det A = det (C A) / det C.
  var regularity: (determinant: Interval, inverseNorm: Double)? {
    guard isFinite, let inverse = try? midpoint.inverse(), inverse.values.allSatisfy(\.isFinite) else { return nil }
    let product = IntervalMatrix(inverse) * self
    let defect = (IntervalMatrix.identity(rows) + -1 * product).magnitude.normInfBound
    guard defect < 1, let scaled = product.determinant, let unscaled = IntervalMatrix(inverse).determinant,
      !unscaled.contains(0)
    else { return nil }
    return (scaled / unscaled, Rounding.quotientUp(inverse.normInfBound, Rounding.sumDown(1, -defect)))
  }

  /// At least |det| of every matrix inside, singular ones too: elimination with the largest pivots while they are not 0,
  /// then the product of the remaining rows' 2-norms (Hadamard).
  var determinantBound: Double {
    var rest = self
    var bound = 1.0
    for step in 0..<rows {
      rest.bringLargestEntry(to: step)
      let pivot = rest[step, step]
      if pivot.contains(0) { return Rounding.productUp(bound, rest.hadamardBound(from: step)) }
      bound = Rounding.productUp(bound, pivot.magnitude)
      for i in step + 1..<max(rows, step + 1) {
        let factor = rest[i, step] / pivot
        for j in step..<columns { rest[i, j] = rest[i, j] - factor * rest[step, j] }
      }
    }
    return bound
  }

  private mutating func bringLargestEntry(to step: Int) {
    var place = (step, step)
    for i in step..<rows {
      for j in step..<columns where self[i, j].mignitude > self[place.0, place.1].mignitude { place = (i, j) }
    }
    for j in 0..<columns { (self[step, j], self[place.0, j]) = (self[place.0, j], self[step, j]) }
    for i in 0..<rows { (self[i, step], self[i, place.1]) = (self[i, place.1], self[i, step]) }
  }

  private func hadamardBound(from step: Int) -> Double {
    (step..<rows).reduce(1) { product, i in
      let squares = (step..<columns).reduce(0.0) { sum, j in
        Rounding.sumUp(sum, Rounding.productUp(self[i, j].magnitude, self[i, j].magnitude))
      }
      return Rounding.productUp(product, Rounding.rootUp(squares))
    }
  }

  /// Encloses the determinants by elimination; `nil` where a pivot may be 0.
  private var determinant: Interval? {
    var rest = self
    var result = Interval(1)
    for step in 0..<rows {
      let pivot = (step..<rows).max { rest[$0, step].mignitude < rest[$1, step].mignitude } ?? step
      if pivot != step {
        for j in step..<columns { (rest[step, j], rest[pivot, j]) = (rest[pivot, j], rest[step, j]) }
        result = -result
      }
      guard !rest[step, step].contains(0) else { return nil }
      result = result * rest[step, step]
      for i in step + 1..<max(rows, step + 1) {
        let factor = rest[i, step] / rest[step, step]
        for j in step..<columns { rest[i, j] = rest[i, j] - factor * rest[step, j] }
      }
    }
    return result
  }
}
