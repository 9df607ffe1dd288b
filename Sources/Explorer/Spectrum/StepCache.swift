/// What was computed of single steps of a run, each once, coarse to fine.
///
/// Step 0 and row 1 are about the same vector, the start: they share a value.
struct StepCache<Value: Sendable>: Sendable {
  private var values: [Int: Value] = [:]

  subscript(step: Int) -> Value? { values[max(1, step)] }

  mutating func note(_ value: Value, of step: Int) { values[max(1, step)] = value }

  /// Forgets the rows after `step`.
  mutating func drop(after step: Int) { values = values.filter { $0.key <= step } }

  /// The steps that are known, up to the run's last, ascending.
  func steps(upTo last: Int) -> [Int] { values.keys.filter { $0 <= max(1, last) }.sorted() }

  /// The known step nearest to `step` among those before it and itself.
  func last(upTo step: Int) -> Int? { values.keys.filter { $0 <= max(1, step) }.max() }

  /// Those steps of a survey that are not known yet, in its order.
  func missing(of survey: Survey) -> [Int] { survey.steps.filter { values[$0] == nil } }
}

/// Rows of a run in the order in which a curve over them is filled: both ends, then between them, coarse to fine.
///
/// Each level halves the spacing of the one before and ends with single rows, or where there are ``limit`` of them; a
/// run that has grown goes on with the same rows.
struct Survey {
  static let limit = 256
  let steps: [Int]

  init(upTo last: Int) {
    guard last > 0 else {
      steps = []
      return
    }
    var (coarsest, finest) = (1, 1)
    while coarsest < last { coarsest *= 2 }
    while last / finest > Self.limit { finest *= 2 }
    var found = [1]
    var spacing = coarsest / 2
    while spacing >= finest {
      found += stride(from: 1 + spacing, to: last, by: 2 * spacing)
      spacing /= 2
    }
    steps = last > 1 ? [last] + found : found
  }
}
