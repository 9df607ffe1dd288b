internal import LinearAlgebra

/// The samples of a batch that an accelerated method works on together, one a row, each with a state of its own.
struct AcceleratedRows<Method: AcceleratedMethod> {
  fileprivate struct Row {
    let sample: Int
    var judge: Judge
    /// `nil` before the start is evaluated.
    var state: Method.State?
    /// What is evaluated next.
    var target: [Double]
    /// What is judged once it is evaluated; `nil` for the start, and on the way back from a step that was refused.
    var trial: Trial?
  }

  private let batch: Batch
  private let method: Method
  private let stopping: StoppingRule
  private let starts: Matrix
  private var waiting: Range<Int>
  private var rows: [Row] = []
  private let first: Int
  private var solutions: BatchSolutions
  private var samples: [Int] = []
  private var iterates: [Double] = []
  private var images: [Double] = []
  private var workspace = Workspace()

  init(_ batch: Batch, _ samples: Range<Int>, starts: Matrix, by method: Method, stopping: StoppingRule) {
    self.batch = batch
    self.method = method
    self.stopping = stopping
    self.starts = starts
    waiting = samples
    first = samples.lowerBound
    solutions = BatchSolutions(unsolved: starts, samples, by: Judge(stopping, dimension: starts.columns))
  }

  /// Solves every sample.
  /// - Returns: one solution a sample, in their order.
  mutating func solve() -> BatchSolutions {
    fill()
    while !rows.isEmpty {
      evaluate()
      for index in rows.indices { advance(index) }
      rows.removeAll { $0.judge.isOver }
      fill()
    }
    return solutions
  }

  /// Gives samples that wait the rows that are free.
  private mutating func fill() {
    while rows.count < BatchSlots.capacity, let sample = waiting.popFirst() {
      let judge = Judge(stopping, dimension: starts.columns)
      rows.append(Row(sample: sample, judge: judge, target: starts.row(sample)))
    }
  }

  /// The images of all targets, in one evaluation of the batch.
  private mutating func evaluate() {
    samples = rows.map(\.sample)
    iterates = rows.flatMap(\.target)
    if images.count < iterates.count { images = iterates }
    batch.evaluate(iterates, samples, rows: rows.count, into: &images, using: &workspace)
  }

  /// Takes in a row's image; once its step is done, measures it and makes the next one.
  private mutating func advance(_ index: Int) {
    let size = starts.columns
    let image = Array(images[index * size..<(index + 1) * size])
    do throws(SolverError) {
      guard try rows[index].take(image, method, on: batch.network) else { return }
      rows[index].observe()
      if !rows[index].judge.isOver { try rows[index].propose(method) }
    } catch {
      rows[index].judge.fail(error)
    }
    if rows[index].judge.isOver { rows[index].end(in: &solutions, first: first) }
  }
}

extension AcceleratedRows.Row {
  /// Takes in the image of the target.
  /// - Returns: whether the step is done; else the target is where it goes back to.
  fileprivate mutating func take(_ image: [Double], _ method: Method, on map: Network) throws(SolverError) -> Bool {
    guard var state = self.state else {
      self.state = try method.start(map, at: target, image: image, evaluations: 1)
      return true
    }
    // The row holds no other copy of the state while it changes.
    self.state = nil
    state.take(image, of: target)
    let back = trial.flatMap { method.settle(&state, after: $0) }
    self.state = state
    trial = nil
    if let back { target = back }
    return back == nil
  }

  fileprivate mutating func observe() {
    guard let state else { return }
    judge.observe(iterate: state.iterate.span, image: state.image.span)
  }

  /// The next step's target.
  fileprivate mutating func propose(_ method: Method) throws(SolverError) {
    guard var state = self.state else { return }
    self.state = nil
    defer { self.state = state }
    let next = try method.propose(&state)
    (target, trial) = (next.target, next)
  }

  fileprivate func end(in solutions: inout BatchSolutions, first: Int) {
    let iterate = state?.iterate ?? target
    solutions.end(sample - first, judge, at: iterate.span, evaluations: state?.evaluations ?? 1)
  }
}
