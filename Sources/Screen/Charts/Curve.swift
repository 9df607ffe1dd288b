/// Draws one series of a ``LinePlot``: a line through all values of a column of dots from the smallest to the largest.
struct Curve {
  /// A value that has no place on the axes.
  struct Defect {
    let kind: CurveColumns.Defect
    let column: Int
    let style: Style

    func draw(in area: Rect, on canvas: inout Canvas) {
      switch kind {
      case .undefined: canvas.put("×", style, at: area.x + column, area.maxY - 1)
      case .above: canvas.put("▴", style, at: area.x + column, area.y)
      case .below: canvas.put("▾", style, at: area.x + column, area.maxY - 1)
      }
    }
  }

  let style: Style
  let stroke: Raster.Stroke
  let layout: LinePlot.Layout
  let perCell: Size
  private(set) var defects: [Defect] = []
  private var end: (x: Double, y: Double)?
  private var phase = 0

  init(style: Style, stroke: Raster.Stroke, layout: LinePlot.Layout, perCell: Size) {
    self.style = style
    self.stroke = stroke
    self.layout = layout
    self.perCell = perCell
  }

  mutating func draw(_ series: LinePlot.Series, on raster: inout Raster) {
    let columns = CurveColumns(steps: layout.steps, values: layout.values, count: raster.width)
    columns.gather(series) { part in
      switch part {
      case .values(let group): draw(group, on: &raster)
      case .defect(let kind, let x):
        end = nil
        if x >= 0, x <= Double(max(0, raster.width - 1)) { note(kind, column: Int(x) / perCell.width) }
      }
    }
  }

  private mutating func note(_ kind: CurveColumns.Defect, column: Int) {
    if let last = defects.last, last.column == column, last.kind == kind { return }
    defects.append(Defect(kind: kind, column: column, style: style))
  }

  private mutating func draw(_ group: CurveColumns.Group, on raster: inout Raster) {
    let first = (x: group.x, y: y(group.first, raster))
    let last = (x: group.x, y: y(group.last, raster))
    raster.line(from: end ?? first, to: first, style, stroke, phase: &phase)
    if group.isWild {
      let top = (x: group.x, y: y(group.greatest, raster))
      raster.line(from: (x: group.x, y: y(group.least, raster)), to: top, style, stroke, phase: &phase)
    } else {
      raster.line(from: first, to: last, style, stroke, phase: &phase)
    }
    end = last
  }

  private func y(_ value: Double, _ raster: Raster) -> Double {
    (1 - (layout.values.position(of: value) ?? .nan)) * Double(raster.height - 1)
  }
}
