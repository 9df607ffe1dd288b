internal import LinearAlgebra

/// What the theorems share about one network: its image, invariant boxes, bounds of the Jacobian over them, and the
/// computed fixed points. Each part is computed when it is first asked for, and once; copies share what is known.
public struct Analysis: Sendable {
  public let network: Network
  /// Where the session starts, if there is one: the fixed point that is reached from there comes first.
  private let start: [Double]?
  private let table: CoefficientTable
  private let parts = Parts()

  /// - Parameters:
  ///   - network: the map.
  ///   - start: where Picard's iteration is started first when fixed points are computed.
  ///   - coefficients: those of activations, to be shared with other networks.
  public init(network: Network, start: [Double]? = nil, coefficients: CoefficientTable = CoefficientTable()) {
    self.network = network
    self.start = start
    self.table = coefficients
  }

  private final class Parts: Sendable {
    let everywhere = Once<InvariantBox?>()
    let cone = Once<InvariantBox?>()
    let searched = Once<InvariantBox?>()
    let searchedInCone = Once<InvariantBox?>()
    let jacobian = Once<IntervalMatrix?>()
    let values = Once<[IntervalVector]?>()
    let fixedPoints = Once<[ComputedFixedPoint]>()
    let reached = Once<ComputedFixedPoint?>()
    let subhomogeneity = Once<Subhomogeneity>()
    let subhomogeneityEverywhere = Once<Subhomogeneity>()
    let proved = Once<[IntervalVector]>()
    let isDefinedEverywhere = Once<Bool>()
    let imageOfCone = Once<IntervalVector?>()
    let slopeRegions = Once<[SlopeRegion]>()
  }
}

// Scopes.
extension Analysis {
  /// All of Rⁿ, invariant where f is defined on all of it.
  var everywhere: Scope {
    .everywhere(
      isInvariant: parts.isDefinedEverywhere.value { (try? network.enclose(.everything(network.dimension))) != nil })
  }

  /// The open cone, invariant where f is proved to be positive on it.
  var openCone: Scope {
    let isPositive = imageOfClosedCone.map { $0.lower.allSatisfy { $0 > 0 } } ?? false
    return .openCone(isInvariant: isPositive || subhomogeneity.isPositive)
  }

  /// Encloses f over the closed cone; `nil` where f is not defined on all of it.
  private var imageOfClosedCone: IntervalVector? {
    parts.imageOfCone.value { try? network.enclose(.closedCone(network.dimension)) }
  }
}

// Boxes.
extension Analysis {
  /// The invariant box that all of Rⁿ ends in; `nil` if f(Rⁿ) is unbounded or f is not defined everywhere.
  public var boxEverywhere: InvariantBox? {
    parts.everywhere.value {
      InvariantBox.ofImages(over: .everything(network.dimension), from: .everywhere(), under: network)
    }
  }

  /// The invariant box that the closed positive cone ends in; `nil` if the image of the closed cone is unbounded, does not
  /// lie in it, or f is not defined on all of it.
  ///
  /// Its domain is the open cone where the box lies in it, and so every fixed point of the closed cone does; else the
  /// closed one, on whose border the only fixed point may be.
  public var boxOfCone: InvariantBox? {
    parts.cone.value {
      let cone = IntervalVector.closedCone(network.dimension)
      guard let image = imageOfClosedCone, cone.contains(image) else { return nil }
      let box = InvariantBox.ofImages(over: cone, from: .closedCone(isInvariant: true), under: network)
      return box.map { $0.isPositive ? $0.from(.openCone(isInvariant: true)) : $0 }
    }
  }

  /// An invariant box around a computed fixed point, for maps that no bounded box holds; `nil` if none was found.
  public var boxAroundFixedPoint: InvariantBox? {
    parts.searched.value {
      guard let point = centralPoint, let weights = perronVector(at: point, logarithmic: false) else { return nil }
      return InvariantBoxSearch(network: network, center: point, weights: weights).additive()
    }
  }

  /// An invariant box in the open cone around a computed positive fixed point; `nil` if none was found.
  public var boxAroundPositiveFixedPoint: InvariantBox? {
    parts.searchedInCone.value {
      guard let point = centralPoint, let weights = perronVector(at: point, logarithmic: true) else { return nil }
      return InvariantBoxSearch(network: network, center: point, weights: weights).logarithmic()
    }
  }

  /// The invariant box of the widest domain that is known: all of Rⁿ, else a box that was searched for.
  public var box: InvariantBox? { boxEverywhere ?? boxAroundFixedPoint }

  /// The invariant boxes in the open cone, the widest domain first.
  public var positiveBoxes: [InvariantBox] {
    let bounded = [boxEverywhere, boxOfCone].compactMap { $0 }.filter(\.isPositive)
    if bounded.contains(where: { $0.domain.kind == .everywhere }) { return Array(bounded.prefix(1)) }
    if !bounded.isEmpty { return bounded }
    return [boxAroundPositiveFixedPoint].compactMap { $0 }
  }

  private var centralPoint: [Double]? {
    fixedPoints.first { $0.spectralRadius.map { $0 < 1 } ?? false }?.point
  }

  /// Perron's vector of |J|, or of |L|, at a point.
  private func perronVector(at point: [Double], logarithmic: Bool) -> [Double]? {
    guard sizeObstacle == nil else { return nil }
    var magnitude = network.jacobian(at: point).absolute
    if logarithmic {
      let image = network.image(of: point)
      for i in 0..<magnitude.rows {
        for j in 0..<magnitude.columns { magnitude[i, j] *= point[j] / image[i] }
      }
    }
    guard magnitude.values.allSatisfy({ $0.isFinite && $0 >= 0 }) else { return nil }
    return try? magnitude.perronRoot().vector
  }
}

// Over the box.
extension Analysis {
  /// Encloses the running value before each operator, and the image last, over ``box``.
  public var valuesOverBox: [IntervalVector]? {
    parts.values.value { box.flatMap { try? network.enclosedValues(over: $0.box) } }
  }

  /// Encloses J over ``box``; `nil` if it is unbounded there.
  public var jacobianOverBox: IntervalMatrix? {
    guard sizeObstacle == nil else { return nil }
    return parts.jacobian.value { box.flatMap { try? network.encloseJacobian($0.box) } }
  }

  /// For the activation at this position of the pipeline, an interval of slopes for each unit over ``box``.
  public func slopesOverBox(at position: Int) -> IntervalVector? {
    guard let activation = network.operators[position] as? Activate, let values = valuesOverBox else { return nil }
    let incoming = values[position]
    var slopes = incoming
    for unit in 0..<incoming.count {
      guard let slope = try? activation.slopeRange(over: incoming[unit], unit: unit) else { return nil }
      slopes[unit] = slope
    }
    return slopes
  }
}

// Where the theorems on slopes are tried.
extension Analysis {
  /// All of Rⁿ, then the invariant boxes, the widest domain first.
  var slopeRegions: [SlopeRegion] {
    parts.slopeRegions.value {
      let bounded = [boxEverywhere, boxOfCone].compactMap { $0 }
      let boxes = bounded.isEmpty ? [boxAroundFixedPoint ?? boxAroundPositiveFixedPoint].compactMap { $0 } : bounded
      return [SlopeRegion(everywhere: network, everywhere)] + boxes.prefix(1).map { SlopeRegion($0, of: network) }
    }
  }
}

// Points.
extension Analysis {
  /// Fixed points found from a fixed list of starts, the attracting ones first: a measurement.
  public var fixedPoints: [ComputedFixedPoint] {
    parts.fixedPoints.value {
      FixedPointSearch(network: network, box: boxEverywhere?.box).run(from: start.map { [$0] } ?? [])
    }
  }

  /// The fixed point at which local quantities are taken: the one that Picard's iteration reaches from the session's
  /// start, attracting or not, else the first of ``fixedPoints``.
  public var computedFixedPoint: ComputedFixedPoint? {
    parts.reached.value {
      start.flatMap { FixedPointSearch(network: network, box: nil).reached(from: $0) } ?? fixedPoints.first
    }
  }

  /// The subhomogeneity coefficients at the computed fixed point: a measurement; `nil` if none was found, or the state is
  /// too large.
  public var coefficients: Coefficients? {
    sizeObstacle == nil ? computedFixedPoint.map { coefficients(at: $0.point) } : nil
  }

  /// The subhomogeneity coefficients at a point, Hilbert's with the norm of the normalisation that ends the pipeline.
  ///
  /// Forms the Jacobian, whatever the size of the state.
  public func coefficients(at point: [Double]) -> Coefficients {
    let last = network.operators.last as? Normalize
    return Coefficients(
      jacobian: network.jacobian(at: point), at: point, image: network.image(of: point),
      norm: last.flatMap { $0.sliceSize == network.dimension ? $0.norm : nil })
  }

  /// Boxes apart from each other, each proved to hold exactly one fixed point, around the computed ones.
  public var provedFixedPoints: [IntervalVector] {
    parts.proved.value {
      fixedPoints.reduce(into: []) { found, candidate in
        guard let box = FixedPointProof(network: network).box(around: candidate.point) else { return }
        if found.allSatisfy({ $0.intersection(box) == nil }) { found.append(box) }
      }
    }
  }

  /// Two or more proved fixed points that certainly lie in the scope; `nil` if no two are in hand.
  func severalFixedPoints(in scope: Scope) -> [IntervalVector]? {
    guard fixedPoints.count > 1 else { return nil }
    let inside = provedFixedPoints.filter(scope.certainlyContains)
    return inside.count > 1 ? inside : nil
  }
}

// The calculus.
extension Analysis {
  /// The pipeline's coefficients on the open positive cone, by the subhomogeneity calculus.
  public var subhomogeneity: Subhomogeneity {
    parts.subhomogeneity.value { Subhomogeneity(of: network, on: .openCone, coefficients: table) }
  }

  /// The pipeline's coefficients on all of Rⁿ, by the subhomogeneity calculus.
  public var subhomogeneityEverywhere: Subhomogeneity {
    parts.subhomogeneityEverywhere.value { Subhomogeneity(of: network, on: .everywhere, coefficients: table) }
  }
}

extension IntervalVector {
  /// All of Rⁿ.
  static func everything(_ count: Int) -> IntervalVector {
    IntervalVector(Array(repeating: Interval(-.infinity, .infinity), count: count))
  }

  /// The closed positive cone.
  static func closedCone(_ count: Int) -> IntervalVector {
    IntervalVector(Array(repeating: Interval(0, .infinity), count: count))
  }
}
