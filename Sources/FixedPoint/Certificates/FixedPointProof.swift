internal import LinearAlgebra

/// Krawczyk's test: proves that a small box around a computed fixed point holds one.
///
/// With g(z) = z - f(z), C close to g'(z)⁻¹ and `K = z - C g(z) + (I - C g'(X)) (X - z)`: K in the interior of X implies
/// that C is regular and that g has a zero in X.
/// Everything but the choice of C is outward rounded.
/// Source: Krawczyk 1969; Neumaier, *Interval Methods for Systems of Equations*, 1990, theorem 5.1.8.
struct FixedPointProof {
  let network: Network

  /// A box around the point in which f provably has a fixed point; `nil` if the test fails.
  func box(around point: [Double]) -> IntervalVector? {
    guard let inverse = approximateInverse(at: point), let image = try? network.enclose(IntervalVector(point)) else {
      return nil
    }
    let residual = IntervalVector((0..<point.count).map { Interval(point[$0]) - image[$0] })
    let correction = inverse * residual
    for radius in [1e-11, 1e-9, 1e-7] {
      let spread = point.map { radius * (1 + abs($0)) }
      let box = IntervalVector(lower: zip(point, spread).map(-), upper: zip(point, spread).map(+))
      if let image = krawczyk(box, around: point, correction, inverse), box.holdsInside(image) { return box }
    }
    return nil
  }

  private func approximateInverse(at point: [Double]) -> IntervalMatrix? {
    guard let inverse = try? slope(network.jacobian(at: point)).inverse(), inverse.values.allSatisfy(\.isFinite) else {
      return nil
    }
    return IntervalMatrix(inverse)
  }

  /// I - J
  private func slope(_ jacobian: Matrix) -> Matrix {
    var result = jacobian
    for index in result.values.indices { result.values[index] = -result.values[index] }
    for i in 0..<result.rows { result[i, i] += 1 }
    return result
  }

  private func krawczyk(
    _ box: IntervalVector, around point: [Double], _ correction: IntervalVector, _ inverse: IntervalMatrix
  ) -> IntervalVector? {
    guard let jacobian = try? network.encloseJacobian(box) else { return nil }
    let identity = IntervalMatrix.identity(point.count)
    let contraction = identity + -1 * (inverse * (identity + -1 * jacobian))
    let deviation = IntervalVector((0..<point.count).map { box[$0] - Interval(point[$0]) })
    let spread = contraction * deviation
    return IntervalVector((0..<point.count).map { Interval(point[$0]) - correction[$0] + spread[$0] })
  }
}

extension IntervalVector {
  /// Whether the other box lies in the interior.
  fileprivate func holdsInside(_ other: IntervalVector) -> Bool {
    (0..<count).allSatisfy { lower[$0] < other.lower[$0] && other.upper[$0] < upper[$0] }
  }
}
