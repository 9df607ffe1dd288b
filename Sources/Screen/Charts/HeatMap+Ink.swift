extension HeatMap {
  /// Characters and colours of a heat map's cells.
  struct Ink {
    private let coloring: Coloring
    let low: Double
    let high: Double
    private let look: Look

    /// Whether colours alone can show values.
    static func isFine(_ profile: Profile) -> Bool { profile == Profile(colors: .palette256, glyphs: .unicode) }

    init(_ coloring: Coloring, grid: HeatGrid, _ look: Look) {
      self.coloring = coloring
      self.look = look
      switch coloring {
      case .diverging(let limit):
        let largest = limit ?? grid.extremes.all.map(abs).max() ?? 1
        (low, high) = (-largest, largest)
      case .sequential(let range):
        low = range?.lowerBound ?? grid.extremes.all.first ?? 0
        high = range?.upperBound ?? grid.extremes.all.last ?? 1
      }
    }

    /// Colours for values of a range.
    init(_ coloring: Coloring, _ range: ClosedRange<Double>, _ look: Look) {
      self.coloring = coloring
      (low, high) = (range.lowerBound, range.upperBound)
      self.look = look
    }

    /// Colours for values up to a magnitude, symmetric around 0.
    init(limit: Double, _ look: Look) {
      coloring = .diverging(limit: limit)
      (low, high) = (-limit, limit)
      self.look = look
    }

    func cell(_ upper: Place, _ lower: Place, isMarked: Bool) -> Canvas.Cell {
      guard Self.isFine(look.profile) else { return rampCell(upper, isMarked: isMarked) }
      switch (upper, lower) {
      case (.undefined, .undefined), (.undefined, .outside):
        return Canvas.Cell("×", Style(look[.undefined].foreground).with(isMarked ? .reverse : []))
      case (.outside, .outside): return Canvas.Cell()
      case (_, .outside):
        return marked(Canvas.Cell("▀", Style(color(upper))), isMarked)
      default:
        return marked(Canvas.Cell("▀", Style(color(upper), on: color(lower))), isMarked)
      }
    }

    /// A marked cell keeps its upper colour behind a line.
    private func marked(_ cell: Canvas.Cell, _ isMarked: Bool) -> Canvas.Cell {
      guard isMarked else { return cell }
      let color = cell.style.foreground
      return Canvas.Cell("│", Style(color.contrast, on: color))
    }

    func color(_ place: Place) -> Color {
      switch place {
      case .value(let value): palette.color(at: share(value))
      case .undefined, .outside: look[.undefined].foreground
      }
    }

    var palette: Palette {
      switch coloring {
      case .diverging: look.theme.diverging
      case .sequential: look.theme.sequential
      }
    }

    /// 0 at the low end of the legend, 1 at the high end; the middle where both are the same.
    private func share(_ value: Double) -> Double {
      let spread = high / 2 - low / 2
      return spread > 0 ? min(1, max(0, (value / 2 - low / 2) / spread)) : 0.5
    }

    private func rampCell(_ place: Place, isMarked: Bool) -> Canvas.Cell {
      switch place {
      case .outside: return Canvas.Cell()
      case .undefined: return Canvas.Cell("?", look[.undefined].with(isMarked ? .reverse : []))
      case .value(let value): return rampCell(at: share(value), isMarked: isMarked)
      }
    }

    private func rampCell(at share: Double, isMarked: Bool) -> Canvas.Cell {
      let style = Style(rampColor(at: share)).with(isMarked ? .reverse : [])
      switch coloring {
      case .sequential: return Canvas.Cell(Self.pick(isAscii ? Self.tenLevels : Self.fiveLevels, share), style)
      case .diverging:
        let strength = abs(2 * share - 1)
        if strength < 0.05 { return Canvas.Cell("·", style) }
        let ramp = needsSigns ? (share < 0.5 ? Self.negative : Self.positive) : Self.shades
        return Canvas.Cell(Self.pick(ramp, strength), style)
      }
    }

    private func rampColor(at share: Double) -> Color {
      switch (look.profile.colors, coloring) {
      case (.mono, _): .standard
      case (.palette256, _): palette.color(at: share)
      case (_, .sequential): .standard
      case (_, .diverging): look[share < 0.5 ? .series1 : .series2].foreground
      }
    }

    private var isAscii: Bool { look.profile.glyphs == .ascii }
    private var needsSigns: Bool { isAscii || look.profile.colors == .mono }

    private static func pick(_ ramp: [Unicode.Scalar], _ share: Double) -> Unicode.Scalar {
      ramp[min(ramp.count - 1, Int(share * Double(ramp.count)))]
    }

    private static let tenLevels: [Unicode.Scalar] = [".", ":", "-", "=", "+", "o", "*", "%", "#", "@"]
    private static let fiveLevels: [Unicode.Scalar] = ["·", "░", "▒", "▓", "█"]
    private static let shades: [Unicode.Scalar] = ["░", "▒", "▓", "█"]
    private static let negative: [Unicode.Scalar] = ["-", "=", "%"]
    private static let positive: [Unicode.Scalar] = ["+", "*", "#"]

    /// `low ramp high`, what is undefined, and how many values share a place.
    func drawLegend(from x: Int, to end: Int, _ grid: HeatGrid, on canvas: inout Canvas) {
      guard grid.width > 0 else { return }
      let low = NumberText.significant(self.low, digits: 2)
      let high = NumberText.significant(self.high, digits: 2)
      let column = drawRamp(from: x, to: end, low, high, on: &canvas)
      if column > x { drawNotes(from: column, to: end, grid, on: &canvas) }
    }

    /// The palette between the texts of its ends, if there is room; gives the column after it.
    func drawRamp(from x: Int, to end: Int, _ low: String, _ high: String, on canvas: inout Canvas) -> Int {
      let length = min(16, end - x - DisplayWidth.of(low) - DisplayWidth.of(high) - 2)
      guard length >= 3 else { return x }
      let column = canvas.write(low + " ", look[.dim], at: x, 0)
      for index in 0..<length {
        let share = Double(index) / Double(length - 1)
        let full = Canvas.Cell("█", Style(palette.color(at: share)))
        let cell = Self.isFine(look.profile) ? full : rampCell(at: share, isMarked: false)
        canvas.put(cell.scalar, cell.style, at: column + index, 0)
      }
      return canvas.write(" " + high, look[.dim], at: column + length, 0)
    }

    private func drawNotes(from x: Int, to end: Int, _ grid: HeatGrid, on canvas: inout Canvas) {
      var x = x
      if grid.hasUndefined, x + 13 <= end {
        x = canvas.write(Self.isFine(look.profile) ? "  ×" : "  ?", look[.undefined], at: x, 0)
        x = canvas.write(" undefined", look[.dim], at: x, 0)
      }
      let gathered = "  peak of \(grid.gathered.height)x\(grid.gathered.width)"
      if grid.gathered.width * grid.gathered.height > 1, x + gathered.count <= end {
        canvas.write(gathered, look[.dim], at: x, 0)
      }
    }
  }
}
