internal import LinearAlgebra

/// The iterates from one start, up to where it settles, fails or runs out of steps.
public struct Trajectory: Sendable, Equatable {
  /// The start first.
  public let iterates: [[Double]]
  public let outcome: Outcome

  public var start: [Double] { iterates[0] }

  /// One evaluation of f a step; the rule's limit of steps is the most iterates that are kept.
  public init(from start: [Double], on map: some FixedPointMap, by solver: some EntrywiseSolver, stopping: StoppingRule)
  {
    var judge = Judge(stopping, dimension: start.count)
    var workspace = Workspace()
    var iterate = start
    var image = [Double](repeating: 0, count: start.count)
    var iterates = [start]
    while judge.outcome == nil {
      map.evaluate(iterate, into: &image, using: &workspace)
      judge.observe(iterate: iterate.span, image: image.span)
      guard judge.outcome == nil else { break }
      solver.move(&iterate, &image)
      iterates.append(iterate)
    }
    self.iterates = iterates
    outcome = judge.outcome ?? .maxSteps
  }

  /// Where it settled, if it did.
  public var fixedPoint: [Double]? { outcome == .converged ? iterates.last : nil }
}
