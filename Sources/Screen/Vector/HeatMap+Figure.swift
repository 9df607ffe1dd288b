extension HeatMap: Figure {
  public func draw(in box: SVG.Box, on svg: inout SVG) {
    let frame = FigureFrame(in: box, labels: [String(max(0, rows - 1))], legendRows: 1)
    guard rows > 0, columns > 0 else { return frame.drawBorder(on: &svg) }
    let grid = HeatGrid(self, width: Int(frame.area.width / 2), height: Int(frame.area.height / 2), spread: 1)
    let ink = Ink(coloring, grid: grid, Look(theme: svg.theme))
    let size = (width: frame.area.width / Double(grid.width), height: frame.area.height / Double(grid.height))
    for row in 0..<grid.height { draw(row, of: grid, ink, size, frame, on: &svg) }
    drawAxes(size, grid, frame, on: &svg)
    frame.drawBorder(on: &svg)
    ink.drawLegend(grid, frame, on: &svg)
  }

  /// One row of the grid; neighbours of one colour are one rectangle.
  private func draw(
    _ row: Int, of grid: HeatGrid, _ ink: Ink, _ size: (width: Double, height: Double), _ frame: FigureFrame,
    on svg: inout SVG
  ) {
    var start = 0
    for column in 0..<grid.width {
      if grid[row, column].isOutside { return }
      let color = ink.color(grid[row, column])
      if column + 1 < grid.width, !grid[row, column + 1].isOutside, ink.color(grid[row, column + 1]) == color {
        continue
      }
      let box = SVG.Box(
        x: frame.area.x + Double(start) * size.width, y: frame.area.y + Double(row) * size.height,
        width: Double(column + 1 - start) * size.width, height: size.height)
      svg.rect(box, fill: SVG.hex(color))
      if case .undefined = grid[row, column] { svg.cross(box) }
      start = column + 1
    }
  }

  private func drawAxes(
    _ size: (width: Double, height: Double), _ grid: HeatGrid, _ frame: FigureFrame, on svg: inout SVG
  ) {
    let units = rowTicks(frame.tickCount.up).map { row, text in
      (
        share: 1 - (Double(HeatGrid.place(of: row, in: grid.height, over: rows)) + 0.5) / Double(grid.height),
        text: text
      )
    }
    frame.drawValueAxis(units, on: &svg)
    let steps = columnTicks(frame.tickCount.across).map { column, text in
      (
        share: (Double(HeatGrid.place(of: column, in: grid.width, over: columns)) + 0.5) / Double(grid.width),
        text: text
      )
    }
    frame.drawStepAxis(steps, name: columnName, on: &svg)
  }
}

extension HeatMap.Ink {
  /// The colours from low to high, what is undefined, and how many values share a place.
  func drawLegend(_ grid: HeatGrid, _ frame: FigureFrame, on svg: inout SVG) {
    let (y, steps, width) = (frame.baseline(0), 48, 3.0)
    var x = frame.legend.x
    let (low, high) = (NumberText.significant(self.low, digits: 2), NumberText.significant(self.high, digits: 2))
    svg.text(low, at: (x, y), svg.theme[.dim])
    x += SVG.width(of: low) + 6
    for step in 0..<steps {
      let color = palette.color(at: Double(step) / Double(steps - 1))
      svg.rect(SVG.Box(x: x + Double(step) * width, y: y - 10, width: width, height: 12), fill: SVG.hex(color))
    }
    x += Double(steps) * width + 6
    svg.text(high, at: (x, y), svg.theme[.dim])
    x += SVG.width(of: high) + 20
    if grid.hasUndefined {
      svg.text("× undefined", at: (x, y), svg.theme[.undefined])
      x += SVG.width(of: "× undefined") + 20
    }
    let shared = grid.gathered.width * grid.gathered.height
    if shared > 1 {
      svg.text("peak of \(grid.gathered.height)x\(grid.gathered.width)", at: (x, y), svg.theme[.dim])
    }
  }
}

extension SVG {
  /// Marks what is undefined.
  fileprivate mutating func cross(_ box: Box) {
    text("×", at: (box.x + box.width / 2, box.y + box.height / 2 + 4), Style(theme.paper), .middle)
  }
}
