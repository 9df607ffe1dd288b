import Screen

/// The few keys to begin with, over the screen of a person who is here for the first time.
struct Greeting: Drawable {
  private let lines: [(keys: String, words: String)]

  init(_ place: ExplorerModel.Place) {
    let first: [Command] = place == .gallery ? [.openSelected, .openPalette] : [.step, .togglePlay]
    lines = (first + [.help, .quit]).compactMap { command in
      BindingCatalog.bindings(in: place).first { $0.command == command }.map { ($0.keys[0].name, $0.title) }
    }
  }

  func draw(in rect: Rect, on canvas: inout Canvas, _ look: Look) {
    let width = 6 + 7 + (lines.map { DisplayWidth.of($0.words) }.max() ?? 0)
    let height = lines.count + 2
    let box = Rect(x: rect.maxX - width - 2, y: rect.maxY - height - 2, width: width, height: height)
    canvas.fill(box, " ", look[.text])
    let inside = canvas.box(
      box, look[.focus], title: "to begin with", titleStyle: look[.title], caption: "any key", captionStyle: look[.dim])
    for (row, line) in lines.enumerated() {
      canvas.write(line.keys, look[.key], at: inside.x + 2, inside.y + row)
      canvas.write(line.words, look[.text], at: inside.x + 9, inside.y + row)
    }
  }
}

extension ExplorerModel {
  /// The first key or click ends the greeting for good.
  mutating func partIfGreeting(_ event: Event) -> [Effect] {
    switch event {
    case .key: break
    case .mouse(let mouse) where mouse.action == .press: break
    case .mouse, .paste, .resize, .focus, .resumed, .hangUp: return []
    }
    guard greets else { return [] }
    greets = false
    return [.remember(.greeted)]
  }
}
