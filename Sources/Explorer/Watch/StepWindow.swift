import FixedPoint

/// The part of a run that the plots over steps show.
struct StepWindow: Sendable, Equatable {
  static let least = 8
  var first: Int
  /// Steps from its first to its last.
  var length: Int

  /// Moves as little as is needed to hold a step.
  mutating func follow(_ step: Int) { first = min(max(first, step - length), step) }
}

extension Watch {
  /// All steps made so far, and room for the first ones.
  var allSteps: ClosedRange<Int> { 0...max(10, run.stepCount, frozen.map(\.trace.count).max() ?? 0) }

  /// The steps that the plots show.
  var shownSteps: ClosedRange<Int> {
    guard let window else { return allSteps }
    let first = max(0, min(window.first, allSteps.upperBound - window.length))
    return first...min(allSteps.upperBound, first + window.length)
  }

  /// The cursor where the plots show it.
  var shownCursor: Int? { shownSteps.contains(cursor) ? cursor : nil }

  /// The steps of the run that are shown; empty before the first.
  var shownRows: Range<Int> { max(1, shownSteps.lowerBound)..<max(1, min(run.stepCount, shownSteps.upperBound) + 1) }

  /// Shows half as many steps, or twice as many, with one of them staying where it is.
  mutating func zoomSteps(in isIn: Bool, around step: Int) {
    let shown = shownSteps
    let length = isIn ? max(StepWindow.least, shown.count / 2) : 2 * (shown.count - 1)
    guard length < allSteps.count - 1 else {
      window = nil
      return
    }
    let before = (step - shown.lowerBound) * length / max(1, shown.count - 1)
    window = StepWindow(first: max(0, step - before), length: length)
  }

  /// The rows of a trace that are shown, and one more at each end for the line to leave the plot.
  func shown(_ trace: [TraceRow]) -> ArraySlice<TraceRow> {
    let first = min(max(1, shownSteps.lowerBound - 1), trace.count + 1)
    return trace[(first - 1)..<max(first - 1, min(trace.count, shownSteps.upperBound + 1))]
  }

  /// At most so many steps, evenly chosen among those that are shown, the last one among them.
  func sampledSteps(atMost most: Int) -> [Int] {
    let rows = shownRows
    let count = min(rows.count, max(1, most))
    return (0..<count).map { rows.lowerBound - 1 + (($0 + 1) * rows.count + count - 1) / count }
  }

  /// Said in a caption where not the whole run is shown.
  var windowText: String { window == nil ? "" : ", \(shownSteps.lowerBound)–\(shownSteps.upperBound)" }
}
