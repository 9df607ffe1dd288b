import FixedPoint
import Screen
import Sessions

/// The compare screen: the open run and another at the same step.
struct CompareView {
  let watch: Watch
  let size: Size

  func draw(on canvas: inout Canvas, _ look: Look) {
    let layout = CompareLayout(size)
    drawStatus(of: watch, "A", .series1, in: layout.status[0], on: &canvas, look)
    guard let comparison = Comparison(watch), let other = watch.comparison.other else {
      drawHint(in: Rect(x: 0, y: 1, width: size.width, height: size.height - 2), on: &canvas, look)
      return
    }
    drawStatus(of: other, comparison, in: layout.status[1], on: &canvas, look)
    let residual = box(layout.residual, "residual", watch.measure.rawValue + ", log", on: &canvas, look)
    comparison.residualPlot.draw(in: residual, on: &canvas, look)
    let difference = box(layout.difference, "difference A - B", "log", on: &canvas, look)
    draw(comparison, in: difference, on: &canvas, look)
    let contraction = box(layout.contraction, "contraction", "Euclidean ratio", on: &canvas, look)
    comparison.contractionPlot.draw(in: contraction, on: &canvas, look)
    let table = box(layout.table, "numbers", "step \(watch.cursor)", on: &canvas, look)
    comparison.table(height: table.height).draw(in: table, on: &canvas, look)
  }

  private func box(
    _ rect: Rect, _ title: String, _ caption: String, on canvas: inout Canvas, _ look: Look
  ) -> Rect {
    canvas.box(
      rect, look[.border], title: title, titleStyle: look[.title], caption: caption, captionStyle: look[.dim])
  }

  /// What the plot shows in words, above it.
  private func draw(_ comparison: Comparison, in rect: Rect, on canvas: inout Canvas, _ look: Look) {
    canvas.write(comparison.differenceText, look[.number], at: rect.x, rect.y, width: rect.width)
    let rest = Rect(x: rect.x, y: rect.y + 1, width: rect.width, height: rect.height - 1)
    comparison.differencePlot?.draw(in: rest, on: &canvas, look)
  }

  private func drawStatus(
    of watch: Watch, _ letter: String, _ role: Theme.Role, in rect: Rect, on canvas: inout Canvas, _ look: Look
  ) {
    StatusLine(watch: watch).draw(
      in: Rect(x: rect.x + 2, y: rect.y, width: rect.width - 2, height: 1), on: &canvas, look)
    canvas.write(letter, look[role].with(.bold), at: rect.x + 1, rect.y)
  }

  private func drawStatus(
    of other: CompareBoard.Side, _ comparison: Comparison, in rect: Rect, on canvas: inout Canvas, _ look: Look
  ) {
    let run = other.run
    let step = min(watch.cursor, run.stepCount)
    let standing = run.outcome?.text ?? "goes on with A"
    let facts = "\(run.solver(at: step).summary)  step \(step)/\(run.stepCount)  \(standing)"
    let start = rect.maxX - DisplayWidth.of(facts) - 1
    canvas.write("B", look[.series2].with(.bold), at: rect.x + 1, rect.y)
    canvas.write(DisplayWidth.truncate(other.name, to: max(0, start - 5)), look[.title], at: rect.x + 3, rect.y)
    canvas.write(facts, look[.text], at: start, rect.y)
  }

  private func drawHint(in rect: Rect, on canvas: inout Canvas, _ look: Look) {
    let branches = watch.experiment.branches.count
    let lines = [
      watch.comparison.awaited == nil ? "Compare this run with another, step by step" : "opening…", "",
      "Enter chooses: \(branches) branch\(branches == 1 ? "" : "es")\(watch.frozen.isEmpty ? "" : ", a frozen run")"
        + " or a session of the gallery",
      "a branch is what b or another method leaves behind on the watch screen",
    ]
    for (row, line) in lines.enumerated() {
      let y = rect.y + rect.height / 2 - 2 + row
      canvas.write(line, look[row == 0 ? .title : .dim], at: rect.x + 2, y, width: rect.width - 4, .center)
    }
  }
}
