internal import LinearAlgebra

/// Krawczyk's operator `K(X) = c - C g(c) + (I - C G) (X - c)` for g(z) = z - f(z), with C close to g'(c)⁻¹ and G an
/// enclosure of g's derivative over X.
///
/// Every zero of g in X lies in K(X). K(X) in the interior of X implies that there is exactly one.
///
/// Both hold without smoothness, for the piecewise linear kinds and norms: G encloses every element of each operator's
/// generalised Jacobian over the values that X leads to, each operator is Lipschitz there, and a Lipschitz map satisfies
/// h(x) - h(y) = M (x - y) with M in the convex hull of its generalised Jacobians between x and y (Clarke). Chained, x and
/// y in X satisfy g(x) - g(y) = M (x - y) with M in G. So T(z) = z - C g(z) = c - C g(c) + (I - C M)(z - c) maps X into
/// K(X), which Brouwer's theorem turns into a fixed point of T where K(X) ⊂ X; K(X) in the interior makes the
/// spectral radius of |I - C G| less than 1, so that C and every M in G are regular: C g(z) = 0 is g(z) = 0, and
/// g(x) = g(y) is x = y.
///
/// Everything but the choice of C is outward rounded.
/// Source: Krawczyk 1969; Neumaier, *Interval Methods for Systems of Equations*, 1990, theorem 5.1.8; Clarke,
/// *Optimization and Nonsmooth Analysis*, 1983, proposition 2.6.5.
struct Krawczyk {
  private let network: Network
  /// c
  let center: [Double]
  /// C
  private let inverse: IntervalMatrix
  /// C g(c)
  private let correction: IntervalVector

  /// `nil` where the derivative at the center is not regular, f not defined, or the state too large.
  init?(_ network: Network, at center: [Double]) {
    guard network.sizeObstacle == nil, let inverse = try? network.jacobian(at: center).subtractedFromIdentity.inverse(),
      inverse.values.allSatisfy(\.isFinite), let image = try? network.enclose(IntervalVector(center))
    else { return nil }
    self.network = network
    self.center = center
    self.inverse = IntervalMatrix(inverse)
    let residual = IntervalVector(center.indices.map { Interval(center[$0]) - image[$0] })
    correction = self.inverse * residual
  }

  /// K(X); `nil` if f's derivative has no bounds on X.
  func image(of box: IntervalVector) -> IntervalVector? {
    guard let jacobian = try? network.encloseJacobian(box), jacobian.isFinite else { return nil }
    let identity = IntervalMatrix.identity(center.count)
    let contraction = identity + -1 * (inverse * (identity + -1 * jacobian))
    let deviation = IntervalVector(center.indices.map { box[$0] - Interval(center[$0]) })
    let spread = contraction * deviation
    return IntervalVector(center.indices.map { Interval(center[$0]) - correction[$0] + spread[$0] })
  }

  /// Encloses the only fixed point in a box as narrowly as it can; `nil` if the box is not proved to hold exactly one.
  func enclosure(in box: IntervalVector) -> IntervalVector? {
    guard var enclosure = image(of: box), box.holdsInside(enclosure) else { return nil }
    // In a wide box it shrinks slowly at first, in a narrow one quadratically.
    for _ in 0..<64 {
      guard let next = image(of: enclosure)?.intersection(enclosure) else { break }
      let shrinks = next.width < 0.99 * enclosure.width
      enclosure = next
      if !shrinks { break }
    }
    return enclosure
  }
}

extension Matrix {
  /// I - A
  var subtractedFromIdentity: Matrix {
    var result = Matrix(rows: rows, columns: columns, values: values.map { -$0 })
    for i in 0..<rows { result[i, i] += 1 }
    return result
  }
}

extension IntervalVector {
  /// Whether the other box lies in the interior.
  func holdsInside(_ other: IntervalVector) -> Bool {
    (0..<count).allSatisfy { lower[$0] < other.lower[$0] && other.upper[$0] < upper[$0] }
  }
}
