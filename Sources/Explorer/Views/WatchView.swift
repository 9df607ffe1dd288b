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
    drawLights(in: layout.lights, on: &canvas, look)
    for (row, line) in (watch.failure?.lines(width: layout.failure.width) ?? []).enumerated() {
      canvas.write(line, look[.warning], at: layout.failure.x, layout.failure.y + row)
    }
    for (pane, rect) in layout.panes { draw(pane, in: rect, on: &canvas, look) }
    watch.timeline.draw(in: layout.scrubber, on: &canvas, look)
  }

  /// The theorems' verdicts, and where the state is among the fixed points.
  private func drawLights(in rect: Rect, on canvas: inout Canvas, _ look: Look) {
    let place = watch.whereabouts ?? ""
    let width = rect.width - (place.isEmpty ? 0 : DisplayWidth.of(place) + 2)
    if let certification = watch.certification {
      VerdictLights(certification: certification).draw(
        in: Rect(x: rect.x, y: rect.y, width: width, height: 1), on: &canvas, look)
    }
    canvas.write(place, look[.focus], at: rect.x, rect.y, width: rect.width - 1, .right)
  }

  private func draw(_ pane: WatchPane, in rect: Rect, on canvas: inout Canvas, _ look: Look) {
    let isFocused = pane == watch.focus
    let inside = canvas.box(
      rect, look[isFocused ? .focus : .border], title: pane.title, titleStyle: look[.title],
      caption: watch.caption(of: pane), captionStyle: look[.dim])
    if let notice = watch.notice(in: pane) {
      canvas.notice(notice, in: inside, look)
      return
    }
    switch pane {
    case .residual: watch.residualPlot.draw(in: inside, on: &canvas, look)
    case .contraction: watch.contractionPlot.draw(in: inside, on: &canvas, look)
    case .activations: watch.activations(width: inside.width).draw(in: inside, on: &canvas, look)
    case .trajectories: watch.trajectories(width: inside.width).draw(in: inside, on: &canvas, look)
    case .state: StatePane(watch).draw(in: inside, on: &canvas, look)
    case .activity: watch.activityPlot.draw(in: inside, on: &canvas, look)
    case .spectrum:
      watch.linearization?.1.spectrum(of: .jacobian).plot(selected: nil).draw(in: inside, on: &canvas, look)
    case .certificates:
      if let certification = watch.certification {
        CertificateList(certification: certification).draw(in: inside, on: &canvas, look)
      }
    }
  }
}

extension Watch {
  /// Said in a pane that has nothing to show; `nil` where there is something.
  fileprivate func notice(in pane: WatchPane) -> String? {
    switch pane {
    case .state, .certificates: nil
    case .spectrum:
      linearization.map { $0.1.spectrum(of: .jacobian) }.map { $0.values.isEmpty ? $0.reason : nil }
        ?? spectrumNotice
    case _ where run.stepCount == 0: "press space for a step, r to run"
    case .contraction: run.stepCount > 1 ? nil : "a ratio needs two steps"
    case .activity: activityObstacle
    case .residual, .activations, .trajectories: nil
    }
  }

  /// What a pane shows of which step, unit or range.
  fileprivate func caption(of pane: WatchPane) -> String {
    switch pane {
    case .residual: note.map { "◆ " + $0.text } ?? measure.rawValue + ", " + residualScale.word + windowText
    case .contraction: "ratio per step" + (contractionScale == .log10 ? ", log" : "") + windowText
    case .activations: unitText
    case .trajectories: trajectoriesText
    case .state: "\(units.order.text), step \(cursor)"
    case .activity: "share of units"
    case .spectrum: linearization.map { "step \($0.step), rho \(NumberText.significant($0.1.spectralRadius))" } ?? ""
    case .certificates: ""
    }
  }

  /// The value under both cursors.
  private var unitText: String {
    "unit \(unit), step \(cursor): " + NumberText.significant(run.iterate(at: cursor)[unit], digits: 4)
  }
}
