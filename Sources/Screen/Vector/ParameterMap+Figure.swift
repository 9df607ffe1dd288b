extension ParameterMap: Figure {
  public func draw(in box: SVG.Box, on svg: inout SVG) {
    let legend = ParameterLegend(self, width: box.width * 0.85)
    let frame = FigureFrame(in: box, labels: up.labels, legendRows: 1 + legend.rows.count)
    guard columns > 0, rows > 0 else { return frame.drawBorder(on: &svg) }
    let ink = ParameterInk(coloring, Look(theme: svg.theme))
    for row in 0..<rows { draw(row, ink, frame, on: &svg) }
    drawAxes(frame, on: &svg)
    drawBorders(frame, on: &svg)
    if let mark { svg.ring(center(mark, frame), radius: 4, Style(svg.theme.ink)) }
    frame.drawBorder(on: &svg)
    ink.drawLegend(frame, hasUndefined: hasUndefined, on: &svg)
    legend.draw(frame, on: &svg)
  }

  private func corner(_ column: Int, _ row: Int, _ frame: FigureFrame) -> SVG.Place {
    (frame.x(Double(column) / Double(columns)), frame.y(Double(row) / Double(rows)))
  }

  private func center(_ cell: Cell, _ frame: FigureFrame) -> SVG.Place {
    (
      frame.x((Double(cell.column) + 0.5) / Double(columns)),
      frame.y((Double(cell.row) + 0.5) / Double(rows))
    )
  }

  /// One row of the grid; neighbours of one colour are one rectangle.
  private func draw(_ row: Int, _ ink: ParameterInk, _ frame: FigureFrame, on svg: inout SVG) {
    let height = frame.area.height / Double(rows)
    var start = 0
    for column in 0..<columns {
      let content = contents[index(column, row)]
      if column + 1 < columns, contents[index(column + 1, row)] == content { continue }
      let place = corner(start, row + 1, frame)
      let width = Double(column + 1 - start) * frame.area.width / Double(columns)
      let box = SVG.Box(x: place.x, y: place.y, width: width, height: height)
      if let color = ink.color(content) { svg.rect(box, fill: SVG.hex(color)) }
      if content == .undefined {
        svg.rect(box, fill: SVG.hex(svg.theme.paper))
        svg.text("×", at: (box.x + width / 2, box.y + height / 2 + 4), svg.theme[.undefined], .middle)
      }
      start = column + 1
    }
  }

  private func drawAxes(_ frame: FigureFrame, on svg: inout SVG) {
    let widest = across.labels.map { SVG.width(of: $0) }.max() ?? 0
    let columnWidth = frame.area.width / Double(columns)
    let names = Self.ticks(columns, apart: Int(widest) + 10, places: columnWidth).map { column in
      (share: (Double(column) + 0.5) / Double(columns), text: across.labels[column])
    }
    frame.drawStepAxis(names, name: "\(across.name) (across), \(up.name) (up)", on: &svg)
    let lines = Self.ticks(rows, apart: 18, places: frame.area.height / Double(rows)).map { row in
      (share: (Double(row) + 0.5) / Double(rows), text: up.labels[row])
    }
    frame.drawValueAxis(lines, on: &svg)
  }

  /// Lines between the cells of a region and those beside it; where several regions end, their lines take turns.
  private func drawBorders(_ frame: FigureFrame, on svg: inout SVG) {
    for row in 0..<rows {
      for column in 0..<columns {
        let (here, right) = (index(column, row), [corner(column + 1, row, frame), corner(column + 1, row + 1, frame)])
        let above = [corner(column, row + 1, frame), corner(column + 1, row + 1, frame)]
        if column + 1 < columns { drawBorder(here, index(column + 1, row), along: right, turn: row, on: &svg) }
        if row + 1 < rows { drawBorder(here, index(column, row + 1), along: above, turn: column, on: &svg) }
      }
    }
  }

  private func drawBorder(_ cell: Int, _ other: Int, along ends: [SVG.Place], turn: Int, on svg: inout SVG) {
    let ending = regions.indices.filter { region in
      guard let first = regions[region].contains[cell], let last = regions[region].contains[other] else { return false }
      return first != last
    }
    guard !ending.isEmpty else { return }
    let region = ending[turn % ending.count]
    svg.polyline(ends, svg.theme[regions[region].role], dashes: Self.dashes(region), width: 2)
  }

  /// What tells the rims apart where there are no colours.
  fileprivate static func dashes(_ index: Int) -> String? { [nil, "6,3", "2,2", "8,3,2,3"][index % 4] }
}

/// The lines of a map's regions with their letters and names, in as many rows as they need.
private struct ParameterLegend {
  typealias Entry = (region: ParameterMap.Region, index: Int, x: Double)
  let rows: [[Entry]]

  init(_ map: ParameterMap, width: Double) {
    var rows: [[Entry]] = []
    var x = 0.0
    for (index, region) in map.regions.enumerated() {
      let extent = 44 + SVG.width(of: region.name)
      if rows.isEmpty || x + extent > width {
        rows.append([])
        x = 0
      }
      rows[rows.count - 1].append((region, index, x))
      x += extent + 10
    }
    self.rows = rows
  }

  func draw(_ frame: FigureFrame, on svg: inout SVG) {
    for (row, entries) in rows.enumerated() {
      let y = frame.baseline(row + 1)
      for (region, index, offset) in entries {
        let x = frame.legend.x + offset
        let style = svg.theme[region.role]
        svg.line((x, y - 4), (x + 22, y - 4), style, dashes: ParameterMap.dashes(index), width: 2)
        svg.text("\(Character(region.letter)) \(region.name)", at: (x + 26, y), svg.theme[.text])
      }
    }
  }
}

extension ParameterInk {
  fileprivate func drawLegend(_ frame: FigureFrame, hasUndefined: Bool, on svg: inout SVG) {
    let y = frame.baseline(0)
    var x = frame.legend.x
    func write(_ text: String, _ style: Style) {
      svg.text(text, at: (x, y), style)
      x += SVG.width(of: text) + 14
    }
    let samples = samples
    for sample in samples {
      svg.rect(SVG.Box(x: x, y: y - 10, width: sample.width, height: 12), fill: SVG.hex(sample.color))
      x += sample.width
      if let name = sample.name {
        x += 4
        write(name, svg.theme[.text])
      }
    }
    if samples.first?.name == nil {
      x += 6
      write("\(ends.low) to \(ends.high)", svg.theme[.dim])
    }
    if hasUndefined { write("× undefined", svg.theme[.undefined]) }
  }
}
