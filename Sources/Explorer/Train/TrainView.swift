import FixedPoint
import Screen
import Training

/// A training that is watched: curves, steps, certificates, one sample, and how fast it is.
struct TrainView {
  let board: TrainBoard
  let live: LiveTraining
  let size: Size

  func draw(on canvas: inout Canvas, _ look: Look) {
    let layout = TrainLayout(size, board)
    drawStatus(in: layout.status, on: &canvas, look)
    drawProgress(in: layout.progress, on: &canvas, look)
    for (pane, rect) in layout.panes { draw(pane, in: rect, on: &canvas, look) }
    canvas.write(readOut, look[.dim], at: layout.readOut.x, layout.readOut.y, width: layout.readOut.width)
  }

  // MARK: Lines

  private func drawStatus(in rect: Rect, on canvas: inout Canvas, _ look: Look) {
    let phase = live.phase.text
    let start = canvas.write(live.title, look[.title], at: rect.x, rect.y) + 2
    let end = canvas.write(phase, look[live.phase.role], at: start, rect.y) + 2
    if case .failed(let text) = live.phase {
      canvas.write(text, look[.bad], at: end, rect.y, width: rect.maxX - end)
      return
    }
    let facts = FactLine(parts: facts).text(room: rect.maxX - end)
    canvas.write(facts, look[.text], at: rect.maxX - DisplayWidth.of(facts), rect.y)
  }

  private var facts: [(text: String, rank: Int)] {
    guard let course = live.course, let run = live.run else { return [] }
    let progress = run.progress
    let epoch = progress?.epoch ?? run.history.count
    let score = progress?.training ?? run.history.last?.training
    let batch = progress.map { "batch \($0.done)/\($0.count)" } ?? ""
    return [
      (course.plan.runs > 1 ? "run \(run.number)/\(course.plan.runs)" : "", 2),
      ("epoch \(epoch)/\(course.plan.epochs)", 0), (batch, 4),
      ("loss \(NumberText.significant(score?.loss))", 1), ("error \(NumberText.percent(score?.error, places: 1))", 3),
      (rate(of: run), 1),
    ]
  }

  private func rate(of run: TrainingRun) -> String {
    guard live.phase != .done else { return "" }
    let now = "rate \(NumberText.significant(run.nextRate))"
    return live.awaitedFactor == 1 ? now : now + " → " + NumberText.significant(run.nextRate * live.awaitedFactor)
  }

  private func drawProgress(in rect: Rect, on canvas: inout Canvas, _ look: Look) {
    let speed = [
      NumberText.percent(live.share),
      live.secondsPerStep.map { "\(NumberText.significant(1000 * $0)) ms a batch" },
      live.samplesPerSecond.map { "\(NumberText.significant($0)) samples/s" },
      live.secondsLeft.map { "\(Self.time($0)) left" },
    ]
    Gauge("", live.share, text: speed.compactMap(\.self).joined(separator: "  ")).draw(in: rect, on: &canvas, look)
  }

  /// A time in the unit that suits it.
  private static func time(_ seconds: Double) -> String {
    switch seconds {
    case ..<90: "\(NumberText.significant(seconds, digits: 2)) s"
    case ..<5400: "\(NumberText.significant(seconds / 60, digits: 2)) min"
    default: "\(NumberText.significant(seconds / 3600, digits: 2)) h"
    }
  }

  private var readOut: String {
    guard let plan = live.course?.plan else { return "" }
    var parts = ["\(plan.data.name)\(counts)", "\(plan.model.layer.rawValue), \(plan.model.units) units"]
    if plan.keep != .none { parts.append("keeps \(plan.keep.rawValue)") }
    parts.append("\(plan.precision.rawValue) precision, seed \(plan.seed)")
    parts.append(board.checkpointPath.map { "checkpoint \($0)" } ?? "no checkpoint")
    return parts.joined(separator: "; ")
  }

  /// Labelled samples of each purpose, once an epoch has seen them all.
  private var counts: String {
    guard let row = live.run?.history.last else { return "" }
    let parts = [("train", row.training), ("validation", row.validation), ("test", row.test)]
    return ": " + parts.filter { $0.1.count > 0 }.map { "\($0.1.count) \($0.0)" }.joined(separator: ", ")
  }

  // MARK: Panes

  private func title(of pane: TrainPane) -> String {
    guard pane == .sample, let count = live.run?.probeCount else { return pane.title }
    return "\(pane.title) \(((board.sample % count) + count) % count + 1)/\(count)"
  }

  private func draw(_ pane: TrainPane, in rect: Rect, on canvas: inout Canvas, _ look: Look) {
    let inside = canvas.box(
      rect, look[pane == board.focus ? .focus : .border], title: title(of: pane), titleStyle: look[.title],
      caption: live.caption(of: pane), captionStyle: look[.dim])
    if let notice = live.notice(in: pane) {
      canvas.notice(notice, in: inside, look)
      return
    }
    switch pane {
    case .loss: live.lossPlot.draw(in: inside, on: &canvas, look)
    case .error: live.errorPlot.draw(in: inside, on: &canvas, look)
    case .steps: live.stepsPlot.draw(in: inside, on: &canvas, look)
    case .radius: live.radiusPlot.draw(in: inside, on: &canvas, look)
    case .certificates: CertificateHistory(rows: live.history).draw(in: inside, on: &canvas, look)
    case .sample: if let probe = live.probe { SampleView(probe: probe).draw(in: inside, on: &canvas, look) }
    }
  }
}
