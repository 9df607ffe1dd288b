/// A plot that draws itself as vectors, with the data, axes, ticks, legend and colours that it has on a canvas.
public protocol Figure: Sendable {
  /// Draws into a box of the picture; nothing outside it.
  func draw(in box: SVG.Box, on svg: inout SVG)
}

/// Figures below each other under one title: a picture for a paper.
public struct FigureSheet: Sendable {
  /// A figure with its name and what its values are.
  public struct Panel: Sendable {
    public var title: String
    public var caption: String
    public var figure: any Figure

    public init(_ title: String, caption: String, _ figure: any Figure) {
      self.title = title
      self.caption = caption
      self.figure = figure
    }
  }

  public var title: String
  public var panels: [Panel]
  /// Lines below the figures.
  public var remarks: [String]

  public init(_ title: String, _ panels: [Panel], remarks: [String] = []) {
    self.title = title
    self.panels = panels
    self.remarks = remarks
  }

  private static let width = 720.0
  private static let panelHeight = 300.0
  private static let margin = 16.0
  private static let line = 20.0

  /// The picture as the text of an SVG file.
  public func svg(theme: Theme) -> String {
    var svg = SVG(theme: theme)
    svg.text(title, at: (Self.margin, Self.margin + SVG.fontSize), theme[.title])
    var y = Self.margin + Self.line
    for panel in panels {
      draw(panel, at: y, on: &svg)
      y += Self.line + Self.panelHeight + Self.margin
    }
    for line in remarks.flatMap({ Self.wrapped($0) }) {
      svg.text(line, at: (Self.margin, y + SVG.fontSize), theme[.text])
      y += Self.line
    }
    if !remarks.isEmpty { y += Self.margin }
    return svg.document(width: Self.width, height: y, title: title)
  }

  /// Lines that are not wider than the picture, broken at blanks.
  private static func wrapped(_ text: String) -> [String] {
    let most = Int((width - 2 * margin) / (0.62 * SVG.fontSize))
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, last.count + 1 + word.count <= most {
        lines[lines.count - 1] = last + " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }

  private func draw(_ panel: Panel, at y: Double, on svg: inout SVG) {
    let (left, right) = (Self.margin, Self.width - Self.margin)
    svg.text(panel.title, at: (left, y + SVG.fontSize), svg.theme[.title])
    svg.text(panel.caption, at: (right, y + SVG.fontSize), svg.theme[.dim], .end)
    let box = SVG.Box(x: left, y: y + Self.line, width: right - left, height: Self.panelHeight)
    panel.figure.draw(in: box, on: &svg)
  }
}
