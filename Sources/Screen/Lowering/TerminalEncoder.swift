/// Pictures as the text that shows them on a terminal: the first whole, each later one as its difference to the one
/// before.
///
/// A picture is first lowered to the terminal's profile. The text moves the cursor (CUP), sets colours and attributes
/// (SGR) and writes characters; the cursor is hidden throughout.
/// Source: ECMA-48, *Control functions for coded character sets*; xterm, *Control sequences* (256 and 24-bit colours).
public struct TerminalEncoder: Sendable {
  private let profile: Profile
  private var shown: Canvas?

  public init(profile: Profile = Profile()) { self.profile = profile }

  /// The text that turns the picture shown before into this one; every call may have another size.
  public mutating func encode(_ canvas: Canvas) -> String {
    let next = canvas.lowered(to: profile)
    let isFresh = shown?.size != next.size
    var pen = Pen(text: isFresh ? "\u{1B}[?25l\u{1B}[0m\u{1B}[2J" : "")
    let last = isFresh ? Canvas(size: next.size) : shown ?? Canvas(size: next.size)
    for row in 0..<next.size.height {
      for column in 0..<next.size.width where next.differs(from: last, column, row) {
        pen.put(next[column, row], at: column, row)
      }
    }
    shown = next
    return pen.finished
  }
}

extension Canvas {
  /// Whether a cell, or the other half of its wide character, is another one; the second half is drawn with the first.
  fileprivate func differs(from other: Canvas, _ x: Int, _ y: Int) -> Bool {
    let cell = self[x, y]
    if cell.scalar == Cell.continuation { return false }
    let isWide = x + 1 < size.width && self[x + 1, y].scalar == Cell.continuation
    return cell != other[x, y] || (isWide && self[x + 1, y] != other[x + 1, y])
  }
}

/// Writes cells with as few moves and changes of style as they need.
private struct Pen {
  private(set) var text: String
  private var place: Point?
  private var style = Style.plain

  init(text: String) { self.text = text }

  mutating func put(_ cell: Canvas.Cell, at x: Int, _ y: Int) {
    if place != Point(x: x, y: y) { text += "\u{1B}[\(y + 1);\(x + 1)H" }
    if cell.style != style { text += Self.sequence(cell.style) }
    style = cell.style
    text.unicodeScalars.append(cell.scalar)
    place = Point(x: x + DisplayWidth.of(cell.scalar), y: y)
  }

  /// Ends in the plain style, so that what follows begins with it.
  var finished: String { style == .plain ? text : text + "\u{1B}[0m" }

  private static func sequence(_ style: Style) -> String {
    var codes = ["0"]
    let attributes: [(Style.Attributes, String)] = [(.bold, "1"), (.dim, "2"), (.underline, "4"), (.reverse, "7")]
    codes += attributes.filter { style.attributes.contains($0.0) }.map(\.1)
    codes += color(style.foreground, base: 30) + color(style.background, base: 40)
    return "\u{1B}[" + codes.joined(separator: ";") + "m"
  }

  private static func color(_ color: Color, base: Int) -> [String] {
    switch color {
    case .standard: []
    case .palette(let index) where index < 8: ["\(base + Int(index))"]
    case .palette(let index) where index < 16: ["\(base + 52 + Int(index))"]
    case .palette(let index): ["\(base + 8)", "5", "\(index)"]
    case .rgb(let red, let green, let blue): ["\(base + 8)", "2", "\(red)", "\(green)", "\(blue)"]
    }
  }
}
