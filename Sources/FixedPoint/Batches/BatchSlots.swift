internal import LinearAlgebra

/// The samples of a batch that are worked on together, one a row, and those that wait for a row.
struct BatchSlots {
  /// Rows that are worked on together: products of so many are near their full speed, and what the rows of small networks
  /// need stays in the processor's cache.
  static let capacity = 64

  private let starts: Matrix
  private let size: Int
  private let first: Int
  private var waiting: Range<Int>
  /// One a sample, in their order; final once no row is active.
  private(set) var solutions: BatchSolutions
  /// The rows in use are the first ones.
  private var active = 0
  /// The sample of each row; a row that is no longer in use keeps its last one.
  private var samples: [Int]
  private var judges: [Judge]
  private var iterates: [Double]
  private var images: [Double]
  private var residuals: ResidualRows
  private var workspace = Workspace()

  /// - Parameters:
  ///   - range: the samples to solve, rows of `starts`.
  ///   - starts: of the whole batch, one a row.
  ///   - stopping: allows at least one step.
  init(_ range: Range<Int>, starts: Matrix, stopping: StoppingRule) {
    self.starts = starts
    size = starts.columns
    first = range.lowerBound
    waiting = range
    solutions = BatchSolutions(unsolved: starts, range, by: Judge(stopping, dimension: starts.columns))
    let rows = min(range.count, Self.capacity)
    samples = Array(repeating: range.lowerBound, count: rows)
    judges = (0..<rows).map { _ in Judge(stopping, dimension: starts.columns) }
    iterates = Array(repeating: 0, count: rows * starts.columns)
    images = iterates
    residuals = ResidualRows(capacity: rows)
    while active < Self.capacity, let sample = waiting.popFirst() {
      active += 1
      begin(sample, in: active - 1)
    }
  }

  var isActive: Bool { active > 0 }

  private func entries(of row: Int) -> Range<Int> { row * size..<(row + 1) * size }

  /// Evaluates the active rows and judges them; those that go on move, the others make room.
  mutating func step(_ batch: Batch, by solver: some EntrywiseSolver) {
    batch.evaluate(iterates, samples, rows: active, into: &images, using: &workspace)
    Self.observe(&judges, &residuals, first: active, iterates, images)
    for row in 0..<active where judges[row].isOver { record(row) }
    solver.move(&iterates, &images)
    var row = active
    while row > 0 {
      row -= 1
      if judges[row].isOver { replace(row) }
    }
  }

  private static func observe(
    _ judges: inout [Judge], _ residuals: inout ResidualRows, first active: Int, _ iterates: [Double],
    _ images: [Double]
  ) {
    let size = iterates.count / judges.count
    let (iterates, images) = (iterates.span, images.span)
    let measured = active * size
    residuals.measure(
      active, iterates: iterates.extracting(first: measured), images: images.extracting(first: measured))
    var judges = judges.mutableSpan
    for row in 0..<active {
      let entries = row * size..<(row + 1) * size
      let (iterate, image) = (iterates.extracting(entries), images.extracting(entries))
      judges[row].observe(
        StepResidual(residuals[row], iterate: iterate, image: image), iterate: iterate, image: image)
    }
  }

  private mutating func record(_ row: Int) {
    let iterates = iterates
    solutions.end(
      samples[row] - first, judges[row], at: iterates.span.extracting(entries(of: row)), evaluations: judges[row].steps)
  }

  /// Gives the row of a sample that has ended to the next one, or else to the last active row.
  private mutating func replace(_ row: Int) {
    if let sample = waiting.popFirst() { return begin(sample, in: row) }
    active -= 1
    guard row < active else { return }
    samples[row] = samples[active]
    judges.swapAt(row, active)
    for i in 0..<size { iterates[row * size + i] = iterates[active * size + i] }
  }

  private mutating func begin(_ sample: Int, in row: Int) {
    samples[row] = sample
    judges[row].restart()
    for i in 0..<size { iterates[row * size + i] = starts.values[sample * size + i] }
  }
}
