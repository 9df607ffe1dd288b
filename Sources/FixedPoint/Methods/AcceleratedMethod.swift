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

  /// The first half of a step: where f is to be evaluated. By default a proposal under the safeguard.
  func propose(_ state: inout State) throws(SolverError) -> Trial
}

/// A step of an accelerated method that waits for f to be evaluated.
public struct Trial: Sendable {
  let target: [Double]
  /// What the step is judged by afterwards; `nil` if it stands as it is.
  let origin: Origin?

  /// Where a step comes from; all but `iterate` in the method's coordinates.
  struct Origin: Sendable {
    let iterate: [Double]
    let place: [Double]
    let residual: [Double]
    /// Where the method wanted to go; `nil` for a plain step.
    let proposal: [Double]?
  }

  init(target: [Double], origin: Origin? = nil) {
    self.target = target
    self.origin = origin
  }
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
    let trial = try propose(&state)
    state.move(to: trial.target, on: map, using: &workspace)
    if let back = settle(&state, after: trial) { state.move(to: back, on: map, using: &workspace) }
  }

  public func propose(_ state: inout State) throws(SolverError) -> Trial { try proposeSafely(&state) }

  func proposeSafely(_ state: inout State) throws(SolverError) -> Trial {
    try coordinates.require(state.iterate, state.image, method: Self.description.name)
    let place = coordinates.of(state.iterate)
    let residual = Vector.difference(coordinates.of(state.image), place)
    state.safeguard.note(image: state.image, residual: Vector.norm2(residual))
    if state.safeguard.isExhausted(patience: patience) { return Trial(target: goBack(&state)) }
    let next = state.safeguard.takePlainStep() ? nil : proposal(&state.memory, iterate: place, residual: residual)
    return Trial(
      target: next.map { coordinates.point($0, from: state.iterate, at: place) } ?? state.image,
      origin: Trial.Origin(iterate: state.iterate, place: place, residual: residual, proposal: next))
  }

  /// The second half of a step, once the state is at the trial's target.
  /// - Returns: the vector to go back to, if the step is refused.
  func settle(_ state: inout State, after trial: Trial) -> [Double]? {
    guard let origin = trial.origin else { return nil }
    let reached = residualIfDefined(state)
    if let proposal = origin.proposal {
      let stretch = Vector.norm2(Vector.difference(proposal, origin.place)) / Vector.norm2(origin.residual)
      guard let reached, state.safeguard.accepts(residual: Vector.norm2(reached), stretch: stretch) else {
        return goBack(&state)
      }
    }
    guard let reached else { return nil }
    record(
      &state.memory, step: coordinates.residual(origin.iterate, state.iterate),
      change: Vector.difference(reached, origin.residual))
    return nil
  }

  private func residualIfDefined(_ state: State) -> [Double]? {
    coordinates.contain(state.iterate, state.image) ? coordinates.residual(state.iterate, state.image) : nil
  }

  /// Where the step goes that ends an excursion; the past is forgotten.
  private func goBack(_ state: inout State) -> [Double] {
    state.memory.removeAll()
    return state.safeguard.goBack()
  }
}
