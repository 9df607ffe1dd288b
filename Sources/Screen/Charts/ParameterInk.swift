/// Characters and colours of a parameter map's cells.
struct ParameterInk {
  private let coloring: ParameterMap.Coloring
  private let look: Look
  /// For values along a palette, told as shares of it.
  private let ramp: HeatMap.Ink

  init(_ coloring: ParameterMap.Coloring, _ look: Look) {
    self.coloring = coloring
    self.look = look
    if case .diverging = coloring {
      ramp = HeatMap.Ink(limit: 1, look)
    } else {
      ramp = HeatMap.Ink(.sequential(), 0...1, look)
    }
  }

  /// Whether colours alone can show values.
  private var isFine: Bool {
    guard case .categories = coloring else { return HeatMap.Ink.isFine(look.profile) }
    return HeatMap.Ink.isFine(look.profile) && look[.series1].foreground != .standard
  }

  /// What a cell of the screen shows of the contents of its two halves; `nil` where there is nothing.
  func cell(
    _ upper: ParameterMap.Content?, _ lower: ParameterMap.Content?, _ x: Int, _ y: Int
  ) -> Canvas.Cell? {
    if case .categories = coloring { return categoryCell(upper, lower, x, y) }
    guard isFine else { return coarseCell(lower) }
    switch (color(upper), color(lower)) {
    case (let above?, let below?): return Canvas.Cell("▀", Style(above, on: below))
    case (let above?, nil): return Canvas.Cell("▀", Style(above))
    case (nil, let below?): return Canvas.Cell("▄", Style(below))
    case (nil, nil): return isUndefined(upper) || isUndefined(lower) ? Canvas.Cell("×", look[.undefined]) : nil
    }
  }

  private func coarseCell(_ content: ParameterMap.Content?) -> Canvas.Cell? {
    let place = place(content)
    if case .outside = place { return nil }
    return ramp.cell(place, place, isMarked: false)
  }

  private func isUndefined(_ content: ParameterMap.Content?) -> Bool {
    if case .undefined = place(content) { true } else { false }
  }

  private func place(_ content: ParameterMap.Content?) -> HeatMap.Place {
    switch content {
    case .value(let value): share(value).map { .value($0) } ?? .undefined
    case .undefined: .undefined
    case .pending, nil: .outside
    }
  }

  /// Where a value stands on the palette: 0 to 1, or -1 to 1 around 0.
  private func share(_ value: Double) -> Double? {
    switch coloring {
    case .sequential(let axis): axis.position(of: value).map { min(1, max(0, $0)) }
    case .diverging(let limit): value.isFinite && limit > 0 ? min(1, max(-1, value / limit)) : nil
    case .categories: nil
    }
  }

  private func category(_ content: ParameterMap.Content?) -> ParameterMap.Category? {
    guard case .categories(let all) = coloring, case .value(let value)? = content else { return nil }
    let index = Int(value)
    return all.indices.contains(index) ? all[index] : nil
  }

  /// Colours, with the letter here and there; or letters alone.
  private func categoryCell(
    _ upper: ParameterMap.Content?, _ lower: ParameterMap.Content?, _ x: Int, _ y: Int
  ) -> Canvas.Cell? {
    if lower == .undefined { return Canvas.Cell(isFine ? "×" : "?", look[.undefined]) }
    let categories = [upper, lower].map(category)
    guard isFine else { return categories[1].map { Canvas.Cell($0.letter, look[$0.role]) } }
    let colors = categories.map { $0.map(color) }
    switch (colors[0], colors[1]) {
    case (_?, let below?) where y % 4 == 1 && (x + (y / 4 % 2) * 6) % 12 == 5:
      return categories[1].map { Canvas.Cell($0.letter, Style(below.contrast, on: below)) }
    case (let above?, let below?): return Canvas.Cell("▀", Style(above, on: below))
    case (let above?, nil): return Canvas.Cell("▀", Style(above))
    case (nil, let below?): return Canvas.Cell("▄", Style(below))
    case (nil, nil): return nil
    }
  }

  /// The role's colour, muted, so that what is drawn over it is seen.
  private func color(_ category: ParameterMap.Category) -> Color {
    look[.cursor].foreground.contrast.blended(with: look[category.role].foreground, category.strength)
  }

  /// What a character looks like over a cell.
  func over(_ content: ParameterMap.Content) -> Style {
    guard isFine, let color = color(content) else { return look[.cursor] }
    return Style(color.contrast, on: color).with(.bold)
  }

  /// The colour of a cell; `nil` where it has none.
  func color(_ content: ParameterMap.Content?) -> Color? {
    if case .categories = coloring { return category(content).map(color) }
    if case .value = place(content) { return ramp.color(place(content)) }
    return nil
  }
}

// MARK: - Legend

extension ParameterInk {
  /// Of categories those that the map has.
  func drawLegend(from x: Int, to end: Int, of contents: [ParameterMap.Content], on canvas: inout Canvas) {
    var x = x
    if case .categories(let all) = coloring {
      for (index, category) in all.enumerated()
      where contents.contains(.value(Double(index))) && x + category.name.count + 4 <= end {
        let color = isFine ? color(category) : .standard
        let style = isFine ? Style(color.contrast, on: color) : look[category.role]
        x = canvas.write(" \(Character(category.letter)) ", style, at: x, 0)
        x = canvas.write(" " + category.name + " ", look[.dim], at: x, 0)
      }
    } else {
      let (low, high) = ends
      x = ramp.drawRamp(from: x, to: end, low, high, on: &canvas)
    }
    guard contents.contains(.undefined), x + 13 <= end else { return }
    x = canvas.write(isFine ? "  ×" : "  ?", look[.undefined], at: x, 0)
    canvas.write(" undefined", look[.dim], at: x, 0)
  }

  /// Colours for a legend on paper: of each category with its name, or the palette in small steps.
  var samples: [(color: Color, width: Double, name: String?)] {
    switch coloring {
    case .categories(let all): all.map { (color($0), 12, $0.name) }
    case .sequential, .diverging:
      (0..<48).map { step in (ramp.palette.color(at: Double(step) / 47), 3, nil) }
    }
  }

  /// What the ends of the palette mean.
  var ends: (low: String, high: String) {
    switch coloring {
    case .sequential(let axis): (NumberText.significant(axis.lower), NumberText.significant(axis.upper))
    case .diverging(let limit): (NumberText.significant(-limit), NumberText.significant(limit))
    case .categories: ("", "")
    }
  }
}
