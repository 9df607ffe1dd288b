internal import LinearAlgebra

/// Rates, the bounds that follow from them, and the sets in which they hold.
extension SoundnessCheck {
  /// Pairs of points of the rate's scope: neighbours in time, two orbits at one time, and points beside each other.
  mutating func checkRate(of claim: Certificate) {
    guard let rate = claim.rate, let metric = claim.metric, let scope = claim.rateScope,
      let iteration = SoundnessIteration(claim.iteration, of: network)
    else { return }
    var orbits = (0..<6).map { start(in: scope, $0) }
    orbits += orbits.prefix(3).map { beside($0, in: scope) }
    for _ in 0..<25 {
      let next = orbits.map(iteration.next)
      for pair in SoundnessPair.all(orbits, next, iteration) {
        guard scope.contains(pair.x), scope.contains(pair.y) else { continue }
        if let ratio = excess(pair, metric, rate, iteration) {
          return add(claim, .rate(ratio: ratio, x: pair.x, y: pair.y))
        }
        if leaves(pair.imageOfX, from: pair.x, scope) { return add(claim, .leaves(pair.x)) }
      }
      orbits = next
    }
    checkBounds(of: claim, metric, iteration)
  }

  /// d(f(x), f(y)) / d(x, y) where it is larger than the rate by more than errors of f can make it.
  private mutating func excess(
    _ pair: SoundnessPair, _ metric: CertificateMetric, _ rate: Double, _ iteration: SoundnessIteration
  ) -> Double? {
    guard let before = metric.distance(pair.x, pair.y), let after = metric.distance(pair.imageOfX, pair.imageOfY)
    else { return nil }
    comparisons += 1
    let allowed = rate * before * (1 + 1e-9)
    return after > allowed && after > allowed + noise(metric, pair, iteration) ? after / before : nil
  }

  private func noise(
    _ metric: CertificateMetric, _ pair: SoundnessPair, _ iteration: SoundnessIteration
  ) -> Double {
    let rounding = 1e-14 * iteration.amplification * (Vector.normSup(pair.x) + Vector.normSup(pair.imageOfX))
    let size = rounding + error(at: pair.x) + error(at: pair.y)
    return metric.noise(around: pair.imageOfX, size: size) + metric.noise(around: pair.imageOfY, size: size)
  }

  /// Whether a set that is said to be invariant is left, by more than rounding.
  private func leaves(_ image: [Double], from point: [Double], _ scope: Scope) -> Bool {
    guard scope.isInvariant, image.allSatisfy(\.isFinite) else { return false }
    let slack = 1e-12 * (1 + Vector.normSup(image)) + error(at: point)
    return !scope.contains(image, tolerance: slack / (1 + Vector.normSup(image)))
      && !(scope.kind == .openCone && image.allSatisfy { $0 >= 0 })
  }

  /// The a-priori and a-posteriori bounds along an orbit that reaches the fixed point.
  private mutating func checkBounds(
    of claim: Certificate, _ metric: CertificateMetric, _ iteration: SoundnessIteration
  ) {
    guard let bounds = ErrorBounds(claim) else { return }
    var orbit = [start(in: bounds.scope, 0)]
    if metric == .hilbert { orbit[0] = iteration.next(orbit[0]) }
    guard bounds.apply(from: orbit[0]) else { return }
    for step in 0..<400 {
      let next = iteration.next(orbit[step])
      guard next.allSatisfy(\.isFinite) else { return }
      orbit.append(next)
      if next == orbit[step] { break }
    }
    let (limit, before) = (orbit[orbit.count - 1], orbit[orbit.count - 2])
    guard Distance.sup(limit.span, before.span) <= 1e-13 * (1 + Vector.normSup(limit)),
      let first = metric.distance(orbit[1], orbit[0])
    else { return }
    for step in 1..<min(40, orbit.count) {
      guard let last = metric.distance(orbit[step], orbit[step - 1]), let rest = metric.distance(orbit[step], limit)
      else { continue }
      comparisons += 1
      let pair = SoundnessPair(x: orbit[step], y: limit, imageOfX: orbit[step], imageOfY: limit)
      let noise = noise(metric, pair, iteration) / (1 - bounds.rate)
      let allowed = min(
        bounds.aPriori(afterSteps: step, firstStep: first), bounds.aPosteriori(lastStep: last))
      if rest > allowed * (1 + 1e-9) + noise { return add(claim, .bound(distance: rest, allowed: allowed, step: step)) }
    }
  }

  /// A point of the scope beside another one, a little or a very little.
  private mutating func beside(_ point: [Double], in scope: Scope) -> [Double] {
    let size = random.choice([1e-2, 1e-5])
    let moved = point.map { $0 + size * (1 + abs($0)) * random.gaussian() }
    return scope.contains(moved) ? moved : point.map { $0 * (1 + size * random.number(-1, 1)) }
  }
}

/// Two points and what the iteration makes of them.
private struct SoundnessPair {
  let x: [Double]
  let y: [Double]
  let imageOfX: [Double]
  let imageOfY: [Double]

  /// Neighbours in time, two orbits at one time, and the orbits that began beside each other: the last three and the first.
  static func all(_ orbits: [[Double]], _ next: [[Double]], _ iteration: SoundnessIteration) -> [SoundnessPair] {
    func pair(_ i: Int, _ j: Int) -> SoundnessPair {
      SoundnessPair(x: orbits[i], y: orbits[j], imageOfX: next[i], imageOfY: next[j])
    }
    let inTime = orbits.indices.map {
      SoundnessPair(x: orbits[$0], y: next[$0], imageOfX: next[$0], imageOfY: iteration.next(next[$0]))
    }
    let beside = (0..<3).map { pair($0, orbits.count - 3 + $0) }
    return inTime + orbits.indices.dropFirst().map { pair($0 - 1, $0) } + beside
  }
}

/// One step of the iteration that a rate speaks of.
struct SoundnessIteration {
  private enum Step {
    case averaged(Double)
    case forwardBackward(ProximalForm, Double)
  }

  private let network: Network
  private let step: Step

  /// `nil` for a rate in the limit, which no single step shows.
  init?(_ iteration: RateIteration, of network: Network) {
    self.network = network
    switch iteration {
    case .picard: step = .averaged(1)
    case .averaged(let factor): step = .averaged(factor)
    case .forwardBackward(let size):
      guard size > 0, let form = try? network.proximalForm() else { return nil }
      step = .forwardBackward(form, size)
    case .picardAsymptotic: return nil
    }
  }

  /// By how much a step enlarges the rounding of its point: a long proximal step multiplies it.
  var amplification: Double {
    switch step {
    case .averaged: 1
    case .forwardBackward(_, let size): max(1, size)
    }
  }

  func next(_ point: [Double]) -> [Double] {
    switch step {
    case .averaged(let factor):
      let image = network.image(of: point)
      return factor == 1 ? image : zip(point, image).map { (1 - factor) * $0 + factor * $1 }
    case .forwardBackward(let form, let size):
      var moved = point
      var result = point
      var span = moved.mutableSpan
      form.forward(point, step: size, into: &span)
      form.backward(moved.span, step: size, into: &result)
      return result
    }
  }
}

extension CertificateMetric {
  /// At least the distance that errors of this size in each entry of both vectors can make.
  fileprivate func noise(around point: [Double], size: Double) -> Double {
    let least = point.reduce(Double.infinity) { min($0, $1.magnitude) }
    let relative = 4 * size / max(least, 4 * size)
    switch self {
    case .thompson: return relative
    case .hilbert: return 2 * relative
    case .weightedThompson(let weights): return relative / (weights.min() ?? 1)
    case .weightedSup(let weights): return 4 * size / (weights.min() ?? 1)
    case .euclidean, .sup, .sum: return 4 * size * Double(point.count)
    case .weightedEuclidean(let weights):
      return 4 * size * (Double(point.count) * (weights.max() ?? 1)).squareRoot()
    }
  }
}
