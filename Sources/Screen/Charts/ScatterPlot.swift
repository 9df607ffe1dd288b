internal import Glibc

/// Points of the complex plane with the unit circle; one unit is as long across as it is up.
public struct ScatterPlot: Drawable {
  public struct Mark: Sendable {
    public var real: Double
    public var imaginary: Double
    public var glyph: Unicode.Scalar
    public var role: Theme.Role

    public init(_ real: Double, _ imaginary: Double, glyph: Unicode.Scalar = "•", role: Theme.Role = .series1) {
      self.real = real
      self.imaginary = imaginary
      self.glyph = glyph
      self.role = role
    }
  }

  /// Those that are not finite are counted below the plot, not drawn.
  public var marks: [Mark]
  /// Largest coordinate shown; `nil`: all marks and the unit circle.
  public var limit: Double?

  public init(_ marks: [Mark], limit: Double? = nil) {
    self.marks = marks
    self.limit = limit
  }

  public func draw(in rect: Rect, on canvas: inout Canvas, _ look: Look) {
    guard !rect.isEmpty else { return }
    var raster = Raster(size: rect.size, dots: look.dots)
    let plane = Plane(limit: extent, width: raster.width, height: raster.height)
    canvas.draw(in: rect) { region in
      drawAxes(plane, look.dots.perCell, on: &region, look)
      drawCircle(plane, on: &raster, look[.dim])
      raster.draw(on: &region, at: 0, 0)
      drawMarks(plane, look.dots.perCell, on: &region, look)
    }
  }

  /// Index of the mark whose cell is nearest to `point`, the first of several; `nil` outside `rect`, and where no mark
  /// is drawn.
  public func mark(nearest point: Point, in rect: Rect, _ dots: Dots) -> Int? {
    guard rect.contains(point) else { return nil }
    let raster = Raster(size: rect.size, dots: dots)
    let plane = Plane(limit: limit ?? span, width: raster.width, height: raster.height)
    func distance(_ mark: Mark) -> Int {
      let cell = plane.cell(mark.real, mark.imaginary, dots.perCell)
      let (x, y) = ((cell.x + rect.x - point.x) * dots.perCell.width, (cell.y + rect.y - point.y) * dots.perCell.height)
      return x * x + y * y
    }
    return marks.indices.filter { isDrawn(marks[$0], on: plane) }.min { distance(marks[$0]) < distance(marks[$1]) }
  }

  private func isDrawn(_ mark: Mark, on plane: Plane) -> Bool {
    isFinite(mark) && max(abs(mark.real), abs(mark.imaginary)) <= plane.limit
  }

  func isFinite(_ mark: Mark) -> Bool { mark.real.isFinite && mark.imaginary.isFinite }

  /// The largest coordinate shown.
  var extent: Double { limit.flatMap { $0 > 0 && $0.isFinite ? $0 : nil } ?? span }

  private var span: Double {
    let farthest = marks.filter { isFinite($0) }.map { max(abs($0.real), abs($0.imaginary)) }.max() ?? 0
    return min(max(1, farthest), 1e300) * 1.08
  }

  private func drawAxes(_ plane: Plane, _ perCell: Size, on canvas: inout Canvas, _ look: Look) {
    let bounds = canvas.bounds
    guard bounds.width >= 8, bounds.height >= 4 else { return }
    let origin = plane.cell(0, 0, perCell)
    canvas.fill(Rect(x: 0, y: origin.y, width: bounds.width, height: 1), "─", look[.border])
    canvas.fill(Rect(x: origin.x, y: 0, width: 1, height: bounds.height), "│", look[.border])
    canvas.put("┼", look[.border], at: origin.x, origin.y)
    canvas.write("re", look[.dim], at: bounds.width - 2, origin.y)
    canvas.write("im", look[.dim], at: origin.x, 0)
  }

  private func drawCircle(_ plane: Plane, on raster: inout Raster, _ style: Style) {
    let count = 96
    var last = plane.dot(1, 0)
    for index in 1...count {
      let angle = 2 * Double.pi * Double(index) / Double(count)
      let next = plane.dot(cos(angle), sin(angle))
      raster.line(from: last, to: next, style)
      last = next
    }
  }

  private func drawMarks(_ plane: Plane, _ perCell: Size, on canvas: inout Canvas, _ look: Look) {
    for mark in marks where isDrawn(mark, on: plane) {
      let cell = plane.cell(mark.real, mark.imaginary, perCell)
      canvas.put(mark.glyph, look[mark.role].with(.bold), at: cell.x, cell.y)
    }
    let bounds = canvas.bounds
    let lost = marks.filter { !isFinite($0) }.count
    if lost > 0 { canvas.write("\(lost) undefined", look[.undefined], at: 0, bounds.height - 1, width: bounds.width) }
    guard bounds.width >= 16, bounds.height >= 6 else { return }
    canvas.write("limit \(NumberText.significant(plane.limit, digits: 2))", look[.dim], at: 0, 0)
  }
}

extension ScatterPlot {
  /// From the complex plane to square dots.
  private struct Plane {
    let limit: Double
    let center: (x: Double, y: Double)
    let scale: Double

    init(limit: Double, width: Int, height: Int) {
      self.limit = limit
      center = (Double(width - 1) / 2, Double(height - 1) / 2)
      scale = min(center.x, center.y)
    }

    func dot(_ real: Double, _ imaginary: Double) -> (x: Double, y: Double) {
      (center.x + real / limit * scale, center.y - imaginary / limit * scale)
    }

    func cell(_ real: Double, _ imaginary: Double, _ perCell: Size) -> Point {
      let dot = dot(real, imaginary)
      return Point(x: Int(dot.x.rounded()) / perCell.width, y: Int(dot.y.rounded()) / perCell.height)
    }
  }
}
