public import LinearAlgebra

/// A DEQ layer's map z -> f(z; x): a pipeline of operators with its input bound.
public struct Network: Sendable {
  public let stateShape: Shape
  public let operators: [any Operator]
  /// What an evaluation calls, one after the other.
  let stages: [any Stage]
  /// The number of entries of the running value after each stage.
  let counts: [Int]
  /// The largest number of entries that the running value has.
  let largestCount: Int
  /// The largest scratch that a stage asks for.
  let scratchCount: Int

  /// - Throws: ``NetworkError`` if the chain of shapes does not lead from the state back to the state.
  public init(stateShape: Shape, operators: [any Operator]) throws(NetworkError) {
    var running = stateShape
    for (position, link) in operators.enumerated() {
      guard link.inputShape == running else {
        throw .brokenChain(position: position, expected: link.inputShape, found: running)
      }
      running = link.outputShape
    }
    guard running == stateShape else { throw .openEnd(expected: stateShape, found: running) }
    self.stateShape = stateShape
    self.operators = operators
    stages = Layer.stages(of: operators)
    counts = stages.map(\.resultCount)
    largestCount = counts.reduce(stateShape.count, max)
    self.scratchCount = stages.map(\.scratchCount).reduce(0, max)
  }

  public var dimension: Int { stateShape.count }

  /// The linear maps with weights, with their positions in the pipeline.
  public var affineParts: [(position: Int, weight: Matrix)] {
    operators.enumerated().compactMap { position, link in link.weight.map { (position, $0) } }
  }

  /// W of the pipeline, if exactly one operator is a linear map with weights.
  public var oneAffinePart: Matrix? {
    let parts = affineParts
    return parts.count == 1 ? parts[0].weight : nil
  }
}

/// The operators do not make a map of the state space to itself.
public enum NetworkError: Error, Sendable, Equatable {
  /// The operator at `position` expects a value of another shape than it is given.
  case brokenChain(position: Int, expected: Shape, found: Shape)
  /// The last operator does not give the state's shape back.
  case openEnd(expected: Shape, found: Shape)
}
