extension FixedPointMap {
  /// Solves z = f(z) from a start and keeps no history: for scripts, sweeps and training.
  ///
  /// Ends at the same step with the same outcome, iterate and residual as a ``Run``, bit for bit, because method, monitor
  /// and stopping rule are the same; it measures only what these need. By Picard and damped iteration on a network a
  /// step allocates nothing.
  @specialized(where Self == Network, Solver == Picard)
  @specialized(where Self == Network, Solver == Damped)
  public func solve<Solver: FixedPointSolver>(
    from start: [Double], by solver: Solver = Picard(), stopping: StoppingRule = StoppingRule()
  ) -> Solution {
    precondition(start.count == dimension, "a start has as many entries as the map's dimension")
    var judge = Judge(stopping, dimension: dimension)
    guard !judge.isOver else { return Solution(judge, iterate: start, evaluations: 0) }
    var state: Solver.State
    var workspace = Workspace()
    do throws(SolverError) {
      var image = [Double](repeating: 0, count: dimension)
      evaluate(start, into: &image, using: &workspace)
      state = try solver.start(self, at: start, image: image, evaluations: 1)
    } catch {
      judge.fail(error)
      return Solution(judge, iterate: start, evaluations: 1)
    }
    judge.observe(iterate: state.iterate.span, image: state.image.span)
    while !judge.isOver {
      do throws(SolverError) {
        try solver.advance(&state, on: self, using: &workspace)
        judge.observe(iterate: state.iterate.span, image: state.image.span)
      } catch {
        judge.fail(error)
      }
    }
    return Solution(judge, iterate: state.iterate, evaluations: state.evaluations)
  }
}
