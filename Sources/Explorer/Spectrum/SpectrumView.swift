import FixedPoint
import LinearAlgebra
import Screen

/// The spectrum screen: the map's derivative at the step under the cursor, and along the run.
struct SpectrumView {
  let watch: Watch
  let size: Size

  private var screen: SpectrumScreen { watch.spectrum }

  func draw(on canvas: inout Canvas, _ look: Look) {
    let layout = SpectrumLayout(size, screen)
    StatusLine(watch: watch).draw(in: layout.status, on: &canvas, look)
    drawMeaning(in: layout.meaning, on: &canvas, look)
    for (pane, rect) in layout.panes {
      let inside = canvas.box(
        rect, look[pane == screen.focus ? .focus : .border], title: watch.title(of: pane), titleStyle: look[.title],
        caption: watch.caption(of: pane), captionStyle: look[.dim])
      draw(pane, in: inside, on: &canvas, look)
    }
    watch.timeline.draw(in: layout.scrubber, on: &canvas, look)
  }

  private func drawMeaning(in rect: Rect, on canvas: inout Canvas, _ look: Look) {
    guard let (step, here) = watch.linearization else {
      canvas.write(watch.spectrumNotice, look[.warning], at: rect.x, rect.y, width: rect.width)
      return
    }
    let isFixedPoint = watch.run.outcome == .converged && step == watch.run.stepCount
    let role: Theme.Role = here.spectralRadius.map { $0 < 1 ? .good : .warning } ?? .undefined
    canvas.write(here.meaning(isFixedPoint: isFixedPoint), look[role], at: rect.x, rect.y, width: rect.width)
    canvas.write(here.dampingText, look[.dim], at: rect.x, rect.y + 1, width: rect.width)
  }

  private func draw(_ pane: SpectrumPane, in rect: Rect, on canvas: inout Canvas, _ look: Look) {
    guard let (_, here) = watch.linearization else {
      canvas.notice(watch.spectrumNotice, in: rect, look)
      return
    }
    switch pane {
    case .jacobian, .logarithmic: draw(here.spectrum(of: pane), selected: selection(pane), in: rect, on: &canvas, look)
    case .singular: drawSingularValues(here, in: rect, on: &canvas, look)
    case .course:
      if watch.run.stepCount == 0 {
        canvas.notice("press space for a step, r to run", in: rect, look)
      } else {
        watch.coursePlot.draw(in: rect, on: &canvas, look)
      }
    case .list: drawList(here.spectrum(of: screen.plane), in: rect, on: &canvas, look)
    }
  }

  /// The selected eigenvalue is read out in the plane that the keys go through.
  private func selection(_ pane: SpectrumPane) -> Int? { pane == screen.plane ? screen.selection : nil }

  private func draw(_ spectrum: Spectrum, selected: Int?, in rect: Rect, on canvas: inout Canvas, _ look: Look) {
    let values = spectrum.values
    guard !values.isEmpty else {
      canvas.notice(spectrum.reason, in: rect, look)
      return
    }
    let index = selected.map { min($0, values.count - 1) }
    if let index {
      let text =
        "λ \(index + 1)/\(values.count)  \(values[index].text())  |λ| \(NumberText.significant(values[index].magnitude, digits: 4))"
      canvas.write(text, look[.cursor], at: rect.x, rect.y, width: rect.width)
    }
    spectrum.plot(selected: index).draw(in: SpectrumView.plane(in: rect), on: &canvas, look)
  }

  /// What the read-out above a plane leaves.
  static func plane(in rect: Rect) -> Rect {
    Rect(x: rect.x, y: rect.y + 1, width: rect.width, height: rect.height - 1)
  }

  private func drawSingularValues(_ here: Linearization, in rect: Rect, on canvas: inout Canvas, _ look: Look) {
    switch here.singularValues {
    case .failure(let error): canvas.notice("undefined: " + error.reason(in: "J"), in: rect, look)
    case .success(let values):
      let series = LinePlot.Series(
        "largest \(NumberText.significant(values.first)), least \(NumberText.significant(values.last))", letter: nil,
        values, positions: values.indices.map { Double($0 + 1) }, role: .series3)
      LinePlot(
        [series], scale: screen.singularScale, stepName: "index", steps: 1...Double(max(2, values.count))
      ).draw(in: rect, on: &canvas, look)
    }
  }

  private func drawList(_ spectrum: Spectrum, in rect: Rect, on canvas: inout Canvas, _ look: Look) {
    guard !spectrum.values.isEmpty else {
      canvas.notice(spectrum.reason, in: rect, look)
      return
    }
    spectrum.table(selected: screen.selection, height: rect.height).draw(in: rect, on: &canvas, look)
  }
}

extension Canvas {
  /// A text in the middle of a pane that has nothing else to show.
  mutating func notice(_ text: String, in rect: Rect, _ look: Look) {
    let lines = TextBlock(text).lines(width: rect.width)
    for (row, line) in lines.enumerated() where row < rect.height {
      write(
        line, look[.dim], at: rect.x, rect.y + max(0, (rect.height - lines.count) / 2) + row, width: rect.width, .center
      )
    }
  }
}
