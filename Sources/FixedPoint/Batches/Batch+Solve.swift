public import LinearAlgebra

extension Batch {
  /// Solves every sample from its start: each stops by itself, and then costs nothing more.
  ///
  /// A sample ends as in ``FixedPointMap/solve(from:by:stopping:)``. Some rows are worked on together, in one matrix
  /// product a step; a sample that has ended makes room for one that waits. A step allocates nothing.
  ///
  /// - Parameters:
  ///   - starts: one a row.
  ///   - solver: the method of all samples.
  ///   - stopping: judges every sample by itself.
  /// - Returns: a solution for every sample.
  public func solve(
    from starts: Matrix, by solver: some EntrywiseSolver = Picard(), stopping: StoppingRule = StoppingRule()
  ) -> BatchSolutions {
    check(starts)
    return solve(0..<count, from: starts, by: solver, stopping: stopping)
  }

  /// The same on several threads: the same solutions, bit for bit.
  ///
  /// - Parameters:
  ///   - starts: one a row.
  ///   - solver: the method of all samples.
  ///   - stopping: judges every sample by itself.
  ///   - tasks: how many parts the samples are divided in, at least 1.
  /// - Returns: a solution for every sample.
  public func solve(
    from starts: Matrix, by solver: some EntrywiseSolver = Picard(), stopping: StoppingRule = StoppingRule(),
    tasks: Int
  ) async -> BatchSolutions {
    await divided(tasks, starts) { solve($0, from: starts, by: solver, stopping: stopping) }
  }

  /// Solves every sample by an accelerated method: the samples share the evaluations, and each has its own past.
  ///
  /// A sample ends as in ``FixedPointMap/solve(from:by:stopping:)``. Its steps allocate, unlike those of methods without
  /// memory.
  ///
  /// - Parameters:
  ///   - starts: one a row.
  ///   - solver: the method of all samples.
  ///   - stopping: judges every sample by itself.
  /// - Returns: a solution for every sample.
  public func solve(
    from starts: Matrix, by solver: some AcceleratedMethod, stopping: StoppingRule = StoppingRule()
  ) -> BatchSolutions {
    check(starts)
    return solve(0..<count, from: starts, by: solver, stopping: stopping)
  }

  /// The same on several threads: the same solutions, bit for bit.
  ///
  /// - Parameters:
  ///   - starts: one a row.
  ///   - solver: the method of all samples.
  ///   - stopping: judges every sample by itself.
  ///   - tasks: how many parts the samples are divided in, at least 1.
  /// - Returns: a solution for every sample.
  public func solve(
    from starts: Matrix, by solver: some AcceleratedMethod, stopping: StoppingRule = StoppingRule(), tasks: Int
  ) async -> BatchSolutions {
    await divided(tasks, starts) { solve($0, from: starts, by: solver, stopping: stopping) }
  }

  /// Solves the parts of the samples beside each other.
  private func divided(
    _ tasks: Int, _ starts: Matrix, _ solve: @escaping @Sendable (Range<Int>) -> BatchSolutions
  ) async -> BatchSolutions {
    precondition(tasks >= 1, "a batch is divided in at least one part")
    check(starts)
    return await withTaskGroup(of: (Int, BatchSolutions).self) { group in
      for index in 0..<tasks {
        group.addTask { (index, solve(count * index / tasks..<count * (index + 1) / tasks)) }
      }
      var parts: [Int: BatchSolutions] = [:]
      for await (index, found) in group { parts[index] = found }
      return BatchSolutions(joining: (0..<tasks).compactMap { parts[$0] }, dimension: network.dimension)
    }
  }

  private func check(_ starts: Matrix) {
    precondition(starts.columns == network.dimension, "a start has as many entries as the map's dimension")
    precondition(starts.rows == count, "every sample has a start")
  }

  private func solve(
    _ samples: Range<Int>, from starts: Matrix, by solver: some EntrywiseSolver, stopping: StoppingRule
  ) -> BatchSolutions {
    let judge = Judge(stopping, dimension: network.dimension)
    if judge.isOver { return BatchSolutions(unsolved: starts, samples, by: judge) }
    var slots = BatchSlots(samples, starts: starts, stopping: stopping)
    while slots.isActive { slots.step(self, by: solver) }
    return slots.solutions
  }

  private func solve(
    _ samples: Range<Int>, from starts: Matrix, by solver: some AcceleratedMethod, stopping: StoppingRule
  ) -> BatchSolutions {
    let judge = Judge(stopping, dimension: network.dimension)
    if judge.isOver { return BatchSolutions(unsolved: starts, samples, by: judge) }
    var rows = AcceleratedRows(self, samples, starts: starts, by: solver, stopping: stopping)
    return rows.solve()
  }
}
