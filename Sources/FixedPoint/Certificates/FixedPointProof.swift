internal import LinearAlgebra

/// Krawczyk's test: proves that a small box around a computed fixed point holds one.
struct FixedPointProof {
  let network: Network

  /// A box around the point in which f provably has exactly one fixed point; `nil` if the test fails.
  func box(around point: [Double]) -> IntervalVector? {
    guard let krawczyk = Krawczyk(network, at: point) else { return nil }
    for radius in [1e-11, 1e-9, 1e-7] {
      let spread = point.map { radius * (1 + abs($0)) }
      let box = IntervalVector(lower: zip(point, spread).map(-), upper: zip(point, spread).map(+))
      if let image = krawczyk.image(of: box), box.holdsInside(image) { return box }
    }
    return nil
  }
}
