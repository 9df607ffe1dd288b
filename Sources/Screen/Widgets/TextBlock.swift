/// Paragraphs of text, wrapped at words, with a scroll position.
public struct TextBlock: Drawable {
  public var text: String
  /// First line shown.
  public var offset: Int
  public var role: Theme.Role

  public init(_ text: String, offset: Int = 0, role: Theme.Role = .text) {
    self.text = text
    self.offset = max(0, offset)
    self.role = role
  }

  public func draw(in rect: Rect, on canvas: inout Canvas, _ look: Look) {
    guard !rect.isEmpty else { return }
    let all = lines(width: rect.width)
    let scrolls = all.count > rect.height && rect.width > 2
    let lines = scrolls ? lines(width: rect.width - 2) : all
    canvas.draw(in: rect) { region in
      for (row, line) in lines.dropFirst(offset).prefix(rect.height).enumerated() {
        region.write(line, look[role], at: 0, row)
      }
      let bar = Rect(x: rect.width - 1, y: 0, width: 1, height: rect.height)
      if scrolls { region.scrollBar(bar, offset: offset, of: lines.count, look) }
    }
  }

  /// The text in lines of at most `width` cells; a word longer than that is broken. Blanks at the start of a paragraph
  /// indent all of its lines.
  public func lines(width: Int) -> [String] {
    guard width > 0 else { return [] }
    return text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { wrap($0, width) }
  }

  private func wrap(_ paragraph: Substring, _ width: Int) -> [String] {
    let blanks = paragraph.prefix { $0 == " " }.count
    let indent = String(repeating: " ", count: min(blanks, width / 2))
    var lines: [String] = []
    var line = indent
    for word in paragraph.split(separator: " ") {
      for piece in pieces(word, width - indent.count) {
        let isFirst = line.count == indent.count
        if !isFirst, DisplayWidth.of(line) + 1 + DisplayWidth.of(piece) > width {
          lines.append(line)
          line = indent + piece
        } else {
          line += (isFirst ? "" : " ") + piece
        }
      }
    }
    return lines + [line == indent ? "" : line]
  }

  private func pieces(_ word: Substring, _ width: Int) -> [String] {
    guard DisplayWidth.of(String(word)) > width else { return [String(word)] }
    var pieces = [""]
    var used = 0
    for character in word {
      let cells = DisplayWidth.of(String(character))
      if used + cells > width, used > 0 {
        pieces.append("")
        used = 0
      }
      pieces[pieces.count - 1].append(character)
      used += cells
    }
    return pieces
  }
}
