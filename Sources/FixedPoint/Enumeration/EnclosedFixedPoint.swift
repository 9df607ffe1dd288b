internal import LinearAlgebra

/// A fixed point that is proved to exist: exactly one lies within ``radius`` of ``center`` in the sup norm.
public struct EnclosedFixedPoint: Sendable, Equatable {
  public let center: [Double]
  /// Half the edge of the cube that holds exactly one fixed point.
  public let radius: Double
  /// ρ(J) at the center, as computed; `nil` where it could not be.
  public let spectralRadius: Double?
  /// What was proved of the derivative at the fixed point.
  public let stability: Stability
  /// Encloses the fixed point; inside the cube.
  public let enclosure: IntervalVector
  /// A box around it that is proved to hold no other fixed point.
  let isolation: IntervalVector
}

extension EnclosedFixedPoint {
  /// Proves that there is exactly one fixed point near the point; `nil` if Krawczyk's test fails, and the one for kinks.
  init?(of network: Network, near point: [Double]) {
    guard network.sizeObstacle == nil else { return nil }
    let point = EnclosedFixedPoint.polished(point, network)
    guard point.allSatisfy(\.isFinite), let krawczyk = Krawczyk(network, at: point) else { return nil }
    for exponent in [-1, -2, -3, -4, -6, -8, -10, -12] {
      let radius = pow10(exponent) * (1 + Vector.normSup(point))
      let isolation = IntervalVector.cube(around: point, radius: radius)
      let enclosure =
        krawczyk.enclosure(in: isolation)
        ?? KinkedFixedPoint.enclosure(of: network, around: point, radius: radius)
      guard let enclosure else { continue }
      self.init(enclosure, in: isolation, of: network)
      return
    }
    return nil
  }

  /// Takes an enclosure of the only fixed point in a box.
  private init?(_ enclosure: IntervalVector, in isolation: IntervalVector, of network: Network) {
    let center = enclosure.midpoint
    let radius = center.indices.reduce(0) { radius, i in
      max(
        radius, abs(Rounding.sumUp(enclosure.upper[i], -center[i])), abs(Rounding.sumUp(center[i], -enclosure.lower[i]))
      )
    }
    let cube = IntervalVector.cube(around: center, radius: radius)
    guard isolation.contains(cube) else { return nil }
    self.center = center
    self.radius = radius
    self.enclosure = enclosure
    self.isolation = isolation
    spectralRadius = try? network.jacobian(at: center).spectralRadius()
    stability = Stability(of: network, over: enclosure)
  }

  /// A few steps of Newton's iteration: a better guess, or the same one.
  private static func polished(_ point: [Double], _ network: Network) -> [Double] {
    var iterate = point
    for _ in 0..<6 {
      let residual = zip(network.image(of: iterate), iterate).map { $0 - $1 }
      guard let factors = try? LUFactorization(network.jacobian(at: iterate).subtractedFromIdentity) else { break }
      let next = zip(iterate, factors.solve(residual)).map { $0 + $1 }
      guard next.allSatisfy(\.isFinite) else { break }
      let step = zip(next, iterate).reduce(0) { max($0, abs($1.0 - $1.1)) }
      iterate = next
      if step <= 4 * Double.ulpOfOne * (1 + Vector.normSup(iterate)) { break }
    }
    return iterate
  }

  /// Of the center from a point, in the sup norm.
  public func distance(to point: [Double]) -> Double { Distance.sup(center.span, point.span) }

  /// Whether both are certainly one and the same fixed point: one lies where the other is the only one.
  fileprivate func isSame(as other: EnclosedFixedPoint) -> Bool {
    isolation.contains(other.enclosure) || other.isolation.contains(enclosure)
  }
}

extension [EnclosedFixedPoint] {
  /// The index of the fixed point that a sequence which settled at a point has reached: the one whose box without any
  /// other holds the point, else one that is as good as equal to it; `nil` if there is none.
  public func index(reachedAt point: [Double]) -> Int? {
    if let index = firstIndex(where: { $0.isolation.contains(point) }) { return index }
    let allowed = FixedPointList.tolerance * (1 + Vector.normSup(point))
    return index(nearest: point).flatMap { self[$0].distance(to: point) <= allowed ? $0 : nil }
  }

  /// The index of the fixed point that is the nearest in the sup norm; `nil` of none.
  public func index(nearest point: [Double]) -> Int? {
    indices.min { self[$0].distance(to: point) < self[$1].distance(to: point) }
  }

  /// The different fixed points that are proved to lie near the guesses.
  public static func proved(near guesses: [[Double]], of network: Network) -> [EnclosedFixedPoint] {
    guesses.compactMap { EnclosedFixedPoint(of: network, near: $0) }.reduce(into: []) { _ = $0.add($1) }
  }

  /// Adds a fixed point, in the order of the centers, unless it is known; `false` if it cannot be told from a known one.
  mutating func add(_ point: EnclosedFixedPoint) -> Bool {
    if contains(where: { $0.isSame(as: point) }) { return true }
    guard allSatisfy({ $0.enclosure.intersection(point.enclosure) == nil }) else { return false }
    let place = firstIndex { point.center.lexicographicallyPrecedes($0.center) } ?? count
    insert(point, at: place)
    return true
  }
}

private func pow10(_ exponent: Int) -> Double { (0..<abs(exponent)).reduce(1) { power, _ in power / 10 } }

extension IntervalVector {
  /// Every point within `radius` of `center` in the sup norm, outward rounded.
  static func cube(around center: [Double], radius: Double) -> IntervalVector {
    IntervalVector(
      lower: center.map { Rounding.sumDown($0, -radius) }, upper: center.map { Rounding.sumUp($0, radius) })
  }
}
