/// A picture as scalable vector graphics: shapes and texts, later ones on top of earlier ones.
///
/// Lengths are in pixels of 1/96 inch, y points down, and every number is written with two decimals, so that the same
/// picture has the same bytes. Text stays text, in whatever sans serif font the reader has.
/// Source: W3C, *Scalable Vector Graphics (SVG) 1.1 (Second Edition)*.
public struct SVG: Sendable {
  /// A rectangle of the picture.
  public struct Box: Sendable, Equatable {
    public var x, y, width, height: Double

    public init(x: Double, y: Double, width: Double, height: Double) {
      (self.x, self.y, self.width, self.height) = (x, y, width, height)
    }

    var maxX: Double { x + width }
    var maxY: Double { y + height }
  }

  /// A place in the picture.
  typealias Place = (x: Double, y: Double)

  enum Anchor: String { case start, middle, end }

  static let fontSize = 12.0

  let theme: Theme
  private var body = ""
  private var clipCount = 0

  init(theme: Theme) { self.theme = theme }

  // MARK: Shapes

  mutating func line(_ from: Place, _ to: Place, _ style: Style, dashes: String? = nil, width: Double = 1) {
    polyline([from, to], style, dashes: dashes, width: width)
  }

  /// A line through points; a single one is a dot.
  mutating func polyline(_ points: [Place], _ style: Style, dashes: String? = nil, width: Double = 1.5) {
    if points.count == 1 { return circle(points[0], radius: width, fill: style) }
    let text = points.map { Self.number($0.x) + "," + Self.number($0.y) }.joined(separator: " ")
    let pattern = dashes.map { " stroke-dasharray=\"\($0)\"" } ?? ""
    element(
      "polyline points=\"\(text)\" fill=\"none\" stroke=\"\(color(style))\" stroke-width=\"\(Self.number(width))\""
        + " stroke-linejoin=\"round\"\(pattern)")
  }

  mutating func rect(_ box: Box, fill: String) {
    element("rect \(Self.attributes(box)) fill=\"\(fill)\" shape-rendering=\"crispEdges\"")
  }

  mutating func frame(_ box: Box, _ style: Style) {
    element("rect \(Self.attributes(box)) fill=\"none\" stroke=\"\(color(style))\" stroke-width=\"1.00\"")
  }

  mutating func circle(_ center: Place, radius: Double, fill: Style) {
    element("circle \(Self.attributes(center, radius)) fill=\"\(color(fill))\"")
  }

  mutating func ring(_ center: Place, radius: Double, _ style: Style) {
    element(
      "circle \(Self.attributes(center, radius)) fill=\"none\" stroke=\"\(color(style))\" stroke-width=\"1.00\"")
  }

  mutating func text(_ text: String, at place: Place, _ style: Style, _ anchor: Anchor = .start) {
    let weight = style.attributes.contains(.bold) ? " font-weight=\"bold\"" : ""
    body +=
      "<text x=\"\(Self.number(place.x))\" y=\"\(Self.number(place.y))\" text-anchor=\"\(anchor.rawValue)\""
      + " fill=\"\(color(style))\"\(weight)>\(Self.escaped(text))</text>\n"
  }

  /// What is drawn by `body` shows inside the box only.
  mutating func clipped(to box: Box, _ body: (inout SVG) -> Void) {
    clipCount += 1
    let name = "clip\(clipCount)"
    self.body +=
      "<clipPath id=\"\(name)\"><rect \(Self.attributes(box))/></clipPath>\n<g clip-path=\"url(#\(name))\">\n"
    body(&self)
    self.body += "</g>\n"
  }

  private mutating func element(_ text: String) { body += "<\(text)/>\n" }

  // MARK: The whole

  /// The document, on the theme's paper.
  func document(width: Double, height: Double, title: String) -> String {
    let (width, height) = (Self.number(width), Self.number(height))
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)" viewBox="0 0 \(width) \(height)" \
      font-family="Helvetica, Arial, DejaVu Sans, sans-serif" font-size="\(Self.number(Self.fontSize))">
      <title>\(Self.escaped(title))</title>
      <rect x="0.00" y="0.00" width="\(width)" height="\(height)" fill="\(Self.hex(theme.paper))"/>
      \(body)</svg>

      """
  }

  /// The width that a text takes, roughly: fonts differ.
  static func width(of text: String) -> Double { Double(DisplayWidth.of(text)) * fontSize * 0.58 }
}

// MARK: - Text of parts

extension SVG {
  /// The style's own colour, or the theme's ink where it has none; dimmed, half way to the paper.
  func color(_ style: Style) -> String {
    let ink = style.foreground == .standard ? theme.ink : style.foreground
    let isFaded = style.foreground == .standard && style.attributes.contains(.dim)
    return Self.hex(isFaded ? Palette([ink, theme.paper].map(Self.code)).color(at: 0.5) : ink)
  }

  static func hex(_ color: Color) -> String {
    let digits = String(code(color), radix: 16)
    return "#" + String(repeating: "0", count: 6 - digits.utf8.count) + digits
  }

  /// 0xRRGGBB; the terminal's own colours have none and are grey.
  private static func code(_ color: Color) -> UInt32 {
    guard case .rgb(let red, let green, let blue) = color else { return 0x808080 }
    return UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue)
  }

  /// Two decimals; what is far outside any picture is brought back to where it is still outside.
  static func number(_ value: Double) -> String {
    let hundredths = Int((min(1e6, max(-1e6, value)) * 100).rounded())
    let (whole, rest) = hundredths.magnitude.quotientAndRemainder(dividingBy: 100)
    return (hundredths < 0 ? "-" : "") + "\(whole)." + (rest < 10 ? "0" : "") + "\(rest)"
  }

  private static func attributes(_ box: Box) -> String {
    "x=\"\(number(box.x))\" y=\"\(number(box.y))\" width=\"\(number(box.width))\" height=\"\(number(box.height))\""
  }

  private static func attributes(_ center: Place, _ radius: Double) -> String {
    "cx=\"\(number(center.x))\" cy=\"\(number(center.y))\" r=\"\(number(radius))\""
  }

  /// A text within XML; characters that XML cannot hold are shown as replaced.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\t", "\n", "\r": result += " "
      case "\0"..<" ", "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension SVG {
  /// The dashes of a series: its own, and where the theme has no colours those that tell it from the others.
  func dashes(of series: LinePlot.Series, index: Int) -> String? {
    let isPlain = theme[series.role].foreground == .standard && series.stroke == .solid
    return isPlain ? [nil, "8,3", "8,3,2,3", "2,2"][index % 4] : series.stroke.dashes
  }
}

extension Raster.Stroke {
  var dashes: String? {
    switch self {
    case .solid: nil
    case .dashed: "6,4"
    case .dotted: "2,3"
    }
  }
}
