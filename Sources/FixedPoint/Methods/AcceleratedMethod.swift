internal import LinearAlgebra

/// A method that proposes iterates from what it has seen of the map, under one safeguard for all of them.
///
/// A step goes to the proposal, or to the plain image of the iterate where there is none. Where the proposal or its image
/// is not finite (in logarithms: not positive) or ``Safeguard`` refuses it, the past is forgotten and the step goes to
/// the image of the best iterate so far: the refused evaluation counts as well, all other steps have one.
public protocol AcceleratedMethod: FixedPointSolver where State == AcceleratedState<Memory> {
  associatedtype Memory: AccelerationMemory

  /// Where the method's differences and combinations are taken.
  var coordinates: Coordinates { get }

  /// How many steps without a lower residual end an excursion.
  var patience: Int { get }

  func emptyMemory(dimension: Int) -> Memory

  /// The next iterate, `nil` for a plain step; both iterates are in ``coordinates``.
  func proposal(_ memory: inout Memory, iterate: [Double], residual: [Double]) -> [Double]?

  /// Takes in the step that was made and what it changed the residual by, both in ``coordinates``.
  func record(_ memory: inout Memory, step: [Double], change: [Double])
}

/// What an accelerated method remembers of the steps so far.
public protocol AccelerationMemory: Sendable, Equatable {
  /// Forgets everything.
  mutating func removeAll()
  /// Rough size in bytes of what a stored copy does not share with the one before.
  var footprint: Int { get }
}

/// The state of an accelerated method: the iterate, its image, the past that the method keeps, and the safeguard.
public struct AcceleratedState<Memory: AccelerationMemory>: MovableState {
  public internal(set) var iterate: [Double]
  public internal(set) var image: [Double]
  public internal(set) var evaluations: Int
  var memory: Memory
  var safeguard = Safeguard()

  public var footprint: Int { 16 * iterate.count + memory.footprint + 256 }
}

extension AcceleratedMethod {
  public var coordinates: Coordinates { .state }

  public func start(_ map: some FixedPointMap, at iterate: [Double], image: [Double], evaluations: Int)
    throws(SolverError) -> State
  {
    try coordinates.require(iterate, image, method: Self.description.name)
    return State(
      iterate: iterate, image: image, evaluations: evaluations, memory: emptyMemory(dimension: iterate.count))
  }

  public func advance(_ state: inout State, on map: some FixedPointMap, using workspace: inout Workspace)
    throws(SolverError)
  {
    try advanceSafely(&state, on: map, using: &workspace)
  }

  func advanceSafely(_ state: inout State, on map: some FixedPointMap, using workspace: inout Workspace)
    throws(SolverError)
  {
    try coordinates.require(state.iterate, state.image, method: Self.description.name)
    let before = state.iterate
    let place = coordinates.of(before)
    let residual = Vector.difference(coordinates.of(state.image), place)
    state.safeguard.note(image: state.image, residual: Vector.norm2(residual))
    if state.safeguard.isExhausted(patience: patience) { return goBack(&state, on: map, using: &workspace) }
    let next = state.safeguard.takePlainStep() ? nil : proposal(&state.memory, iterate: place, residual: residual)
    let target = next.map { coordinates.point($0, from: before, at: place) } ?? state.image
    state.move(to: target, on: map, using: &workspace)
    let reached = residualIfDefined(state)
    if let next {
      let stretch = Vector.norm2(Vector.difference(next, place)) / Vector.norm2(residual)
      guard let reached, state.safeguard.accepts(residual: Vector.norm2(reached), stretch: stretch) else {
        return goBack(&state, on: map, using: &workspace)
      }
    }
    guard let reached else { return }
    record(
      &state.memory, step: coordinates.residual(before, state.iterate), change: Vector.difference(reached, residual))
  }

  private func residualIfDefined(_ state: State) -> [Double]? {
    coordinates.contain(state.iterate, state.image) ? coordinates.residual(state.iterate, state.image) : nil
  }

  private func goBack(_ state: inout State, on map: some FixedPointMap, using workspace: inout Workspace) {
    state.memory.removeAll()
    state.move(to: state.safeguard.goBack(), on: map, using: &workspace)
  }
}
