/// Paths in a plane, each from a ring at its start to a dot at its end.
public struct PathPlot: Figure {
  public struct Path: Sendable {
    public var points: [(x: Double, y: Double)]
    public var role: Theme.Role

    public init(_ points: [(x: Double, y: Double)], role: Theme.Role) {
      self.points = points
      self.role = role
    }
  }

  public var paths: [Path]
  public var xName: String
  public var yName: String

  public init(_ paths: [Path], xName: String, yName: String) {
    self.paths = paths
    self.xName = xName
    self.yName = yName
  }

  public func draw(in box: SVG.Box, on svg: inout SVG) {
    let points = paths.flatMap(\.points)
    let (across, up) = (Self.axis(points.map(\.x)), Self.axis(points.map(\.y)))
    let ticks = up.places(of: up.ticks(max(2, Int(box.height / 40))))
    let frame = FigureFrame(in: box, labels: ticks.map(\.text), legendRows: 1)
    svg.text(yName, at: (frame.area.x, frame.baseline(0)), svg.theme[.text])
    frame.drawValueAxis(ticks, on: &svg)
    frame.drawStepAxis(across.places(of: across.ticks(frame.tickCount.across)), name: xName, on: &svg)
    svg.clipped(to: frame.area) { svg in
      for path in paths { Self.draw(path, across, up, frame, on: &svg) }
    }
    frame.drawBorder(on: &svg)
  }

  /// All values with a little room beside them.
  private static func axis(_ values: [Double]) -> Axis {
    let axis = Axis(.linear, covering: values)
    let margin = (axis.upper / 2 - axis.lower / 2) * 0.08
    return Axis(.linear, from: axis.lower - margin, to: axis.upper + margin)
  }

  private static func draw(_ path: Path, _ across: Axis, _ up: Axis, _ frame: FigureFrame, on svg: inout SVG) {
    let places = path.points.compactMap { point -> SVG.Place? in
      guard let x = across.position(of: point.x), let y = up.position(of: point.y) else { return nil }
      return (frame.x(x), frame.y(y))
    }
    guard let first = places.first, let last = places.last else { return }
    let style = svg.theme[path.role]
    svg.polyline(places, style, width: 1)
    svg.ring(first, radius: 3, style)
    svg.circle(last, radius: 3, fill: style)
  }
}
