import FixedPoint
import Screen
import Training

/// One sample as the model now sees it: its label, the prediction, z* as colours, and the classes' probabilities.
struct SampleView: Drawable {
  let probe: SampleProbe

  func draw(in rect: Rect, on canvas: inout Canvas, _ look: Look) {
    let isRight = probe.label == probe.prediction
    let verdict = "label \(probe.label ?? "–"), predicted \(probe.prediction ?? NumberText.undefined)"
    canvas.write(verdict, look[isRight ? .good : .bad], at: rect.x, rect.y, width: rect.width)
    let rest = Rect(x: rect.x, y: rect.y + 1, width: rect.width, height: rect.height - 1)
    guard let probabilities = probe.probabilities else { return drawState(in: rest, on: &canvas, look) }
    let isWide = rect.width >= 36
    let barsWidth = isWide ? max(16, rect.width * 2 / 5) : rect.width
    let barsHeight = isWide ? rest.height : min(rest.height / 2, probabilities.count)
    let bars = Rect(x: rest.maxX - barsWidth, y: rest.maxY - barsHeight, width: barsWidth, height: barsHeight)
    let state = Rect(
      x: rest.x, y: rest.y, width: rest.width - (isWide ? barsWidth + 1 : 0),
      height: rest.height - (isWide ? 0 : barsHeight))
    drawState(in: state, on: &canvas, look)
    BarList(
      zip(probe.classes, probabilities).map { name, share in
        BarList.Item(
          name, share, text: NumberText.percent(share), role: name == probe.label ? .series1 : .series2)
      }, limit: 1
    ).draw(in: bars, on: &canvas, look)
  }

  /// Units from left to right and row by row; of images the mean over the channels.
  private func drawState(in rect: Rect, on canvas: inout Canvas, _ look: Look) {
    let (values, columns) = picture(width: max(1, rect.width - 4))
    HeatMap(
      rows: (values.count + columns - 1) / columns, columns: columns,
      columnName: probe.shape.rank == 3 ? "mean over channels" : "unit", count: values.count
    ) { row, column in values[row * columns + column] }.draw(in: rect, on: &canvas, look)
  }

  private func picture(width: Int) -> (values: [Double], columns: Int) {
    guard probe.shape.rank == 3 else {
      // Rows of about a fourth of the units, but at least as long as there is room for.
      let rows = max((probe.state.count + width - 1) / width, min(4, (probe.state.count + 7) / 8))
      return (probe.state, (probe.state.count + rows - 1) / rows)
    }
    let channels = probe.shape.sizes[2]
    let means = (0..<probe.state.count / channels).map { pixel in
      probe.state[pixel * channels..<(pixel + 1) * channels].reduce(0, +) / Double(channels)
    }
    return (means, probe.shape.sizes[1])
  }
}
