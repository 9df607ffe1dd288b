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
  /// When to go on, where there was more to do than fits into a frame; monotonic nanoseconds.
  private(set) var deadline: UInt64?

  mutating func choose(_ side: Side) {
    other = side
    awaited = nil
    forget()
  }

  mutating func await(_ path: String?) { awaited = path }

  private mutating func forget() { (differences, compared) = ([], nil) }

  /// Lets the other side take its steps up to the open run's, as many as fit into a frame, and measures what is new;
  /// what is left has a deadline.
  mutating func follow(_ run: Run<Network>, now: UInt64) {
    guard let side = other else { return }
    other?.run.advance(to: min(run.stepCount, side.run.stepCount + side.run.stepsPerFrame))
    measure(run, most: run.stepsPerFrame)
    deadline = isBehind(run) ? now + Playback.frame : nil
  }

  private func isBehind(_ run: Run<Network>) -> Bool {
    guard let side = other else { return false }
    let canGoOn = side.run.stepCount < run.stepCount && side.run.outcome == nil
    return canGoOn || !differences.isEmpty && differences.count <= min(run.stepCount, side.run.stepCount)
  }

  private mutating func measure(_ run: Run<Network>, most: Int) {
    guard let side = other, side.run.map.stateShape == run.map.stateShape else { return forget() }
    let runs = [run, side.run]
    let last = min(run.stepCount, side.run.stepCount)
    let known = differences.count - 1
    if known > last || compared != Compared(runs, at: known) { forget() }
    guard differences.count <= last else { return }
    for step in differences.count...min(last, differences.count + most) {
      differences.append(StateDifference(run.iterate(at: step), side.run.iterate(at: step)))
    }
    compared = Compared(runs, at: differences.count - 1)
  }
}
