internal import LinearAlgebra

extension Domain {
  /// Whether a point lies in the domain, but for a slack of `tolerance` relative to the point's size where the domain
  /// is closed; `nil` tolerance is 0.
  func contains(_ point: [Double], tolerance: Double = 0) -> Bool {
    let slack = tolerance * (1 + Vector.normSup(point))
    return switch self {
    case .everywhere, .neighbourhood: true
    case .positiveCone: point.allSatisfy { $0 > 0 }
    case .positiveSphere(let norm): point.allSatisfy { $0 > 0 } && abs(VectorNorm(norm).of(point.span) - 1) <= slack
    case .box(let box):
      point.indices.allSatisfy { box.lower[$0] - slack <= point[$0] && point[$0] <= box.upper[$0] + slack }
    }
  }

  /// Whether every fixed point that the box may hold lies in the domain.
  func certainlyContains(_ box: IntervalVector) -> Bool {
    switch self {
    case .everywhere: true
    case .positiveCone, .positiveSphere: box.lower.allSatisfy { $0 > 0 }
    case .box(let region): region.contains(box)
    case .neighbourhood: false
    }
  }

  /// Whether no fixed point that the box may hold lies in the domain.
  func certainlyExcludes(_ box: IntervalVector) -> Bool {
    switch self {
    case .everywhere, .neighbourhood: false
    case .positiveCone, .positiveSphere: box.upper.contains { $0 <= 0 }
    case .box(let region): region.intersection(box) == nil
    }
  }
}
