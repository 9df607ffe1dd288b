internal import LinearAlgebra

/// Looks for fixed points from a fixed list of starts: Picard's iteration finished by Newton's, and Newton's alone, which
/// also finds repelling ones.
struct FixedPointSearch {
  let network: Network
  /// Where the fixed points are, if that is known.
  let box: IntervalVector?

  /// A large state is followed from its own starts alone, and not by Newton's iteration.
  private var isLarge: Bool { network.sizeObstacle != nil }

  /// The distinct fixed points in the order in which they were found, the attracting ones first; `first` are tried
  /// before all other starts.
  func run(from first: [[Double]] = []) -> [ComputedFixedPoint] {
    var found: [ComputedFixedPoint] = []
    for start in first + (isLarge ? [] : starts) {
      for candidate in [picard(from: start), start] {
        guard let point = newton(from: candidate), isNew(point, among: found) else { continue }
        found.append(measured(point))
      }
    }
    return found.filter(\.attracts) + found.filter { !$0.attracts }
  }

  /// The fixed point that Picard's iteration settles at from this start; `nil` if it does not settle.
  func reached(from start: [Double]) -> ComputedFixedPoint? {
    let last = picard(from: start)
    guard let point = newton(from: last) else { return nil }
    let scale = 1 + Vector.normSup(point)
    return zip(point, last).allSatisfy { abs($0 - $1) <= 1e-5 * scale } ? measured(point) : nil
  }

  /// All ones and all zeros, or the box's middle and corners; then both alternating corners, and scattered points.
  private var starts: [[Double]] {
    let count = network.dimension
    let region = box ?? IntervalVector(Array(repeating: Interval(0, 2), count: count))
    let alternating = (0...1).map { parity in
      (0..<count).map { $0 % 2 == parity ? region.lower[$0] : region.upper[$0] }
    }
    var numbers = Scatter()
    let scattered = (0..<3).map { _ in
      (0..<count).map { region.lower[$0] + numbers.next() * (region.upper[$0] - region.lower[$0]) }
    }
    return [region.midpoint, region.lower, region.upper] + alternating + scattered
  }

  private func picard(from start: [Double]) -> [Double] {
    var iterate = start
    for _ in 0..<300 {
      let image = network.image(of: iterate)
      guard image.allSatisfy(\.isFinite) else { return iterate }
      let isClose = zip(image, iterate).allSatisfy { abs($0 - $1) <= 1e-9 * (1 + abs($0)) }
      iterate = image
      if isClose { break }
    }
    return iterate
  }

  /// Newton's iteration; `nil` if it does not reach a residual at rounding level.
  func newton(from start: [Double]) -> [Double]? {
    var iterate = start
    for _ in 0..<25 {
      let residual = residual(at: iterate)
      if isSmall(residual, at: iterate) { return iterate }
      guard residual.allSatisfy(\.isFinite), let step = step(residual, at: iterate) else { return nil }
      iterate = zip(iterate, step).map { $0 + $1 }
    }
    return isSmall(residual(at: iterate), at: iterate) ? iterate : nil
  }

  func residual(at iterate: [Double]) -> [Double] {
    zip(network.image(of: iterate), iterate).map { $0 - $1 }
  }

  private func isSmall(_ residual: [Double], at iterate: [Double]) -> Bool {
    zip(residual, iterate).allSatisfy { abs($0) <= 1e-14 * (1 + abs($1)) * Double(network.dimension + 10) }
  }

  /// (I - J)⁻¹ (f(z) - z)
  private func step(_ residual: [Double], at iterate: [Double]) -> [Double]? {
    guard !isLarge else { return nil }
    var system = network.jacobian(at: iterate)
    for index in system.values.indices { system.values[index] = -system.values[index] }
    for i in 0..<system.rows { system[i, i] += 1 }
    guard let factors = try? LUFactorization(system), factors.reciprocalCondition > 1e-14 else { return nil }
    return factors.solve(residual)
  }

  func isNew(_ point: [Double], among found: [ComputedFixedPoint]) -> Bool {
    let scale = 1 + Vector.normSup(point)
    return found.allSatisfy { known in zip(point, known.point).contains { abs($0 - $1) > 1e-6 * scale } }
  }

  func measured(_ point: [Double]) -> ComputedFixedPoint {
    ComputedFixedPoint(
      point: point, residual: Vector.normSup(residual(at: point)),
      spectralRadius: isLarge ? nil : try? network.jacobian(at: point).spectralRadius())
  }
}

/// Numbers in [0, 1) without a pattern, always the same ones: multiples of the golden ratio, modulo 1.
private struct Scatter {
  private var value = 0.0

  mutating func next() -> Double {
    value += 0.618_033_988_749_894_9
    if value >= 1 { value -= 1 }
    return value
  }
}
