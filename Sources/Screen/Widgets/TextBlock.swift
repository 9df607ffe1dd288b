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
    let blanks = min(paragraph.prefix { $0 == " " }.count, width / 2)
    let indent = String(repeating: " ", count: blanks)
    var lines: [String] = []
    var line = indent
    var used = blanks
    for word in paragraph.split(separator: " ") {
      for piece in pieces(String(word), width - blanks) {
        if used > blanks, used + 1 + piece.width > width {
          lines.append(line)
          (line, used) = (indent, blanks)
        }
        if used > blanks {
          line += " "
          used += 1
        }
        line += piece.text
        used += piece.width
      }
    }
    return lines + [used == blanks ? "" : line]
  }

  /// A word in parts of at most `width` cells.
  private func pieces(_ word: String, _ width: Int) -> [(text: String, width: Int)] {
    let whole = DisplayWidth.of(word)
    guard whole > width else { return [(word, whole)] }
    var pieces = [(text: "", width: 0)]
    for character in word {
      let cells = DisplayWidth.of(String(character))
      if pieces[pieces.count - 1].width + cells > width, pieces[pieces.count - 1].width > 0 { pieces.append(("", 0)) }
      pieces[pieces.count - 1].text.append(character)
      pieces[pieces.count - 1].width += cells
    }
    return pieces
  }
}
