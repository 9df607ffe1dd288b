extension ScatterPlot: Figure {
  public func draw(in box: SVG.Box, on svg: inout SVG) {
    let axis = Axis(.linear, from: -extent, to: extent)
    let ticks = axis.places(of: axis.ticks(8))
    let frame = FigureFrame(in: box, labels: ticks.map(\.text), legendRows: 0).squared
    frame.drawValueAxis(ticks, on: &svg)
    frame.drawStepAxis(ticks, name: "real part (across), imaginary part (up), unit circle", on: &svg)
    svg.clipped(to: frame.area) { svg in
      svg.line((frame.x(0), frame.y(0.5)), (frame.x(1), frame.y(0.5)), svg.theme[.border])
      svg.line((frame.x(0.5), frame.y(0)), (frame.x(0.5), frame.y(1)), svg.theme[.border])
      svg.ring((frame.x(0.5), frame.y(0.5)), radius: frame.area.width / extent / 2, svg.theme[.dim])
      for mark in marks where isFinite(mark) { draw(mark, axis, frame, on: &svg) }
    }
    frame.drawBorder(on: &svg)
    let lost = marks.filter { !isFinite($0) }.count
    if lost > 0 {
      svg.text("\(lost) undefined", at: (frame.area.x + 6, frame.area.maxY - 6), svg.theme[.undefined])
    }
  }

  private func draw(_ mark: Mark, _ axis: Axis, _ frame: FigureFrame, on svg: inout SVG) {
    guard let across = axis.position(of: mark.real), let up = axis.position(of: mark.imaginary) else { return }
    svg.circle((frame.x(across), frame.y(up)), radius: 3, fill: svg.theme[mark.role])
  }
}
