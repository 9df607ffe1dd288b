internal import LinearAlgebra

/// A method that steps along Newton's direction for u(f(z)) - u(z), as far as the residual falls.
///
/// A step tries the whole direction, then half of it and so on, until the residual in ``coordinates`` is less than before
/// by a part of what the linear model promises; each trial is an evaluation. Where no trial is, or there is no
/// direction, the step is z <- f(z), and twice as many plain steps follow as after the failure before, unless a search has
/// come closer meanwhile: N plain steps cost O(log N) trials, and lead out of where the residual is least but not zero.
/// `evaluations` counts f alone: Jacobians and their products are counted in ``NewtonState/derivatives``.
/// Source: Armijo's rule for Newton's method in Kelley, *Iterative Methods for Linear and Nonlinear Equations*, SIAM
/// 1995, section 8.1.
public protocol NewtonMethod: FixedPointSolver where State == NewtonState {
  /// Where the residual is taken and the step is made.
  var coordinates: Coordinates { get }

  /// An approximate solution of (I - J) d = residual in ``coordinates``; `nil` if there is none. Singular systems are
  /// counted in the state.
  func direction(_ state: inout NewtonState, residual: [Double], on map: some FixedPointMap) -> [Double]?
}

/// The state of Newton's methods: the iterate, its image, and what the steps have cost.
public struct NewtonState: MovableState {
  public internal(set) var iterate: [Double]
  public internal(set) var image: [Double]
  public internal(set) var evaluations: Int
  /// Jacobians formed, or products with a Jacobian where none is formed; neither is an evaluation of f.
  public internal(set) var derivatives = 0
  public internal(set) var singularSystems = 0
  /// Searches that have failed since the last that came closer than all before.
  var failures = 0
  /// The residual that it came to.
  var leastResidual = Double.infinity
  /// Plain steps until the next search.
  var plainSteps = 0
  /// The last forcing term and the residual that it was for, where the linear systems are solved inexactly.
  var forcing: Forcing?
}

enum LineSearch {
  /// A direction is cut in half at most this many times.
  static let halvings = 4
  /// The residual must fall by this part of what the linear model promises.
  static let sufficient = 0.1
  /// A step longer than ``Safeguard/longestStretch`` plain ones must bring it to this part: where the linear model is
  /// nearly singular it leads far away, and the way back may be long.
  static let sufficientAfterLeap = 0.1
  /// A search comes closer if it brings the residual to this part of the least one.
  static let closer = 0.5
  /// At most two to this many plain steps follow a failure.
  static let longestPause = 20
}

extension NewtonMethod {
  public var coordinates: Coordinates { .state }

  public func start(_ map: some FixedPointMap, at iterate: [Double], image: [Double], evaluations: Int)
    throws(SolverError) -> NewtonState
  {
    try begin(at: iterate, image: image, evaluations: evaluations)
  }

  func begin(at iterate: [Double], image: [Double], evaluations: Int) throws(SolverError) -> NewtonState {
    try coordinates.require(iterate, image, method: Self.description.name)
    return NewtonState(iterate: iterate, image: image, evaluations: evaluations)
  }

  public func advance(_ state: inout NewtonState, on map: some FixedPointMap, using workspace: inout Workspace)
    throws(SolverError)
  {
    try coordinates.require(state.iterate, state.image, method: Self.description.name)
    let plain = state.image
    if state.plainSteps > 0 {
      state.plainSteps -= 1
    } else if step(&state, on: map, using: &workspace) {
      forgiveFailures(&state)
      return
    } else {
      state.failures = min(state.failures + 1, LineSearch.longestPause)
      state.plainSteps = (1 << state.failures) - 2
    }
    state.move(to: plain, on: map, using: &workspace)
  }

  /// A search that has come closer than any before shows that the failures are past; others may lead back to where the
  /// residual has a least value that is not zero.
  private func forgiveFailures(_ state: inout NewtonState) {
    let residual = Vector.norm2(coordinates.residual(state.iterate, state.image))
    guard residual <= LineSearch.closer * state.leastResidual else { return }
    state.failures = 0
    state.leastResidual = residual
  }

  /// Whether Newton's direction leads to a lower residual; the state is there then.
  private func step(_ state: inout NewtonState, on map: some FixedPointMap, using workspace: inout Workspace) -> Bool {
    let residual = coordinates.residual(state.iterate, state.image)
    guard let direction = direction(&state, residual: residual, on: map), direction.allSatisfy(\.isFinite) else {
      return false
    }
    return search(&state, along: direction, from: Vector.norm2(residual), on: map, using: &workspace)
  }

  /// Whether a part of the direction reduces the residual enough; the state is there then.
  private func search(
    _ state: inout NewtonState, along direction: [Double], from length: Double, on map: some FixedPointMap,
    using workspace: inout Workspace
  ) -> Bool {
    let origin = state.iterate
    let stretch = Vector.norm2(direction) / length
    var part = 1.0
    for _ in 0...LineSearch.halvings {
      let trial = coordinates.move(origin, by: direction.map { part * $0 })
      state.move(to: trial, on: map, using: &workspace)
      let isLeap = part * stretch > Safeguard.longestStretch
      let wanted = isLeap ? LineSearch.sufficientAfterLeap : 1 - LineSearch.sufficient * part
      if coordinates.contain(state.iterate, state.image),
        Vector.norm2(coordinates.residual(state.iterate, state.image)) <= wanted * length
      {
        return true
      }
      part /= 2
    }
    return false
  }
}

/// Newton's linear system and what came of it.
enum NewtonSystem {
  /// J is formed densely, so the state has at most this many entries.
  static let largestDimension = DenseLimit.entries

  /// - Throws: ``SolverError/needs(method:requirement:)`` for a state that is too large for a dense Jacobian.
  static func requireRoom(for dimension: Int, method: String) throws(SolverError) {
    guard dimension > largestDimension else { return }
    let requirement = "a state of at most \(largestDimension) entries for its dense Jacobian, found \(dimension)"
    throw .needs(method: method, requirement: requirement + "; newton-krylov forms none")
  }

  /// The solution of (I - matrix) x = right; `nil` if I - matrix is singular to working precision, which the state
  /// counts, or not finite.
  static func solve(_ matrix: Matrix, _ right: [Double], _ state: inout NewtonState) -> [Double]? {
    var system = matrix
    for index in system.values.indices { system.values[index].negate() }
    for i in 0..<system.rows { system[i, i] += 1 }
    guard system.values.allSatisfy(\.isFinite) else { return nil }
    guard let factors = try? LUFactorization(system), factors.reciprocalCondition >= Double.ulpOfOne else {
      state.singularSystems += 1
      return nil
    }
    return factors.solve(right)
  }
}
