extension PlanePlot: Figure {
  public func draw(in box: SVG.Box, on svg: inout SVG) {
    let ticks = y.places(of: y.ticks(max(2, Int(box.height / 40))))
    let frame = FigureFrame(in: box, labels: ticks.map(\.text), legendRows: 0)
    frame.drawValueAxis(ticks, on: &svg)
    frame.drawStepAxis(x.places(of: x.ticks(frame.tickCount.across)), name: name, on: &svg)
    svg.clipped(to: frame.area) { svg in
      drawRegions(frame, on: &svg)
      for arrow in arrows { draw(arrow, frame, on: &svg) }
      for curve in curves { draw(curve, frame, on: &svg) }
      for mark in marks { draw(mark, frame, on: &svg) }
    }
    frame.drawBorder(on: &svg)
  }

  private func place(_ point: (x: Double, y: Double), _ frame: FigureFrame) -> SVG.Place? {
    guard let across = x.position(of: point.x), let up = y.position(of: point.y) else { return nil }
    return (frame.x(across), frame.y(up))
  }

  /// The parts between points that are not finite, each a line.
  private func draw(_ curve: Curve, _ frame: FigureFrame, on svg: inout SVG) {
    var part: [SVG.Place] = []
    for point in curve.points + [(x: .nan, y: .nan)] {
      if let place = place(point, frame) {
        part.append(place)
      } else if !part.isEmpty {
        svg.polyline(part, svg.theme[curve.role], dashes: curve.stroke.dashes)
        part = []
      }
    }
  }

  private func draw(_ mark: Mark, _ frame: FigureFrame, on svg: inout SVG) {
    guard let place = place((mark.x, mark.y), frame) else { return }
    svg.circle(place, radius: 7, fill: Style(svg.theme.paper))
    let style = svg.theme[mark.role].with(.bold)
    svg.text(String(Character(mark.glyph)), at: (place.x, place.y + 4), style, .middle)
  }

  private func draw(_ arrow: Arrow, _ frame: FigureFrame, on svg: inout SVG) {
    guard let from = place(arrow.from, frame), let to = place(arrow.to, frame) else { return }
    let (dx, dy) = (to.x - from.x, to.y - from.y)
    let length = (dx * dx + dy * dy).squareRoot()
    guard length > 0 else { return }
    let tip = (x: from.x + 8 * dx / length, y: from.y + 8 * dy / length)
    svg.line(from, tip, svg.theme[.dim])
    svg.circle(tip, radius: 1.5, fill: svg.theme[.dim])
  }

  /// Small squares; neighbours of one colour are one rectangle.
  private func drawRegions(_ frame: FigureFrame, on svg: inout SVG) {
    guard let region else { return }
    let (columns, rows) = (Int(frame.area.width / 4), Int(frame.area.height / 4))
    for row in 0..<rows {
      let up = (Double(row) + 0.5) / Double(rows)
      let colors = (0..<columns).map { column in
        region((Double(column) + 0.5) / Double(columns), up).map { Palette.color(of: $0, svg.theme) }
      }
      var start = 0
      for column in 0..<columns where column + 1 == columns || colors[column + 1] != colors[column] {
        let box = SVG.Box(
          x: frame.x(Double(start) / Double(columns)), y: frame.y(Double(row + 1) / Double(rows)),
          width: Double(column + 1 - start) * frame.area.width / Double(columns),
          height: frame.area.height / Double(rows)
        )
        if let color = colors[column] { svg.rect(box, fill: SVG.hex(color)) }
        start = column + 1
      }
    }
  }
}

extension Palette {
  /// A region's colour on the theme's paper.
  fileprivate static func color(of region: PlanePlot.Region, _ theme: Theme) -> Color {
    let own = theme[region.role].foreground
    return theme.paper.blended(with: own == .standard ? theme.ink : own, 0.15 + 0.35 * region.strength)
  }
}
