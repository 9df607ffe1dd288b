import FixedPoint
import Screen
import Sessions
import Training

/// What `deq train` says of its runs.
struct TrainingReport {
  let plan: TrainingPlan
  let runs: [RunRecord]
  /// Whether the JSON says how long the runs took.
  var seconds = false

  /// One line of progress: an epoch of a run.
  static func progress(_ row: EpochReport, of run: TrainingRun) -> String {
    var parts = ["run \(run.number)/\(run.plan.runs)", "epoch \(row.epoch)/\(run.plan.epochs)"]
    parts.append("loss \(NumberText.significant(row.training.loss ?? .nan, digits: 4))")
    parts.append("error \(percent(row.training))")
    if row.validation.count > 0 { parts.append("validation \(percent(row.validation))") }
    if row.test.count > 0 { parts.append("test \(percent(row.test))") }
    parts.append("steps \(steps(row.forward)) + \(steps(row.backward))")
    let failures = row.forward.failures + row.backward.failures
    if failures > 0 { parts.append("unsolved \(row.forward.failures) + \(row.backward.failures)") }
    let unsolved = row.validationForward.failures + row.testForward.failures
    if unsolved > 0 { parts.append("evaluated on \(unsolved) unsolved") }
    if row.skippedSteps > 0 { parts.append("skipped \(row.skippedSteps)") }
    parts += row.certificates.filter(\.isProved).map { "\($0.theorem) proved" }
    if let seconds = row.seconds { parts.append("\(NumberText.significant(seconds, digits: 3)) s") }
    return parts.joined(separator: "  ")
  }

  /// Where the epoch under way is.
  static func progress(_ batch: BatchReport) -> String {
    "epoch \(batch.epoch)  \(batch.purpose)  batch \(batch.batch)/\(batch.count)"
      + "  loss \(NumberText.significant(batch.score.loss ?? .nan, digits: 4))"
      + "  \(NumberText.significant(1000 * batch.seconds)) ms"
  }

  private static func steps(_ statistics: SolveStatistics) -> String {
    NumberText.significant(statistics.meanSteps ?? .nan, digits: 3)
  }

  private static func percent(_ score: EpochReport.Score) -> String { percent(score.error) }

  private static func percent(_ share: Double?) -> String {
    share.map { NumberText.significant(100 * $0, digits: 3) + " %" } ?? "–"
  }

  private var errors: [Double] { runs.compactMap { $0.result?.test.error } }
  private var mean: Double? { errors.isEmpty ? nil : errors.reduce(0, +) / Double(errors.count) }

  /// Of the runs' errors, with n - 1; `nil` for fewer than two.
  private var deviation: Double? {
    guard let mean, errors.count > 1 else { return nil }
    return (errors.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(errors.count - 1)).squareRoot()
  }

  var text: String {
    var lines = [plan.title ?? plan.data.name]
    for run in runs {
      guard let row = run.result else { continue }
      lines.append(
        "run \(run.number)".padded(to: 8)
          + "test error \(Self.percent(row.test)) (\(row.test.wrong) of \(row.test.count))"
          + (row.validation.count > 0 ? ", validation \(Self.percent(row.validation)) at epoch \(row.epoch)" : "")
          + ", at the last \(Self.percent(run.history.last?.test.error))"
          + ", \(run.history.count) epochs" + (run.hasDiverged ? ", diverged" : ""))
      lines += warnings(run, row)
    }
    if let deviation {
      let diverged = runs.count(where: \.hasDiverged)
      lines.append(
        "mean".padded(to: 8) + "test error \(Self.percent(mean)) ± \(Self.percent(deviation))"
          + (diverged > 0 ? ", \(diverged) of \(runs.count) runs diverged" : ""))
    }
    lines.append(unsolved)
    return (lines + guarantees).joined(separator: "\n")
  }

  /// What of a run's result is not what it seems.
  private func warnings(_ run: RunRecord, _ row: EpochReport) -> [String] {
    var lines: [String] = []
    for (name, forward) in [("validation", row.validationForward), ("test", row.testForward)]
    where forward.failures > 0 {
      lines.append(
        "".padded(to: 8) + "its \(name) error rests on \(forward.failures) of \(forward.samples) states that are no "
          + "fixed points: their solves missed the tolerance")
    }
    if run.hasStoodStill {
      lines.append(
        "".padded(to: 8) + "it learned next to nothing: \(run.skippedSteps) of \(run.steps) steps were left out, since "
          + "their gradient was not finite")
    }
    if run.hasNoLoss, !run.hasDiverged {
      lines.append("".padded(to: 8) + "its loss is not finite at the end: nothing is learned from there")
    }
    return lines
  }

  /// What solves missed their tolerance, over all epochs of all runs.
  private var unsolved: String {
    let rows = runs.flatMap(\.history)
    let parts = [
      ("forward", \EpochReport.forward), ("backward", \.backward), ("validation", \.validationForward),
      ("test", \.testForward),
    ].compactMap { name, path -> String? in
      let samples = rows.reduce(0) { $0 + $1[keyPath: path].samples }
      guard samples > 0 else { return nil }
      return "\(name) \(rows.reduce(0) { $0 + $1[keyPath: path].failures }) of \(samples)"
    }
    let replaced = rows.reduce(0) { $0 + $1.backward.replaced }
    return "unsolved " + parts.joined(separator: ", ")
      + (replaced > 0 ? ", g = v in the place of \(replaced) worse" : "")
      + ", steps left out \(runs.reduce(0) { $0 + $1.skippedSteps }) of \(runs.reduce(0) { $0 + $1.steps })"
  }

  /// For each theorem that was asked: after which epochs of all runs it held, and for which inputs.
  private var guarantees: [String] {
    let rows = runs.flatMap(\.history)
    var names: [String] = []
    for record in rows.flatMap(\.certificates) where !names.contains(record.theorem) { names.append(record.theorem) }
    return names.map { name in
      let records = rows.map { $0.certificates.first { $0.theorem == name } }
      if records.contains(where: { $0?.verdict == GuaranteeRecord.notChecked }) {
        return "\(name): not checked, the state is too large"
      }
      let held = records.map { $0?.isProved ?? false }
      let isGeneral = records.allSatisfy { $0.map { !$0.isProved || $0.inputs == .every } ?? true }
      let count = held.count { $0 }
      let lost = held.firstIndex(of: false).map {
        held[..<$0].isEmpty ? "" : ", first lost after epoch \(rows[$0].epoch)"
      }
      let inputs = count == 0 ? "" : isGeneral ? " for every input" : " for one input"
      return "\(name): proved\(inputs) after \(count) of \(held.count) epochs" + (lost ?? "")
        + (lost == nil || count == 0 ? "" : ", \(results(with: name))")
    }
  }

  /// In how many runs a theorem holds of the parameters that the result is of.
  private func results(with theorem: String) -> String {
    let count = runs.count { $0.result?.certificates.contains { $0.theorem == theorem && $0.isProved } ?? false }
    return "of the result in \(count) of \(runs.count) \(runs.count == 1 ? "run" : "runs")"
  }

  var json: JSON {
    [
      "title": JSON(plan.title ?? plan.data.name), "data": JSON(plan.data.name), "keep": JSON(plan.keep.rawValue),
      "runs": JSON(runs.map(json)), "testError": ["mean": JSON(mean), "deviation": JSON(deviation)],
    ]
  }

  private func json(_ run: RunRecord) -> JSON {
    guard let row = run.result else { return .null }
    let history = run.history
    let json: JSON = [
      "run": JSON(run.number), "epochs": JSON(history.count), "bestEpoch": JSON(row.epoch),
      "diverged": JSON(run.hasDiverged), "trainingLoss": JSON(row.training.loss),
      "validationError": JSON(row.validation.error), "testError": JSON(row.test.error),
      "testWrong": JSON(row.test.wrong),
      "testCount": JSON(row.test.count),
      "lastTestError": JSON(history.last?.test.error), "forwardSteps": JSON(row.forward.meanSteps),
      "backwardSteps": JSON(row.backward.meanSteps),
      "forwardFailures": JSON(history.reduce(0) { $0 + $1.forward.failures }),
      "backwardFailures": JSON(history.reduce(0) { $0 + $1.backward.failures }),
      "backwardReplaced": JSON(history.reduce(0) { $0 + $1.backward.replaced }),
      "validationFailures": JSON(row.validationForward.failures), "testFailures": JSON(row.testForward.failures),
      "skippedSteps": JSON(run.skippedSteps), "steps": JSON(run.steps), "stoodStill": JSON(run.hasStoodStill),
      "certificates": JSON((history.last?.certificates ?? []).map(\.json)),
      "bestCertificates": JSON(row.certificates.map(\.json)),
    ]
    guard seconds, case .object(let members) = json.content else { return json }
    let total = history.reduce(Optional(0.0)) { sum, row in sum.flatMap { sum in row.seconds.map { sum + $0 } } }
    return JSON(members + [JSON.Member("seconds", JSON(total))])
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(1, width - count)) }
}
