import Screen

/// Where the parts of the spectrum screen are: shared by drawing and by the mouse.
struct SpectrumLayout {
  let status: Rect
  /// What the spectrum means, in two lines.
  let meaning: Rect
  let panes: [(pane: SpectrumPane, rect: Rect)]
  let scrubber: Rect

  init(_ size: Size, _ screen: SpectrumScreen) {
    status = Rect(x: 0, y: 0, width: size.width, height: 1)
    meaning = Rect(x: 1, y: 1, width: size.width - 2, height: 2)
    scrubber = Rect(x: 0, y: size.height - 2, width: size.width, height: 1)
    let body = Rect(x: 0, y: 3, width: size.width, height: size.height - 5)
    panes = screen.isZoomed ? [(screen.focus, body)] : Self.grid(body, screen)
  }

  /// One plane beside the plots; where there is room both planes, and in a wide window the eigenvalues as a list.
  private static func grid(_ body: Rect, _ screen: SpectrumScreen) -> [(pane: SpectrumPane, rect: Rect)] {
    let hasBoth = body.height >= 28
    let listWidth = body.width >= 160 ? 50 : 0
    let left = hasBoth ? min((body.width - listWidth) / 2, body.height * 11 / 10) : body.width / 2
    let right = body.width - listWidth - left
    let half = (body.height + 1) / 2
    func column(_ x: Int, _ width: Int, _ upper: SpectrumPane, _ lower: SpectrumPane) -> [(SpectrumPane, Rect)] {
      [
        (upper, Rect(x: x, y: body.y, width: width, height: half)),
        (lower, Rect(x: x, y: body.y + half, width: width, height: body.height - half)),
      ]
    }
    let planes =
      hasBoth
      ? column(0, left, .jacobian, .logarithmic)
      : [(screen.plane, Rect(x: 0, y: body.y, width: left, height: body.height))]
    let list = Rect(x: left + right, y: body.y, width: listWidth, height: body.height)
    return planes + column(left, right, .course, .singular) + (listWidth > 0 ? [(.list, list)] : [])
  }

  func pane(at point: Point) -> SpectrumPane? { panes.first { $0.rect.contains(point) }?.pane }

  func rect(of pane: SpectrumPane) -> Rect? { panes.first { $0.pane == pane }?.rect.inset }

  func grip(at point: Point) -> SpectrumGrip? {
    scrubber.contains(point) ? .timeline : pane(at: point) == .course ? .course : nil
  }

  /// The step beside a cell on something that shows steps.
  func step(nearest point: Point, on grip: SpectrumGrip, in watch: Watch) -> Int? {
    switch grip {
    case .timeline: scrubber.nearest(to: point) { watch.timeline.position(at: $0, in: scrubber) }
    case .course:
      rect(of: .course).flatMap { rect in
        rect.nearest(to: point) { watch.coursePlot.position(at: $0, in: rect) }.map { Int($0.rounded()) }
      }
    }
  }
}

extension Rect {
  /// What is found at the cell of the middle line that is nearest to a point and has something.
  func nearest<Found>(to point: Point, _ find: (Point) -> Found?) -> Found? {
    guard !isEmpty else { return nil }
    let first = min(max(x, point.x), maxX - 1)
    let middle = x + width / 2
    return stride(from: first, through: middle, by: first < middle ? 1 : -1).lazy
      .compactMap { find(Point(x: $0, y: y + height / 2)) }.first
  }
}
