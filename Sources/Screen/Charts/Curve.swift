/// Draws one series of a ``LinePlot``: a line through all values of a column of dots from the smallest to the largest,
/// so that no value is lost however many there are.
struct Curve {
  /// A value that has no place on the axes.
  struct Defect {
    enum Kind { case undefined, above, below }
    let kind: Kind
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

  /// The values of one column of dots.
  private struct Group {
    var x: Double
    var first: Double
    var last: Double
    var least: Double
    var greatest: Double
  }

  let style: Style
  let stroke: Raster.Stroke
  let layout: LinePlot.Layout
  let perCell: Size
  private(set) var defects: [Defect] = []
  private var group: Group?
  private var end: (x: Double, y: Double)?
  private var phase = 0

  init(style: Style, stroke: Raster.Stroke, layout: LinePlot.Layout, perCell: Size) {
    self.style = style
    self.stroke = stroke
    self.layout = layout
    self.perCell = perCell
  }

  mutating func draw(_ series: LinePlot.Series, on raster: inout Raster) {
    let spread = Double(max(0, raster.width - 1))
    for index in series.values.indices {
      guard let share = layout.steps.position(of: series.position(index)) else { continue }
      let x = (share * spread).rounded()
      if let kind = defect(series.values[index]) {
        flush(on: &raster)
        end = nil
        if x >= 0, x <= spread { note(kind, column: Int(x) / perCell.width) }
      } else if let value = series.values[index] {
        add(value, at: x, on: &raster)
      }
    }
    flush(on: &raster)
  }

  private func defect(_ value: Double?) -> Defect.Kind? {
    guard let value, !value.isNaN else { return .undefined }
    if value.isInfinite { return value > 0 ? .above : layout.values.scale == .log10 ? .undefined : .below }
    if layout.values.scale == .linear || value > 0 { return nil }
    return value == 0 ? .below : .undefined
  }

  private mutating func note(_ kind: Defect.Kind, column: Int) {
    if let last = defects.last, last.column == column, last.kind == kind { return }
    defects.append(Defect(kind: kind, column: column, style: style))
  }

  private mutating func add(_ value: Double, at x: Double, on raster: inout Raster) {
    if var current = group, current.x == x {
      current.last = value
      current.least = min(current.least, value)
      current.greatest = max(current.greatest, value)
      group = current
    } else {
      flush(on: &raster)
      group = Group(x: x, first: value, last: value, least: value, greatest: value)
    }
  }

  private mutating func flush(on raster: inout Raster) {
    guard let current = group else { return }
    group = nil
    let first = (x: current.x, y: y(current.first, raster))
    let last = (x: current.x, y: y(current.last, raster))
    raster.line(from: end ?? first, to: first, style, stroke, phase: &phase)
    if current.least < min(current.first, current.last) || current.greatest > max(current.first, current.last) {
      let top = (x: current.x, y: y(current.greatest, raster))
      raster.line(from: (x: current.x, y: y(current.least, raster)), to: top, style, stroke, phase: &phase)
    } else {
      raster.line(from: first, to: last, style, stroke, phase: &phase)
    }
    end = last
  }

  private func y(_ value: Double, _ raster: Raster) -> Double {
    (1 - (layout.values.position(of: value) ?? .nan)) * Double(raster.height - 1)
  }
}
