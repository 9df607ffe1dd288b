import FixedPoint
import Screen
import Sessions

/// The watch screen: plots, units and timeline of one run, all pointing at one step.
struct WatchView {
  let watch: Watch
  let size: Size

  func draw(on canvas: inout Canvas, _ look: Look) {
    let layout = WatchLayout(size, watch)
    StatusLine(watch: watch).draw(in: layout.status, on: &canvas, look)
    if let certification = watch.certification {
      VerdictLights(certification: certification).draw(in: layout.lights, on: &canvas, look)
    }
    for (row, line) in (watch.failure?.lines(width: layout.failure.width) ?? []).enumerated() {
      canvas.write(line, look[.warning], at: layout.failure.x, layout.failure.y + row)
    }
    for (pane, rect) in layout.panes { draw(pane, in: rect, on: &canvas, look) }
    watch.timeline.draw(in: layout.scrubber, on: &canvas, look)
  }

  private func draw(_ pane: WatchPane, in rect: Rect, on canvas: inout Canvas, _ look: Look) {
    let isFocused = pane == watch.focus
    let inside = canvas.box(
      rect, look[isFocused ? .focus : .border], title: title(of: pane), titleStyle: look[.title],
      caption: caption(of: pane), captionStyle: look[.dim])
    if watch.run.stepCount == 0, pane != .state {
      drawHint(in: inside, on: &canvas, look)
      return
    }
    switch pane {
    case .residual: watch.residualPlot.draw(in: inside, on: &canvas, look)
    case .contraction: drawContraction(in: inside, on: &canvas, look)
    case .activations: watch.activations(width: inside.width).draw(in: inside, on: &canvas, look)
    case .state: StatePane(watch).draw(in: inside, on: &canvas, look)
    }
  }

  private func drawHint(in rect: Rect, on canvas: inout Canvas, _ look: Look) {
    let text = "press space for a step, r to run"
    canvas.write(text, look[.dim], at: rect.x, rect.y + rect.height / 2, width: rect.width, .center)
  }

  private func drawContraction(in rect: Rect, on canvas: inout Canvas, _ look: Look) {
    guard watch.run.stepCount > 1 else {
      canvas.write(
        "a ratio needs two steps", look[.dim], at: rect.x, rect.y + rect.height / 2, width: rect.width, .center)
      return
    }
    watch.contractionPlot.draw(in: rect, on: &canvas, look)
  }

  private func title(of pane: WatchPane) -> String {
    switch pane {
    case .residual: "residual"
    case .contraction: "contraction"
    case .activations: "activations"
    case .state: "state z"
    }
  }

  private func caption(of pane: WatchPane) -> String {
    switch pane {
    case .residual: watch.note.map { "◆ " + $0.text } ?? "\(watch.measure.rawValue), log"
    case .contraction: "ratio per step"
    case .activations: "units x steps"
    case .state: "step \(watch.cursor)"
    }
  }
}
