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

  /// Goes to a vector whose image somebody else has evaluated.
  mutating func take(_ image: [Double], of vector: [Double]) {
    iterate = vector
    self.image = image
    evaluations += 1
  }
}
