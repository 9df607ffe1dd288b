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
    if row.skippedSteps > 0 { parts.append("skipped \(row.skippedSteps)") }
    parts += row.certificates.filter(\.isProved).map { "\($0.theorem) proved" }
    parts.append("\(NumberText.significant(row.seconds, digits: 3)) s")
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
    }
    if let deviation {
      let diverged = runs.count(where: \.hasDiverged)
      lines.append(
        "mean".padded(to: 8) + "test error \(Self.percent(mean)) ± \(Self.percent(deviation))"
          + (diverged > 0 ? ", \(diverged) of \(runs.count) runs diverged" : ""))
    }
    let failures = runs.flatMap(\.history)
    lines.append(
      "unsolved".padded(to: 8) + " forward \(failures.reduce(0) { $0 + $1.forward.failures })"
        + " of \(failures.reduce(0) { $0 + $1.forward.samples })"
        + ", backward \(failures.reduce(0) { $0 + $1.backward.failures })"
        + " of \(failures.reduce(0) { $0 + $1.backward.samples })"
        + ", steps left out \(failures.reduce(0) { $0 + $1.skippedSteps })")
    return (lines + guarantees).joined(separator: "\n")
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
      "skippedSteps": JSON(history.reduce(0) { $0 + $1.skippedSteps }),
      "steps": JSON(history.reduce(0) { $0 + steps($1) }),
      "certificates": JSON((history.last?.certificates ?? []).map(\.json)),
      "bestCertificates": JSON(row.certificates.map(\.json)),
    ]
    guard seconds, case .object(let members) = json.content else { return json }
    return JSON(members + [JSON.Member("seconds", JSON(history.reduce(0) { $0 + $1.seconds }))])
  }
}

extension TrainingReport {
  /// Steps of the optimiser in an epoch; a graph is one sample.
  private func steps(_ row: EpochReport) -> Int { (row.forward.samples + plan.batch - 1) / plan.batch }
}

extension String {
  fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(1, width - count)) }
}
