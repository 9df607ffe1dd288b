/// Curves over steps, on a linear or logarithmic value axis.
///
/// A value that does not exist or that the axis cannot show leaves a gap and a mark in its column: `×` undefined
/// (`nil`, not a number, negative on a log axis), `▴` above every number, `▾` below (0 on a log axis).
public struct LinePlot: Drawable {
  /// One curve.
  public struct Series: Sendable {
    public var label: String
    /// Stands beside the curve and in the legend, so that colours are not needed to tell curves apart.
    public var letter: Unicode.Scalar?
    /// Value of each step; `nil` where undefined.
    public var values: [Double?]
    /// Position of each value on the step axis, ascending; `nil`: 0, 1, 2, …
    public var positions: [Double]?
    public var role: Theme.Role
    public var stroke: Raster.Stroke

    public init(
      _ label: String, letter: Unicode.Scalar? = nil, _ values: [Double?], positions: [Double]? = nil,
      role: Theme.Role = .series1, stroke: Raster.Stroke = .solid
    ) {
      self.label = label
      self.letter = letter
      self.values = values
      self.positions = positions
      self.role = role
      self.stroke = stroke
    }

    /// The curve to compare with: dimmer and dashed.
    public func frozen() -> Series {
      var result = self
      result.role = .frozen
      result.stroke = .dashed
      return result
    }

    /// The position of the i-th value.
    func position(_ index: Int) -> Double {
      guard let positions else { return Double(index) }
      return index < positions.count ? positions[index] : .nan
    }
  }

  /// A horizontal line with a meaning, such as ratio 1.
  public struct Level: Sendable {
    public var value: Double
    public var label: String

    public init(_ value: Double, _ label: String) {
      self.value = value
      self.label = label
    }
  }

  /// Drawn in order: the last lies on top.
  public var series: [Series]
  public var levels: [Level]
  public var scale: Scale
  /// The step axis' name.
  public var stepName: String
  /// Position on the step axis whose values the legend reads out.
  public var cursor: Double?
  /// Positions on the step axis that are marked there.
  public var marks: [Double]
  /// The step axis' ends; `nil`: all steps.
  public var steps: ClosedRange<Double>?
  /// The value axis' ends; `nil`: all values and levels.
  public var values: ClosedRange<Double>?

  public init(
    _ series: [Series], levels: [Level] = [], scale: Scale = .linear, stepName: String = "step",
    cursor: Double? = nil, marks: [Double] = [], steps: ClosedRange<Double>? = nil, values: ClosedRange<Double>? = nil
  ) {
    self.series = series
    self.levels = levels
    self.scale = scale
    self.stepName = stepName
    self.cursor = cursor
    self.marks = marks
    self.steps = steps
    self.values = values
  }

  public func draw(in rect: Rect, on canvas: inout Canvas, _ look: Look) {
    guard !rect.isEmpty else { return }
    let layout = Layout(self, in: rect)
    canvas.draw(in: rect) { region in
      drawAxes(layout, on: &region, look)
      drawLevels(layout, on: &region, look)
      drawCursor(layout, on: &region, look)
      drawCurves(layout, on: &region, look)
      labelLevels(layout, on: &region, look)
      drawLegend(layout, on: &region, look)
    }
  }

  /// The position on the step axis under a cell, to scrub by mouse; `nil` outside the plot's area.
  public func position(at point: Point, in rect: Rect) -> Double? {
    guard !rect.isEmpty else { return nil }
    let layout = Layout(self, in: rect)
    let local = Point(x: point.x - rect.x, y: point.y - rect.y)
    guard layout.frame.area.contains(local) else { return nil }
    let share =
      layout.frame.area.width > 1 ? Double(local.x - layout.frame.area.x) / Double(layout.frame.area.width - 1) : 0
    return layout.steps.lower + share * (layout.steps.upper - layout.steps.lower)
  }
}

extension LinePlot {
  /// Axes and places of one drawing.
  struct Layout {
    let steps: Axis
    let values: Axis
    let frame: PlotFrame
    let ticks: [Axis.Tick]

    init(_ plot: LinePlot, in rect: Rect) {
      steps = plot.stepAxis()
      values = plot.valueAxis()
      ticks = values.ticks(max(2, (rect.height - 2) / 2))
      let labelWidth = ticks.map { DisplayWidth.of($0.label) }.max() ?? 0
      frame = PlotFrame(in: Rect(rect.size), labelWidth: labelWidth, hasLegend: !plot.series.isEmpty)
    }

    func row(of value: Double) -> Int? {
      values.position(of: value).flatMap { cell(1 - $0, frame.area.height, from: frame.area.y) }
    }

    func column(of position: Double) -> Int? {
      steps.position(of: position).flatMap { cell($0, frame.area.width, from: frame.area.x) }
    }

    private func cell(_ share: Double, _ count: Int, from start: Int) -> Int? {
      guard share >= -1e-9, share <= 1 + 1e-9, count > 0 else { return nil }
      return start + Int((share * Double(count - 1)).rounded())
    }
  }

  func stepAxis() -> Axis {
    if let steps { return Axis(.linear, from: steps.lowerBound, to: steps.upperBound) }
    var (low, high) = (Double.infinity, -Double.infinity)
    for one in series where !one.values.isEmpty {
      low = min(low, one.position(0))
      high = max(high, one.position(one.values.count - 1))
    }
    guard low <= high else { return Axis(.linear, from: 0, to: 1) }
    return Axis(.linear, from: low, to: high > low ? high : low + 1)
  }

  func valueAxis() -> Axis {
    if let values { return Axis(scale, from: values.lowerBound, to: values.upperBound) }
    let curves = series.lazy.flatMap { $0.values.lazy.compactMap { $0 } }
    var extremes = Extremes()
    for value in curves where scale == .linear || value > 0 { extremes.add(value) }
    for level in levels { extremes.add(level.value) }
    return Axis(scale, covering: extremes.all)
  }

  private func drawAxes(_ layout: Layout, on canvas: inout Canvas, _ look: Look) {
    let labels = layout.ticks.compactMap { tick in layout.row(of: tick.value).map { (row: $0, text: tick.label) } }
    layout.frame.drawValueAxis(labels, on: &canvas, look)
    let steps = layout.steps.wholeTicks(max(1, layout.frame.area.width / 6)).compactMap { tick in
      layout.column(of: tick.value).map { (column: $0, text: tick.label) }
    }
    let mark = cursor.flatMap { cursor in
      layout.column(of: cursor).map { (column: $0, text: NumberText.shortest(cursor)) }
    }
    layout.frame.drawStepAxis(steps, name: stepName, cursor: mark, on: &canvas, look)
    layout.frame.drawMarks(marks.compactMap { layout.column(of: $0) }, on: &canvas, look)
  }

  private func drawLevels(_ layout: Layout, on canvas: inout Canvas, _ look: Look) {
    let area = layout.frame.area
    for row in levels.compactMap({ layout.row(of: $0.value) }) {
      canvas.fill(Rect(x: area.x, y: row, width: area.width, height: 1), Self.levelGlyph, look[.level])
    }
  }

  private static let levelGlyph: Unicode.Scalar = "┄"

  /// A level's label stands on its line where no curve passes: at the right end if there is room, else at the left;
  /// where there is none, it is left out.
  private func labelLevels(_ layout: Layout, on canvas: inout Canvas, _ look: Look) {
    let area = layout.frame.area
    for level in levels {
      let width = DisplayWidth.of(level.label) + 2
      guard let row = layout.row(of: level.value), width + 2 <= area.width else { continue }
      let places = [area.maxX - width, area.x + 1]
      let isFree = { (start: Int) in (start..<start + width).allSatisfy { canvas[$0, row].scalar == Self.levelGlyph } }
      guard let start = places.first(where: isFree) else { continue }
      canvas.write(" \(level.label) ", look[.level], at: start, row)
    }
  }

  private func drawCursor(_ layout: Layout, on canvas: inout Canvas, _ look: Look) {
    guard let cursor, let column = layout.column(of: cursor) else { return }
    let area = layout.frame.area
    canvas.fill(Rect(x: column, y: area.y, width: 1, height: area.height), "│", look[.dim])
  }

  private func drawCurves(_ layout: Layout, on canvas: inout Canvas, _ look: Look) {
    let area = layout.frame.area
    var raster = Raster(size: area.size, dots: look.dots)
    var defects: [Curve.Defect] = []
    for one in series {
      var curve = Curve(style: look[one.role], stroke: one.stroke, layout: layout, perCell: look.dots.perCell)
      curve.draw(one, on: &raster)
      defects += curve.defects
    }
    raster.draw(on: &canvas, at: area.x, area.y)
    for defect in defects { defect.draw(in: area, on: &canvas) }
    for one in series { drawLetter(of: one, layout, on: &canvas, look) }
  }

  /// The letter stands at the cursor if the curve has a value there, else at the curve's last value.
  private func drawLetter(of one: Series, _ layout: Layout, on canvas: inout Canvas, _ look: Look) {
    guard let letter = one.letter else { return }
    func place(_ index: Int) -> Point? {
      guard let value = one.values[index], let row = layout.row(of: value) else { return nil }
      return layout.column(of: one.position(index)).map { Point(x: $0, y: row) }
    }
    let here = index(of: one, at: cursor).flatMap { place($0) }
    let last = one.values.indices.reversed().prefix(4096).lazy.compactMap { place($0) }.first
    if let point = here ?? last { canvas.put(letter, look[one.role].with(.bold), at: point.x, point.y) }
  }

  /// Index of the value at a position, if there is one exactly there.
  private func index(of one: Series, at position: Double?) -> Int? {
    guard let position else { return nil }
    guard let positions = one.positions else {
      guard position.rounded() == position, position >= 0, position < Double(one.values.count) else { return nil }
      return Int(position)
    }
    return positions.firstIndex(of: position).flatMap { $0 < one.values.count ? $0 : nil }
  }

  /// Labels go, letters and read-outs stay, where not everything fits.
  private func drawLegend(_ layout: Layout, on canvas: inout Canvas, _ look: Look) {
    guard let legend = layout.frame.legend else { return }
    var x = layout.frame.area.x
    let isTight = series.reduce(-2) { $0 + legendWidth(of: $1, label: $1.label) + 2 } > legend.maxX - x
    for one in series {
      let label = isTight && one.letter != nil ? "" : one.label
      guard x + legendWidth(of: one, label: label) <= legend.maxX else { return }
      x = canvas.write(sample(of: one), look[one.role], at: x, legend.y)
      if !label.isEmpty { x = canvas.write(" " + label, look[.text], at: x, legend.y) }
      if let text = readOut(of: one) { x = canvas.write(" " + text, look[.cursor], at: x, legend.y) }
      x += 2
    }
  }

  private func legendWidth(of one: Series, label: String) -> Int {
    2 + (label.isEmpty ? 0 : 1 + DisplayWidth.of(label)) + (readOut(of: one).map { 1 + DisplayWidth.of($0) } ?? 0)
  }

  private func sample(of one: Series) -> String {
    let stroke =
      switch one.stroke {
      case .solid: "─"
      case .dashed: "╌"
      case .dotted: "┈"
      }
    return stroke + (one.letter.map { String(Character($0)) } ?? stroke)
  }

  private func readOut(of one: Series) -> String? {
    guard cursor != nil else { return nil }
    guard let index = index(of: one, at: cursor) else { return NumberText.undefined }
    let value = one.values[index]
    return scale == .log10 ? NumberText.scientific(value) : NumberText.significant(value)
  }
}
