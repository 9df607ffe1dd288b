import FixedPoint

/// The comparison of a recording with its replay, by one measure of what is the same.
struct ReplayComparison {
  /// What counts as the same.
  enum Closeness {
    case everyBit
    /// Residuals up to this, states up to this relative to their largest entry.
    case within(Double)
  }

  private(set) var disagreements: [ReplayReport.Disagreement] = []
  private let replay: Replay
  private let closeness: Closeness
  private var recording: Recording { replay.recording }
  private var run: Run<Network> { replay.experiment.run }

  init(_ replay: Replay, _ closeness: Closeness) {
    self.replay = replay
    self.closeness = closeness
    compareChecks()
    compareEnds()
    compareActions()
    if !replay.isRecordedSession { disagreements.append(.session) }
    compareFile()
    disagreements += replay.dataDisagreements
  }

  // MARK: Checks

  private mutating func compareChecks() {
    if let check = recording.checks.first(where: \.contradictsItself) {
      disagreements.append(.contradiction(step: check.step))
    }
    for check in recording.checks where !agrees(check) {
      disagreements.append(.check(difference(check)))
      break
    }
    let found = Recording.checkedSteps(of: run.stepCount)
    let recorded = recording.checks.map(\.step)
    guard found != recorded, recorded.last ?? 0 == run.stepCount else { return }
    let odd = Set(found).symmetricDifference(recorded)
    if let first = odd.min() { disagreements.append(.schedule(step: first)) }
  }

  private func found(_ step: Int) -> Check? { step <= run.stepCount ? Recording.check(of: run, at: step) : nil }

  private func agrees(_ recorded: Check) -> Bool {
    guard let found = found(recorded.step) else { return false }
    switch closeness {
    case .everyBit: return recorded.isSame(as: found)
    case .within(let tolerance):
      let isLast = recorded.step == recording.checks.last?.step
      return Self.isClose(recorded, found, tolerance) && Self.hasCloseState(recorded, found, tolerance, mustBe: isLast)
    }
  }

  private static func isClose(_ recorded: Check, _ found: Check, _ tolerance: Double) -> Bool {
    switch (recorded.residualRelative, found.residualRelative) {
    case (nil, nil): true
    case (let left?, let right?): abs(left - right) <= tolerance
    case (nil, _?), (_?, nil): false
    }
  }

  /// Whether the states are close; one that has an entry that is not finite is never kept.
  private static func hasCloseState(_ recorded: Check, _ found: Check, _ tolerance: Double, mustBe isNeeded: Bool)
    -> Bool
  {
    switch (recorded.state, found.state) {
    case (nil, nil): return true
    case (nil, _?): return !isNeeded
    case (_?, nil): return false
    case (let left?, let right?):
      guard left.count == right.count else { return false }
      let size = (left + right).reduce(0) { max($0, abs($1)) }
      return zip(left, right).allSatisfy { abs($0 - $1) <= tolerance * size }
    }
  }

  private func difference(_ recorded: Check) -> ReplayReport.Difference {
    let found = found(recorded.step)
    return ReplayReport.Difference(
      step: recorded.step, recorded: recorded.residualRelative, found: found?.residualRelative,
      reachedStep: found != nil, unit: Self.unit(recorded, found))
  }

  private static func unit(_ recorded: Check, _ found: Check?) -> ReplayReport.Difference.Unit? {
    guard let old = recorded.state, let new = found?.state,
      let index = old.indices.first(where: { $0 < new.count && old[$0].bitPattern != new[$0].bitPattern })
    else { return nil }
    return ReplayReport.Difference.Unit(index: index, recorded: old[index], found: new[index])
  }

  // MARK: Ends

  private mutating func compareEnds() {
    let recorded = recording.checks.last?.step ?? 0
    if recorded != run.stepCount { disagreements.append(.length(recorded: recorded, found: run.stepCount)) }
    if recording.outcome != run.outcome.map({ RecordedOutcome($0) }) { disagreements.append(.outcome) }
  }

  // MARK: Actions

  private mutating func compareActions() {
    if let failure = replay.failure { disagreements.append(.refusal(failure)) }
    let pairs = Array(zip(recording.actions, replay.experiment.actions))
    if let action = replay.misplacedAction {
      let (recorded, found) = pairs[action]
      disagreements.append(.place(action: action, recorded: recorded.step, found: found.step))
    }
    if let action = pairs.firstIndex(where: { !agrees($0.left, $1.left) }), let left = pairs[action].0.left {
      disagreements.append(.left(action: action, step: left.step))
    }
  }

  /// A run that was left, of which nothing was recorded, makes no difference: that it was not compared is said.
  private func agrees(_ recorded: Check?, _ found: Check?) -> Bool {
    guard let recorded else { return true }
    guard let found, recorded.step == found.step else { return false }
    switch closeness {
    case .everyBit: return recorded.isSame(as: found)
    case .within(let tolerance): return Self.isClose(recorded, found, tolerance)
    }
  }

  // MARK: File

  private mutating func compareFile() {
    guard replay.failure == nil, !replay.leadsToFile else { return }
    let path = replay.experiment.document.plain.edit(toward: replay.file)?.path ?? ""
    disagreements.append(.file(path: path))
  }
}
