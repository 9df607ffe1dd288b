internal import Glibc

/// Where orbits begin.
extension SoundnessCheck {
  mutating func start(in scope: Scope, _ number: Int) -> [Double] {
    let count = network.dimension
    let scale = [0.3, 1, 3, 30][number % 4]
    if scope.kind != .leaf, let box = scope.box { return start(in: box, isCorner: number % 4 == 3) }
    switch scope.kind {
    case .everywhere, .localBox: return random.gaussians(count).map { scale * $0 }
    case .openCone, .closedCone: return random.positives(count, spread: scale)
    case .leaf:
      let direction = scope.box.map { start(in: $0, isCorner: false) } ?? random.positives(count, spread: scale)
      let size = VectorNorm(scope.norm ?? 2).of(direction.span)
      return direction.map { $0 / size }
    }
  }

  private mutating func start(in box: IntervalVector, isCorner: Bool) -> [Double] {
    (0..<box.count).map { i in
      let share = isCorner ? Double(random.integer(0, 1)) : random.number()
      return min(max(box.lower[i] + share * (box.upper[i] - box.lower[i]), box.lower[i]), box.upper[i])
    }
  }
}

extension SplitMix64 {
  /// exp of normal deviates, within 1e±30.
  fileprivate mutating func positives(_ count: Int, spread: Double) -> [Double] {
    gaussians(count).map { exp(min(max(spread * $0, -69), 69)) }
  }
}
