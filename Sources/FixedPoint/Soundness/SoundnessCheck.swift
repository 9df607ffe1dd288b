internal import Glibc
internal import LinearAlgebra

/// Tries to contradict the certificates of one network.
struct SoundnessCheck {
  let claims: [Certificate]
  let hasSeveral: Bool
  private(set) var foundNone = false
  private(set) var comparisons = 0
  private(set) var contradictions: [Contradiction] = []
  private let specimen: SoundnessCase
  private let starts: Int
  private var random: SplitMix64

  private var network: Network { specimen.network }

  /// The certificates that say "unique" or "at most one", and whether two fixed points are proved.
  static func certificates(of network: Network) -> (claims: [Certificate], hasSeveral: Bool) {
    let analysis = Analysis(network: network)
    let all: [Certificate] = TheoremCatalog.all.map { $0.certify(analysis) }
    let claims = all.filter { $0.isUnique || ($0.verdict == .proved && $0.claim == .atMostOne) }
    return (claims, claims.isEmpty && analysis.twoFixedPointsAnywhere != nil)
  }

  init(_ specimen: SoundnessCase, _ certificates: (claims: [Certificate], hasSeveral: Bool), starts: Int) {
    self.specimen = specimen
    self.starts = starts
    (claims, hasSeveral) = certificates
    random = SplitMix64(seed: specimen.seed ^ 0x5eed, index: specimen.index)
  }

  mutating func run() {
    var domains: [Domain] = []
    for claim in claims where !domains.contains(claim.domain) { domains.append(claim.domain) }
    for domain in domains { searchSecond(in: domain) }
    enumerate(domains)
    for claim in claims { compareRate(of: claim) }
  }

  private mutating func add(_ claim: Certificate, _ kind: Contradiction.Kind) {
    contradictions.append(
      Contradiction(
        seed: specimen.seed, index: specimen.index, family: specimen.family, certificate: claim, kind: kind))
  }
}

// A second fixed point.
extension SoundnessCheck {
  private mutating func searchSecond(in domain: Domain) {
    var found: [[Double]] = []
    for number in 0..<starts {
      let start = start(in: domain, number)
      guard let point = limit(from: start, number), domain.contains(point, tolerance: 1e-9) else { continue }
      guard found.allSatisfy({ isDifferent($0, point) }) else { continue }
      if let other = found.first(where: { isSecond($0, point) }) {
        for claim in claims where claim.domain == domain { add(claim, .secondFixedPoint(other, point)) }
        return
      }
      found.append(point)
    }
    let claimsExistence = claims.contains { $0.domain == domain && $0.isUnique }
    if found.isEmpty && claimsExistence { foundNone = true }
  }

  /// Enumerates the fixed points of a small network: those that certainly lie in a domain are at most one.
  private mutating func enumerate(_ domains: [Domain]) {
    guard network.dimension <= 4, let region = Analysis(network: network).enumerationBox?.box else { return }
    var search = Enumeration(of: region, under: network)
    search.run(network, budget: 64)
    for domain in domains {
      let inside = search.fixedPoints.filter { domain.certainlyContains($0.enclosure) }
      guard inside.count > 1 else { continue }
      for claim in claims where claim.domain == domain {
        add(claim, .secondFixedPoint(inside[0].center, inside[1].center))
      }
    }
  }

  private func isDifferent(_ x: [Double], _ y: [Double]) -> Bool {
    Distance.sup(x.span, y.span) > 1e-7 * (1 + Vector.normSup(x))
  }

  /// Two points near one nearly degenerate fixed point both look fixed: they count if each is proved to be near a fixed
  /// point of its own, or if they are far apart.
  private func isSecond(_ x: [Double], _ y: [Double]) -> Bool {
    if Distance.sup(x.span, y.span) > 1e-2 * (1 + Vector.normSup(x)) { return true }
    let proof = FixedPointProof(network: network)
    guard let first = proof.box(around: x), let second = proof.box(around: y) else { return false }
    return first.intersection(second) == nil
  }

  /// Where Picard's, Anderson's or Newton's iteration leads, by turns, made exact by Newton's; `nil` if to no fixed point,
  /// or so far away that a residual says nothing.
  private func limit(from start: [Double], _ number: Int) -> [Double]? {
    let end =
      switch number % 3 {
      case 0: picard(from: start)
      case 1: anderson(from: start)
      default: start
      }
    return newton(from: end).flatMap { Vector.normSup($0) < 1e9 ? $0 : nil }
  }

  private func picard(from start: [Double]) -> [Double] {
    var iterate = start
    for _ in 0..<200 {
      let image = network.image(of: iterate)
      guard image.allSatisfy(\.isFinite) else { return iterate }
      let step = Distance.sup(image.span, iterate.span)
      iterate = image
      if step <= 1e-12 * (1 + Vector.normSup(image)) { break }
    }
    return iterate
  }

  private func anderson(from start: [Double]) -> [Double] {
    let image = network.image(of: start)
    guard image.allSatisfy(\.isFinite) else { return start }
    let solver = Anderson()
    guard var state = try? solver.start(network, at: start, image: image, evaluations: 1) else { return start }
    var workspace = Workspace()
    for _ in 0..<60 {
      guard (try? solver.advance(&state, on: network, using: &workspace)) != nil else { break }
      guard state.image.allSatisfy(\.isFinite) else { return start }
      if Distance.sup(state.image.span, state.iterate.span) <= 1e-12 * (1 + Vector.normSup(state.image)) { break }
    }
    return state.iterate
  }

  private func newton(from start: [Double]) -> [Double]? {
    var iterate = start
    for _ in 0..<40 {
      let residual = zip(network.image(of: iterate), iterate).map { $0 - $1 }
      guard residual.allSatisfy(\.isFinite) else { return nil }
      let size = Vector.normSup(residual)
      guard let step = newtonStep(residual, at: iterate) else { return size <= tolerance(iterate) ? iterate : nil }
      // A step that is far larger than its residual tells of a derivative near 1: the point is then not determined.
      if size <= tolerance(iterate), Vector.normSup(step) <= 1e-9 * (1 + Vector.normSup(iterate)) { return iterate }
      iterate = zip(iterate, step).map { $0 + $1 }
    }
    return nil
  }

  private func tolerance(_ point: [Double]) -> Double { 1e-12 * (1 + Vector.normSup(point)) }

  /// (I - J)⁻¹ (f(z) - z)
  private func newtonStep(_ residual: [Double], at iterate: [Double]) -> [Double]? {
    var system = network.jacobian(at: iterate)
    guard system.values.allSatisfy(\.isFinite) else { return nil }
    for index in system.values.indices { system.values[index] = -system.values[index] }
    for i in 0..<system.rows { system[i, i] += 1 }
    guard let factors = try? LUFactorization(system) else { return nil }
    let step = factors.solve(residual)
    return step.allSatisfy(\.isFinite) ? step : nil
  }
}

// Contraction.
extension SoundnessCheck {
  /// Six orbits in the domain: neighbours in time, and two orbits at one time.
  private mutating func compareRate(of claim: Certificate) {
    guard let rate = claim.rate, let metric = claim.metric, let factor = claim.iteration.factor else { return }
    var orbits = (0..<6).map { start(in: claim.domain, $0) }
    // Hilbert's rates are about normalised vectors: from the first image on.
    if metric == .hilbert { orbits = orbits.map { step($0, factor) } }
    for _ in 0..<25 {
      let next = orbits.map { step($0, factor) }
      let pairs =
        orbits.indices.map { (orbits[$0], next[$0], next[$0], step(next[$0], factor)) }
        + orbits.indices.dropFirst().map { (orbits[$0 - 1], orbits[$0], next[$0 - 1], next[$0]) }
      for (x, y, imageOfX, imageOfY) in pairs {
        guard holdsRate(claim, x), holdsRate(claim, y) else { continue }
        guard let before = metric.distance(x, y), let after = metric.distance(imageOfX, imageOfY) else { continue }
        comparisons += 1
        let noise = metric.noise(around: imageOfX, size: 1e-12 * (1 + Vector.normSup(x) + Vector.normSup(imageOfX)))
        guard after > rate * before * (1 + 1e-9) + noise else { continue }
        return add(claim, .rate(ratio: after / before, x: x, y: y))
      }
      orbits = next
    }
  }

  private func holdsRate(_ claim: Certificate, _ point: [Double]) -> Bool {
    claim.domain.contains(point, tolerance: 1e-12) && (claim.rateRegion?.contains(point) ?? true)
  }

  /// (1 - factor) z + factor f(z)
  private func step(_ point: [Double], _ factor: Double) -> [Double] {
    let image = network.image(of: point)
    return factor == 1 ? image : zip(point, image).map { (1 - factor) * $0 + factor * $1 }
  }
}

extension RateIteration {
  /// The part of f(z) in a step; `nil` for iterations of another kind.
  fileprivate var factor: Double? {
    switch self {
    case .picard: 1
    case .averaged(let factor): factor
    case .picardAsymptotic, .forwardBackward: nil
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

// Starts.
extension SoundnessCheck {
  private mutating func start(in domain: Domain, _ number: Int) -> [Double] {
    let count = network.dimension
    let scale = [0.3, 1, 3, 30][number % 4]
    switch domain {
    case .everywhere, .neighbourhood: return random.gaussians(count).map { scale * $0 }
    case .positiveCone: return random.positives(count, spread: scale)
    case .positiveSphere(let norm):
      let direction = random.positives(count, spread: scale)
      let size = VectorNorm(norm).of(direction.span)
      return direction.map { $0 / size }
    case .box(let box): return start(in: box, isCorner: number % 4 == 3)
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
