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

  /// Two columns; the plots above, the units below.
  private static func grid(_ body: Rect) -> [(pane: WatchPane, rect: Rect)] {
    let left = body.width * 11 / 20
    let top = (body.height + 1) / 2
    func cell(_ x: Int, _ y: Int, _ width: Int, _ height: Int) -> Rect {
      Rect(x: body.x + x, y: body.y + y, width: width, height: height)
    }
    return [
      (.residual, cell(0, 0, left, top)),
      (.contraction, cell(left, 0, body.width - left, top)),
      (.activations, cell(0, top, left, body.height - top)),
      (.state, cell(left, top, body.width - left, body.height - top)),
    ]
  }

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
    case .state: return nil
    }
  }
}

extension Rect {
  /// What a border of one cell leaves.
  var inset: Rect { Rect(x: x + 1, y: y + 1, width: width - 2, height: height - 2) }
}
