internal import LinearAlgebra

/// Follows a curve of fixed points by pseudo-arclength: a step along the tangent, then Newton's iteration in the hyperplane
/// across it. Folds are passed as any other point.
///
/// Steps are halved until the tangent turns little; at the smallest step a corner is passed, as maps with kinks have
/// them.
/// Source: Keller, *Numerical solution of bifurcation and nonlinear eigenvalue problems*, 1977; Allgower, Georg,
/// *Introduction to Numerical Continuation Methods*, SIAM 2003, chapter 10.
struct Continuation: Sendable {
  let family: NetworkFamily

  private static let largestStep = 0.02
  private static let smallestStep = 1e-8
  private static let mostPoints = 4000
  /// Cosine of the largest turn of the tangent in one step.
  private static let straightness = 0.98

  /// The fixed point near a state at a parameter; `nil` if Newton's iteration finds none.
  func point(near state: [Double], at parameter: Double) -> BranchPoint? {
    let across = Self.parameterDirection(state.count)
    return point(near: family.place(of: state, at: parameter), across: across)
  }

  /// The branch's point in the hyperplane through a place near it.
  func point(near place: [Double], across direction: [Double]) -> BranchPoint? {
    corrected(place, across: direction).flatMap { point(at: $0, along: direction) }
  }

  /// Points a little off a branch point, along the direction in which other branches leave it: on those branches, where
  /// Newton's iteration finds them.
  ///
  /// Source: Keller 1977; Seydel, *Practical Bifurcation and Stability Analysis*, 3rd ed., 2010, section 5.6.
  func points(beside crossing: BranchPoint) -> [BranchPoint] {
    guard let network = family.network(at: crossing.parameter) else { return [] }
    var shifted = network.jacobian(at: crossing.state).subtractedFromIdentity
    for i in 0..<shifted.rows { shifted[i, i] += 1e-9 }
    guard let factors = try? LUFactorization(shifted) else { return [] }
    // Inverse iteration, from a vector without a pattern.
    var generator = SplitMix64(seed: 1)
    var direction = generator.gaussians(crossing.state.count)
    for _ in 0..<3 {
      let solved = factors.solve(direction)
      let length = Vector.norm2(solved)
      guard length.isFinite, length > 0 else { return [] }
      direction = solved.map { $0 / length }
    }
    return [-1, 1].compactMap { side in
      let offset = side * Self.largestStep * (1 + Vector.normSup(crossing.state))
      let guess = zip(crossing.place, direction + [0]).map { $0 + offset * $1 }
      return point(near: guess, across: direction + [0]).flatMap { 0...1 ~= $0.place[$0.state.count] ? $0 : nil }
    }
  }

  /// The points after `start` in the direction of its tangent, until the branch leaves the range, ends, closes, or comes to
  /// a corner behind which it is `known`.
  func points(after start: BranchPoint, known: (BranchPoint) -> Bool) -> [BranchPoint] {
    var points = [start]
    var step = Self.largestStep / 10
    while points.count < Self.mostPoints {
      let last = points[points.count - 1]
      let scale = 1 + Vector.normSup(last.state)
      guard let (next, isCorner) = advanced(last, by: step * scale, isSmallest: step <= Self.smallestStep) else {
        if step <= Self.smallestStep { break }
        step = max(step / 2, Self.smallestStep)
        continue
      }
      if isCorner, known(next) { break }
      points.append(next)
      if next.place[next.state.count] == 0 || next.place[next.state.count] == 1 { break }
      if points.count > 8, next.place.distance(to: start.place) < step * scale / 2 { break }
      step = min(1.5 * step, Self.largestStep)
    }
    return Array(points.dropFirst())
  }

  private func advanced(
    _ last: BranchPoint, by length: Double, isSmallest: Bool
  ) -> (point: BranchPoint, isCorner: Bool)? {
    let (guess, across) = prediction(after: last, by: length)
    guard let place = corrected(guess, across: across), 0...1 ~= place[last.state.count],
      let next = point(at: place, along: isSmallest ? zip(place, last.place).map(-) : last.tangent)
    else { return nil }
    let isStraight = Vector.dot(next.tangent, last.tangent) > Self.straightness
    if isStraight, place.distance(to: guess) <= length / 2 { return (next, false) }
    return isSmallest && place.distance(to: guess) <= 8 * length ? (next, true) : nil
  }

  /// A place along the tangent, and the direction across which it is corrected; beyond the range its border, where the
  /// parameter is kept.
  private func prediction(after last: BranchPoint, by length: Double) -> (place: [Double], across: [Double]) {
    let count = last.state.count
    let free = zip(last.place, last.tangent).map { $0 + length * $1 }
    let border = min(max(free[count], 0), 1)
    guard border != free[count] else { return (free, last.tangent) }
    let part = (border - last.place[count]) / (free[count] - last.place[count])
    let state = zip(last.state, last.tangent).map { $0 + part * length * $1 }
    return (state + [border], Self.parameterDirection(count))
  }

  private static func parameterDirection(_ count: Int) -> [Double] { Array(repeating: 0, count: count) + [1] }

  /// Newton's iteration within the hyperplane through `guess` across a direction; `nil` unless the residual ends at the
  /// level of rounding.
  private func corrected(_ guess: [Double], across direction: [Double]) -> [Double]? {
    var place = guess
    var size = Double.infinity
    for _ in 0..<20 {
      guard let residual = family.residual(at: place) else { return nil }
      let old = size
      size = Vector.normSup(residual)
      let floor = 1e-13 * (1 + Vector.normSup(place)) * Double(place.count)
      if size == 0 || (size <= floor && size > old / 4) { return place }
      guard let derivative = family.derivative(at: place),
        let factors = try? LUFactorization(Self.bordered(derivative, direction))
      else { return size <= floor ? place : nil }
      let offset = Vector.dot(direction, zip(place, guess).map(-))
      let move = factors.solve(residual + [offset])
      place = zip(place, move).map { $0 - $1 }
      guard place.allSatisfy(\.isFinite) else { return nil }
    }
    return nil
  }

  private func point(at place: [Double], along direction: [Double]) -> BranchPoint? {
    let parameter = family.parameter(of: place)
    let state = Array(place.dropLast())
    guard let derivative = family.derivative(at: place), let network = family.network(at: parameter),
      let eigenvalues = try? network.jacobian(at: state).eigenvalues()
    else { return nil }
    return BranchPoint(
      parameter: parameter, state: state, eigenvalues: eigenvalues.sorted { $0.magnitude > $1.magnitude },
      place: place, tangent: Self.tangent(derivative, along: direction))
  }

  /// The unit vector that the derivative takes to zero, on the side of `direction`; at a crossing of branches, where there
  /// are several, the direction itself.
  private static func tangent(_ derivative: Matrix, along direction: [Double]) -> [Double] {
    var right = [Double](repeating: 0, count: direction.count)
    right[direction.count - 1] = 1
    let factors = try? LUFactorization(bordered(derivative, direction))
    let solution = factors.flatMap { $0.reciprocalCondition > 1e-15 ? $0.solve(right) : nil } ?? direction
    let length = Vector.norm2(solution)
    return solution.map { $0 / length }
  }

  /// The derivative with one more row.
  private static func bordered(_ derivative: Matrix, _ row: [Double]) -> Matrix {
    Matrix(rows: derivative.rows + 1, columns: derivative.columns, values: derivative.values + row)
  }
}
