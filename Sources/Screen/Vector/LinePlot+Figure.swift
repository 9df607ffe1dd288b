extension LinePlot: Figure {
  public func draw(in box: SVG.Box, on svg: inout SVG) {
    let (steps, values) = (stepAxis(), valueAxis())
    let rows = FigureLegend(series, width: box.width * 0.85).rows
    let ticks = values.places(of: values.ticks(max(2, Int(box.height / 40))))
    let frame = FigureFrame(in: box, labels: ticks.map(\.text), legendRows: rows.count)
    frame.drawValueAxis(ticks, on: &svg)
    frame.drawStepAxis(steps.places(of: steps.wholeTicks(frame.tickCount.across)), name: stepName, on: &svg)
    svg.clipped(to: frame.area) { svg in
      for level in levels { drawLine(of: level, values, frame, on: &svg) }
      for (index, one) in series.enumerated() {
        FigureCurve(one, index: index, steps: steps, values: values, frame).draw(on: &svg)
      }
    }
    for level in levels { drawLabel(of: level, values, frame, on: &svg) }
    frame.drawBorder(on: &svg)
    for (row, entries) in rows.enumerated() { FigureLegend.draw(entries, row: row, frame, on: &svg) }
  }

  private func drawLine(of level: Level, _ values: Axis, _ frame: FigureFrame, on svg: inout SVG) {
    guard let share = values.position(of: level.value) else { return }
    svg.line((frame.area.x, frame.y(share)), (frame.area.maxX, frame.y(share)), svg.theme[.level], dashes: "4,4")
  }

  /// The label stands on its line at the left, on paper of its own.
  private func drawLabel(of level: Level, _ values: Axis, _ frame: FigureFrame, on svg: inout SVG) {
    guard let share = values.position(of: level.value), (0...1).contains(share) else { return }
    let (x, y) = (frame.area.x + 10, min(max(frame.y(share), frame.area.y + 9), frame.area.maxY - 9))
    let paper = SVG.Box(x: x - 3, y: y - 7, width: SVG.width(of: level.label) + 6, height: 14)
    svg.rect(paper, fill: SVG.hex(svg.theme.paper))
    svg.text(level.label, at: (x, y + 4), svg.theme[.level])
  }
}

/// One series of a figure.
struct FigureCurve {
  private let series: LinePlot.Series
  private let columns: CurveColumns
  private let frame: FigureFrame
  private let index: Int

  /// `index`: place among the series, which tells them apart where the theme has no colours.
  init(_ series: LinePlot.Series, index: Int, steps: Axis, values: Axis, _ frame: FigureFrame) {
    self.series = series
    self.index = index
    self.frame = frame
    columns = CurveColumns(steps: steps, values: values, count: 2 * Int(frame.area.width) + 1)
  }

  func draw(on svg: inout SVG) {
    let style = svg.theme[series.role]
    let dashes = svg.dashes(of: series, index: index)
    var points: [SVG.Place] = []
    var defects: [SVG.Place] = []
    columns.gather(series) { part in
      switch part {
      case .values(let group): points += places(of: group)
      case .defect(let kind, let x):
        if !points.isEmpty { svg.polyline(points, style, dashes: dashes) }
        points = []
        let place = (x: self.x(x), y: kind == .above ? frame.area.y + 11 : frame.area.maxY - 4)
        guard place.x >= (defects.last?.x ?? -.infinity) + 8 else { return }
        svg.text(kind.mark, at: place, style, .middle)
        defects.append(place)
      }
    }
    if !points.isEmpty { svg.polyline(points, style, dashes: dashes) }
    if let letter = series.letter, let place = letterPlace { draw(letter, at: place, style, on: &svg) }
  }

  private func x(_ column: Double) -> Double { frame.x(column / Double(columns.count - 1)) }

  private func places(of group: CurveColumns.Group) -> [SVG.Place] {
    let values = group.isWild ? [group.first, group.least, group.greatest, group.last] : [group.first, group.last]
    let distinct = values.count == 2 && values[0] == values[1] ? [values[0]] : values
    return distinct.compactMap { value in
      columns.values.position(of: value).map { (x: x(group.x), y: frame.y($0)) }
    }
  }

  /// Where the last value that is seen stands; each series a little before the one under it, so that letters of curves
  /// that meet do not.
  private var letterPlace: SVG.Place? {
    let end = 1 - 0.06 * Double(index)
    return series.values.indices.reversed().lazy.compactMap { index -> SVG.Place? in
      guard let value = series.values[index], let up = columns.values.position(of: value), (0...1).contains(up),
        let across = columns.steps.position(of: series.position(index)), (0...end).contains(across)
      else { return nil }
      return (frame.x(across), frame.y(up))
    }.first
  }

  /// A letter on the paper's colour, so that it can be read on its line.
  private func draw(_ letter: Unicode.Scalar, at place: SVG.Place, _ style: Style, on svg: inout SVG) {
    let x = min(place.x, frame.area.maxX - 7)
    let y = min(max(place.y, frame.area.y + 7), frame.area.maxY - 7)
    svg.circle((x, y), radius: 7, fill: Style(svg.theme.paper))
    svg.text(String(Character(letter)), at: (x, y + 4), style.with(.bold), .middle)
  }
}

extension CurveColumns.Defect {
  fileprivate var mark: String {
    switch self {
    case .undefined: "×"
    case .above: "▴"
    case .below: "▾"
    }
  }
}

/// The legend of a figure: a sample of each line with its letter and label, in as many rows as they need.
struct FigureLegend {
  typealias Entry = (series: LinePlot.Series, index: Int, x: Double)
  let rows: [[Entry]]

  init(_ series: [LinePlot.Series], width: Double) {
    var rows: [[Entry]] = []
    var x = 0.0
    for (index, one) in series.enumerated() {
      let extent = 44 + SVG.width(of: one.label)
      if rows.isEmpty || x + extent > width {
        rows.append([])
        x = 0
      }
      rows[rows.count - 1].append((one, index, x))
      x += extent + 12
    }
    self.rows = rows
  }

  static func draw(_ entries: [Entry], row: Int, _ frame: FigureFrame, on svg: inout SVG) {
    for (series, index, offset) in entries {
      let (x, y) = (frame.legend.x + offset, frame.baseline(row))
      let style = svg.theme[series.role]
      svg.line((x, y - 4), (x + 22, y - 4), style, dashes: svg.dashes(of: series, index: index), width: 1.5)
      if let letter = series.letter { svg.text(String(Character(letter)), at: (x + 26, y), style.with(.bold)) }
      svg.text(series.label, at: (x + (series.letter == nil ? 28 : 40), y), svg.theme[.text])
    }
  }
}
