/// A fixed-point method: a value with its options; all that changes is in its state.
///
/// A solver neither measures residuals nor decides convergence: ``Run`` does, once for all methods. Nothing evaluates f
/// twice: the caller evaluates f at the start and hands over the image.
/// A new method is one file that conforms to this protocol and one row in ``MethodCatalog``.
public protocol FixedPointSolver: Sendable, Equatable {
  associatedtype State: SolverState

  /// Name, meaning and options, as in the session file.
  static var description: MethodDescription { get }

  /// - Throws: `FieldError` for an option out of its range, or one that the method does not have.
  init(_ options: FieldValues) throws(FieldError)

  /// The options as they would be written, defaults included.
  var options: FieldValues { get }

  /// The state before the first step, from an iterate and its image.
  /// - Throws: ``SolverError`` if the method cannot work on this map.
  func start(_ map: some FixedPointMap, at iterate: [Double], image: [Double], evaluations: Int) throws(SolverError)
    -> State

  /// One step: moves to the next iterate and evaluates f there.
  func advance(_ state: inout State, on map: some FixedPointMap, using workspace: inout Workspace) throws(SolverError)
}

/// What a method carries from step to step: a value, so that a stored state can be resumed or branched exactly.
public protocol SolverState: Sendable, Equatable {
  /// z_k
  var iterate: [Double] { get }
  /// f(z_k)
  var image: [Double] { get }
  /// Evaluations of f so far.
  var evaluations: Int { get }
  /// How many linear systems of the method were singular to working precision, so that it stepped to f(z) instead.
  var singularSystems: Int { get }
  /// Rough size in bytes of what a stored copy does not share with the state before: guides how many are kept.
  var footprint: Int { get }
}

extension SolverState {
  public var singularSystems: Int { 0 }
  public var footprint: Int { 16 * (iterate.count + 8) }
}

/// Name, meaning and options of a method.
public struct MethodDescription: Sendable {
  public let name: String
  /// One line for people.
  public let summary: String
  public let options: [Field]

  public init(_ name: String, summary: String, options: [Field] = []) {
    self.name = name
    self.summary = summary
    self.options = options
  }
}

/// A method cannot work on the map, or a step broke down.
public enum SolverError: Error, Sendable, Equatable {
  /// The method needs structure that the map does not have: what is needed, as a noun phrase.
  case needs(method: String, requirement: String)
  /// A linear system of the step is singular to working precision.
  case singular(method: String, step: Int)
}
