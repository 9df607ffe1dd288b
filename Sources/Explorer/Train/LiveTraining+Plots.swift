import Screen
import Training

extension LiveTraining {
  /// The epochs of the current run.
  var history: [EpochReport] { run?.history ?? [] }

  /// What a pane shows.
  func caption(of pane: TrainPane) -> String {
    switch pane {
    case .loss: leftOut ?? "mean of an epoch, log"
    case .error: unsolvedTest ?? "share of wrong classes, %"
    case .steps: "per batch"
    case .radius: "of J at a z*"
    case .certificates: "per epoch"
    case .sample: probe.map { "z* of #\($0.sample)" + ($0.isSolved ? "" : ", not solved") } ?? ""
    }
  }

  /// The steps that changed nothing, if there are any.
  private var leftOut: String? {
    guard let record = run?.record, record.skippedSteps > 0 else { return nil }
    return "\(record.skippedSteps) of \(record.steps) steps left out"
  }

  /// The states of the last evaluation that are no fixed points, if there are any.
  private var unsolvedTest: String? {
    guard let row = history.last else { return nil }
    for (name, forward) in [("test", row.testForward), ("validation", row.validationForward)]
    where forward.failures > 0 {
      return "%; \(forward.failures) of \(forward.samples) states of the \(name) unsolved"
    }
    return nil
  }

  /// Said in a pane that has nothing to show; `nil` where there is something.
  func notice(in pane: TrainPane) -> String? {
    if case .failed = phase, course == nil { return "" }
    switch pane {
    case .loss, .steps: return steps.isEmpty ? waiting : nil
    case .error: return history.isEmpty && run?.progress == nil ? waiting : nil
    case .radius:
      if history.isEmpty { return "measured after the first epoch" }
      return history.contains { $0.spectralRadius != nil } ? nil : "not measured: the layer is too large"
    case .certificates:
      if history.isEmpty { return "asked after the first epoch" }
      return history.contains { !$0.certificates.isEmpty } ? nil : "not asked: the layer is too large"
    case .sample: return probe == nil ? waiting : nil
    }
  }

  private var waiting: String { phase == .loading ? "loading the data…" : "nothing trained yet" }

  // MARK: Curves

  /// An epoch's curve, and for the epoch under way the training so far at its place within.
  private func series(
    _ label: String, _ letter: Unicode.Scalar, _ role: Theme.Role, _ score: (EpochReport) -> EpochReport.Score,
    now: EpochReport.Score? = nil, _ value: (EpochReport.Score) -> Double?
  ) -> LinePlot.Series? {
    var rows = history.map { (Double($0.epoch), score($0)) }
    if let progress = run?.progress, let now {
      rows.append((Double(progress.epoch - 1) + Double(progress.done) / Double(progress.count), now))
    }
    guard rows.contains(where: { $0.1.count > 0 }) else { return nil }
    return LinePlot.Series(label, letter: letter, rows.map { value($0.1) }, positions: rows.map(\.0), role: role)
  }

  private func curves(_ value: (EpochReport.Score) -> Double?) -> [LinePlot.Series] {
    [
      series("test", "E", .series3, \.test, value), series("validation", "V", .series2, \.validation, value),
      series("training", "T", .series1, \.training, now: run?.progress?.training, value),
    ].compactMap(\.self)
  }

  /// From the first epoch to the present one.
  private var epochs: ClosedRange<Double> {
    let last = Double(max(history.count, run?.progress?.epoch ?? 1))
    return (history.isEmpty ? 0 : min(1, last - 1))...last
  }

  /// Mean loss of each epoch; dimmer that of the last steps.
  var lossPlot: LinePlot {
    let shown = steps.filter { epochs.contains($0.epoch) }
    let batches = LinePlot.Series(
      "batches", letter: nil, shown.map(\.loss), positions: shown.map(\.epoch), role: .frozen, stroke: .dotted)
    return LinePlot([batches] + curves(\.loss), scale: .log10, stepName: "epoch", steps: epochs)
  }

  var errorPlot: LinePlot {
    LinePlot(
      curves { $0.error.map { 100 * $0 } }, scale: .linear, stepName: "epoch", steps: epochs)
  }

  /// Evaluations of f and products with the transposed Jacobian that each of the last batches took.
  var stepsPlot: LinePlot {
    let numbers = steps.map { Double($0.number) }
    return LinePlot(
      [
        LinePlot.Series("backward", letter: "B", steps.map(\.backward), positions: numbers, role: .series2),
        LinePlot.Series("forward", letter: "F", steps.map(\.forward), positions: numbers, role: .series1),
      ], stepName: "batch")
  }

  var radiusPlot: LinePlot {
    let radius = LinePlot.Series(
      "rho", letter: nil, history.map(\.spectralRadius), positions: history.map { Double($0.epoch) }, role: .series1)
    return LinePlot([radius], levels: [LinePlot.Level(1, "1")], stepName: "epoch", steps: epochs)
  }
}
