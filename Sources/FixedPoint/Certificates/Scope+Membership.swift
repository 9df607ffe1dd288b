internal import LinearAlgebra

extension Scope {
  /// Whether a point lies in the set, but for a slack of `tolerance` relative to the point's size where the set is closed.
  public func contains(_ point: [Double], tolerance: Double = 0) -> Bool {
    let slack = tolerance * (1 + Vector.normSup(point))
    let isInside =
      switch kind {
      case .everywhere, .localBox: true
      case .openCone: point.allSatisfy { $0 > 0 }
      case .closedCone: point.allSatisfy { $0 >= -slack }
      case .leaf: point.allSatisfy { $0 > 0 } && abs(VectorNorm(norm ?? 2).of(point.span) - 1) <= max(slack, 1e-12)
      }
    guard let box else { return isInside }
    return isInside
      && point.indices.allSatisfy { box.lower[$0] - slack <= point[$0] && point[$0] <= box.upper[$0] + slack }
  }

  /// Whether every fixed point that the box may hold lies in the set.
  ///
  /// A fixed point of a map that ends in a normalisation lies on the sphere, so that the leaf asks for its sign alone.
  public func certainlyContains(_ candidate: IntervalVector) -> Bool {
    let isInside =
      switch kind {
      case .everywhere, .localBox: true
      case .openCone, .leaf: candidate.lower.allSatisfy { $0 > 0 }
      case .closedCone: candidate.lower.allSatisfy { $0 >= 0 }
      }
    return isInside && (box?.contains(candidate) ?? true)
  }

  /// Whether no fixed point that the box may hold lies in the set.
  public func certainlyExcludes(_ candidate: IntervalVector) -> Bool {
    let isOutside =
      switch kind {
      case .everywhere, .localBox: false
      case .openCone, .leaf: candidate.upper.contains { $0 <= 0 }
      case .closedCone: candidate.upper.contains { $0 < 0 }
      }
    return isOutside || box.map { $0.intersection(candidate) == nil } ?? false
  }
}
