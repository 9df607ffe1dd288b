/// Where the parts of a figure lie: legend above, axes with their ticks left of the area and below it.
struct FigureFrame {
  let legend: SVG.Box
  let area: SVG.Box

  private static let below = 34.0
  private static let line = 18.0

  /// `legendRows`: lines of the legend.
  init(in box: SVG.Box, labels: [String], legendRows: Int) {
    let left = 10 + (labels.map { SVG.width(of: $0) }.max() ?? 0)
    let top = Double(legendRows) * Self.line + 4
    legend = SVG.Box(x: box.x + left, y: box.y, width: box.width - left, height: top)
    area = SVG.Box(x: box.x + left, y: box.y + top, width: box.width - left - 8, height: box.height - top - Self.below)
  }

  private init(legend: SVG.Box, area: SVG.Box) {
    self.legend = legend
    self.area = area
  }

  /// The same with an area as wide as it is high, in the middle.
  var squared: FigureFrame {
    let side = min(area.width, area.height)
    let box = SVG.Box(x: area.x + (area.width - side) / 2, y: area.y, width: side, height: side)
    return FigureFrame(legend: legend, area: box)
  }

  /// The baseline of a line of the legend.
  func baseline(_ row: Int) -> Double { legend.y + Double(row) * Self.line + SVG.fontSize }

  func x(_ share: Double) -> Double { area.x + share * area.width }
  func y(_ share: Double) -> Double { area.maxY - share * area.height }

  /// About as many ticks as can be read.
  var tickCount: (across: Int, up: Int) { (max(1, Int(area.width / 60)), max(2, Int(area.height / 30))) }

  func drawBorder(on svg: inout SVG) { svg.frame(area, svg.theme[.border]) }

  /// Ticks at shares of the area's width, with the axis' name below.
  func drawStepAxis(_ ticks: [(share: Double, text: String)], name: String, on svg: inout SVG) {
    for tick in ticks where (-1e-9...1 + 1e-9).contains(tick.share) {
      svg.line((x(tick.share), area.maxY), (x(tick.share), area.maxY + 4), svg.theme[.border])
      svg.text(tick.text, at: (x(tick.share), area.maxY + 16), svg.theme[.dim], .middle)
    }
    svg.text(name, at: (area.x + area.width / 2, area.maxY + 31), svg.theme[.text], .middle)
  }

  /// Ticks at shares of the area's height.
  func drawValueAxis(_ ticks: [(share: Double, text: String)], on svg: inout SVG) {
    for tick in ticks where (-1e-9...1 + 1e-9).contains(tick.share) {
      svg.line((area.x - 4, y(tick.share)), (area.x, y(tick.share)), svg.theme[.border])
      svg.text(tick.text, at: (area.x - 7, y(tick.share) + 4), svg.theme[.dim], .end)
    }
  }
}

extension Axis {
  /// Ticks with their places on the axis.
  func places(of ticks: [Tick]) -> [(share: Double, text: String)] {
    ticks.compactMap { tick in position(of: tick.value).map { (share: $0, text: tick.label) } }
  }
}
