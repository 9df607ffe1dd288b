/// A state that goes to a vector by evaluating f there.
protocol MovableState: SolverState {
  var iterate: [Double] { get set }
  var image: [Double] { get set }
  var evaluations: Int { get set }
}

extension MovableState {
  /// Goes to a vector: one evaluation.
  mutating func move(to vector: [Double], on map: some FixedPointMap, using workspace: inout Workspace) {
    iterate = vector
    map.evaluate(iterate, into: &image, using: &workspace)
    evaluations += 1
  }
}
