import FixedPoint

/// The run that the open session's is compared with, and how far apart the two are at each step.
///
/// The other side is a copy that is only looked at: it takes as many steps as the open run, and nothing is recorded.
public struct CompareBoard: Sendable {
  struct Side: Sendable {
    let source: CompareSource
    let name: String
    var run: Run<Network>
  }

  /// What the residuals are drawn against.
  enum Axis: Sendable { case steps, evaluations }

  /// What the differences are of: other rows or another start are another run.
  private struct Compared: Sendable, Equatable {
    let starts: [[Double]]
    let rows: [TraceRow]

    /// The starts and the rows of one step of the runs that have it.
    init(_ runs: [Run<Network>], at step: Int) {
      starts = runs.map(\.start)
      rows = runs.compactMap { (1...max(1, $0.stepCount)).contains(step) ? $0.trace[step - 1] : nil }
    }
  }

  /// `nil` until one is chosen.
  private(set) var other: Side?
  /// The session that is being opened to compare with.
  private(set) var awaited: String?
  var axis = Axis.steps
  /// Row k is about step k of both; empty where the states have different shapes.
  private(set) var differences: [StateDifference] = []
  private var compared: Compared?

  mutating func choose(_ side: Side) {
    other = side
    awaited = nil
    forget()
  }

  mutating func await(_ path: String?) { awaited = path }

  private mutating func forget() { (differences, compared) = ([], nil) }

  /// Lets the other side take its steps up to the open run's, and measures the steps that are new.
  mutating func follow(_ run: Run<Network>) {
    other?.run.advance(to: run.stepCount)
    guard let side = other, side.run.map.stateShape == run.map.stateShape else { return forget() }
    let runs = [run, side.run]
    let last = min(run.stepCount, side.run.stepCount)
    let known = differences.count - 1
    if known > last || compared != Compared(runs, at: known) { forget() }
    guard differences.count <= last else { return }
    for step in differences.count...last {
      differences.append(StateDifference(run.iterate(at: step), side.run.iterate(at: step)))
    }
    compared = Compared(runs, at: last)
  }
}
