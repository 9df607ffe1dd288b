import Screen

/// Where the parts of the compare screen are: shared by drawing and by the mouse.
struct CompareLayout {
  /// A line a side.
  let status: [Rect]
  let residual: Rect
  let difference: Rect
  let contraction: Rect
  let table: Rect

  init(_ size: Size) {
    status = (0..<2).map { Rect(x: 0, y: $0, width: size.width, height: 1) }
    let body = Rect(x: 0, y: 2, width: size.width, height: size.height - 3)
    let left = body.width / 2
    let top = (body.height + 1) / 2
    residual = Rect(x: 0, y: body.y, width: left, height: top)
    difference = Rect(x: left, y: body.y, width: body.width - left, height: top)
    contraction = Rect(x: 0, y: body.y + top, width: left, height: body.height - top)
    table = Rect(x: left, y: body.y + top, width: body.width - left, height: body.height - top)
  }

  /// The step under a cell of a plot over steps.
  func step(at point: Point, in watch: Watch) -> Int? {
    guard let comparison = Comparison(watch) else { return nil }
    let plots: [(Rect, LinePlot?)] = [
      (residual, watch.comparison.axis == .steps ? comparison.residualPlot : nil),
      (difference, comparison.differencePlot),
      (contraction, comparison.contractionPlot),
    ]
    return plots.lazy.compactMap { rect, plot in plot?.position(at: point, in: rect.inset) }.first
      .map { Int($0.rounded()) }
  }
}
