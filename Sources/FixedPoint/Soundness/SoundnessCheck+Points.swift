internal import LinearAlgebra

/// A second fixed point, or none.
extension SoundnessCheck {
  mutating func searchSecond(in scope: Scope) {
    var found: [[Double]] = []
    var onBorder = 0
    for number in 0..<starts {
      let start = start(in: scope, number)
      guard let point = limit(from: start, number) else { continue }
      guard scope.contains(point, tolerance: 1e-9), !isOnBorder(point, of: scope) else {
        onBorder += isOnBorder(point, of: scope) ? 1 : 0
        continue
      }
      guard found.allSatisfy({ isDifferent($0, point) }) else { continue }
      if let other = found.first(where: { isSecond($0, point) }) {
        for claim in claims where claim.scope == scope { add(claim, .secondFixedPoint(other, point)) }
        return
      }
      found.append(point)
    }
    for claim in claims where claim.scope == scope && claim.claim == .none && !found.isEmpty {
      add(claim, .secondFixedPoint(found[0], found[0]))
    }
    guard found.isEmpty, let claim = claims.first(where: { $0.scope == scope && $0.provesExactlyOne }) else { return }
    foundNone = true
    // Every start that settles does so on the border, which is no part of an open cone.
    if onBorder > 0, onBorder >= starts / 4 { add(claim, .noFixedPoint(onBorder: onBorder)) }
  }

  /// Whether a limit is 0 in some entry, as an orbit that sinks to the border of the open cone is.
  private func isOnBorder(_ point: [Double], of scope: Scope) -> Bool {
    guard scope.kind == .openCone, scope.box == nil else { return false }
    return point.contains { $0.magnitude <= 1e-12 } && point.allSatisfy { $0 >= -1e-12 }
  }

  /// Enumerates the fixed points of a small network: those that certainly lie in a domain are at most one.
  mutating func enumerate(_ scopes: [Scope]) {
    guard network.dimension <= 4, let region = Analysis(network: network).enumerationBox?.box else { return }
    var search = Enumeration(of: region, under: network)
    search.run(network, budget: 64)
    for scope in scopes {
      let inside = search.fixedPoints.filter { scope.certainlyContains($0.enclosure) }
      guard inside.count > 1 else { continue }
      for claim in claims where claim.scope == scope {
        add(claim, .secondFixedPoint(inside[0].center, inside[1].center))
      }
    }
  }

  private func isDifferent(_ x: [Double], _ y: [Double]) -> Bool {
    Distance.sup(x.span, y.span) > 1e-7 * (1 + Vector.normSup(x))
  }

  /// Two points near one nearly degenerate fixed point both look fixed: they count if each is proved to be near a fixed
  /// point of its own, or if they are far apart and f is computed well at both, or if f maps each exactly to itself.
  private func isSecond(_ x: [Double], _ y: [Double]) -> Bool {
    let isFar = Distance.sup(x.span, y.span) > 1e-2 * (1 + Vector.normSup(x))
    if isFar, error(at: x) < 1e-10 * (1 + Vector.normSup(x)), error(at: y) < 1e-10 * (1 + Vector.normSup(y)) {
      return true
    }
    if specimen.family == "line", network.image(of: x) == x, network.image(of: y) == y { return true }
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

extension SoundnessCheck {
  /// In one dimension f(z) - z changes its sign between two fixed points: a scan of the scope, at points at which f is
  /// computed without an error that matters, counts the changes.
  mutating func countSignChanges(_ scopes: [Scope]) {
    guard network.dimension == 1 else { return }
    for scope in scopes {
      let places = scan(scope).filter { scope.contains([$0]) }.sorted()
      var signs: [(place: Double, isPositive: Bool)] = []
      for place in places {
        let gap = network.image(of: [place])[0] - place
        // Products with powers of 2 are exact; sums with huge numbers are not.
        let error = specimen.family == "huge weight" ? 0 : error(at: [place])
        guard gap.isFinite, abs(gap) > 1e-9 * max(abs(place), abs(gap)) + 2 * error else { continue }
        if signs.last?.isPositive != (gap > 0) { signs.append((place, gap > 0)) }
      }
      guard signs.count > 2 else { continue }
      for claim in claims where claim.scope == scope {
        add(claim, .secondFixedPoint([signs[1].place], [signs[2].place]))
      }
    }
  }

  /// Around the fixed points that are found, and around 0, at all scales; multiples of powers of 2, so that sums with
  /// large numbers stay exact.
  private func scan(_ scope: Scope) -> [Double] {
    let centers = [0] + Analysis(network: network).fixedPoints.prefix(3).map { $0.point[0] }
    var places: [Double] = []
    for center in centers {
      for exponent in stride(from: -520, through: 20, by: specimen.family == "huge weight" ? 1 : 20) {
        let unit = Double(sign: .plus, exponent: exponent, significand: 1)
        for multiple in -8...8 { places.append(((center / unit).rounded() + Double(multiple)) * unit) }
      }
      for multiple in -400...400 { places.append(((center * 64).rounded() + Double(multiple)) / 64) }
    }
    return places.filter(\.isFinite)
  }

  /// How far f as computed may be from f at a point: the width of its enclosure.
  func error(at point: [Double]) -> Double {
    (try? network.enclose(IntervalVector(point))).map(\.width) ?? .infinity
  }
}
