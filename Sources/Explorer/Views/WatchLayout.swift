import Screen

/// Where the panes of the watch screen are: shared by drawing and by the mouse.
struct WatchLayout {
  /// The line that says what is open and where the run stands.
  let status: Rect
  /// The line of verdicts.
  let lights: Rect
  /// The lines that say why the run did not converge; empty where it did not fail.
  let failure: Rect
  let panes: [(pane: WatchPane, rect: Rect)]
  /// The timeline over all steps.
  let scrubber: Rect
  let footer: Rect

  init(_ size: Size, _ watch: Watch) {
    status = Rect(x: 0, y: 0, width: size.width, height: 1)
    footer = Rect(x: 0, y: size.height - 1, width: size.width, height: 1)
    scrubber = Rect(x: 0, y: size.height - 2, width: size.width, height: 1)
    lights = Rect(x: 0, y: 1, width: size.width, height: 1)
    let lines = watch.failure?.lines(width: size.width - 2).count ?? 0
    failure = Rect(x: 1, y: 2, width: size.width - 2, height: lines)
    let body = Rect(x: 0, y: 2 + lines, width: size.width, height: size.height - 4 - lines)
    panes = watch.isZoomed ? [(watch.focus, body)] : Self.grid(body)
  }

  /// Four panes in two columns; more of them where there is room.
  private static func grid(_ body: Rect) -> [(pane: WatchPane, rect: Rect)] {
    if body.width >= 160, body.height >= 45 {
      return columns(
        body, [11, 9, 8],
        [[.residual, .activations, .activity], [.contraction, .trajectories, .spectrum], [.certificates, .state]])
    }
    if body.width >= 110, body.height >= 33 {
      return columns(body, [11, 9], [[.residual, .activations], [.contraction, .trajectories, .state]])
    }
    return columns(body, [11, 9], [[.residual, .activations], [.contraction, .state]])
  }

  /// Columns of panes of equal height, the columns' widths in parts of their sum.
  private static func columns(
    _ body: Rect, _ widths: [Int], _ panes: [[WatchPane]]
  ) -> [(pane: WatchPane, rect: Rect)] {
    let total = widths.reduce(0, +)
    return panes.indices.flatMap { column in
      let left = widths[..<column].reduce(0, +) * body.width / total
      let right = widths[...column].reduce(0, +) * body.width / total
      let count = panes[column].count
      return panes[column].enumerated().map { row, pane in
        let (top, bottom) = (edge(row, of: count, body.height), edge(row + 1, of: count, body.height))
        return (pane, Rect(x: body.x + left, y: body.y + top, width: right - left, height: bottom - top))
      }
    }
  }

  private static func edge(_ row: Int, of count: Int, _ height: Int) -> Int { (row * height + count - 1) / count }

  func pane(at point: Point) -> WatchPane? { panes.first { $0.rect.contains(point) }?.pane }

  func grip(at point: Point) -> WatchGrip? {
    scrubber.contains(point) ? .timeline : pane(at: point).map { .pane($0) }
  }

  /// The step beside a cell on one of the things that show steps: the nearest end where the cell is outside.
  func step(nearest point: Point, on grip: WatchGrip, in watch: Watch) -> Int? {
    guard let rect = grip == .timeline ? scrubber : panes.first(where: { grip == .pane($0.pane) })?.rect
    else { return nil }
    return rect.nearest(to: point) { step(at: $0, in: watch) }
  }

  /// The step under a cell of a plot, of the heat map or of the timeline.
  func step(at point: Point, in watch: Watch) -> Int? {
    if scrubber.contains(point) { return watch.timeline.position(at: point, in: scrubber) }
    guard let (pane, rect) = panes.first(where: { $0.rect.contains(point) }) else { return nil }
    let inside = rect.inset
    switch pane {
    case .residual: return watch.residualPlot.position(at: point, in: inside).map { Int($0.rounded()) }
    case .contraction: return watch.contractionPlot.position(at: point, in: inside).map { Int($0.rounded()) }
    case .activations: return watch.activations(width: inside.width).step(at: point, in: inside)
    case .trajectories:
      return watch.trajectories(width: inside.width).position(at: point, in: inside).map { Int($0.rounded()) }
    case .activity: return watch.activityPlot.position(at: point, in: inside).map { Int($0.rounded()) }
    case .state, .spectrum, .certificates: return nil
    }
  }
}

extension Rect {
  /// What a border of one cell leaves.
  var inset: Rect { Rect(x: x + 1, y: y + 1, width: width - 2, height: height - 2) }
}
