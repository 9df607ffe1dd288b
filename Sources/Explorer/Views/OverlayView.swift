import Screen

/// What covers the screen: a centred box over the dimmed rest.
struct OverlayView {
  let overlay: Overlay
  let model: ExplorerModel

  /// Draws the overlay; gives the place of the text cursor if something is being typed.
  func draw(on canvas: inout Canvas, _ look: Look) -> Point? {
    canvas.shade(Rect(canvas.size))
    switch overlay {
    case .help(let help): return draw(help, on: &canvas, look)
    case .menu(let menu): return draw(menu, on: &canvas, look)
    case .prompt(let prompt): return draw(prompt, on: &canvas, look)
    case .question(let question): return draw(question, on: &canvas, look)
    }
  }

  private func box(_ width: Int, _ height: Int, _ title: String, on canvas: inout Canvas, _ look: Look) -> Rect {
    let size = canvas.size
    let (width, height) = (min(width, size.width - 2), min(height, size.height - 2))
    let rect = Rect(x: (size.width - width) / 2, y: (size.height - height) / 2, width: width, height: height)
    canvas.fill(rect, " ", look[.text])
    return canvas.box(rect, look[.focus], title: title, titleStyle: look[.title], caption: "Esc leaves", captionStyle: look[.dim])
  }

  private func draw(_ help: Help, on canvas: inout Canvas, _ look: Look) -> Point? {
    let matches = help.matches(in: model.place)
    let inside = box(86, matches.count + 5, "keys of this screen", on: &canvas, look)
    let prompt = "search: "
    canvas.write(prompt + help.search.text, look[.text], at: inside.x + 1, inside.y)
    let rows = max(1, inside.height - 2)
    let first = max(0, min(help.selection.index - rows + 1, matches.count - rows))
    for (row, binding) in matches.dropFirst(first).prefix(rows).enumerated() {
      draw(binding, isSelected: first + row == help.selection.index, at: inside.y + 1 + row, in: inside, on: &canvas, look)
    }
    canvas.write(
      "type to search, ↑ ↓ to choose, Enter takes it", look[.dim], at: inside.x + 1, inside.maxY - 1)
    return Point(x: inside.x + 1 + DisplayWidth.of(prompt) + help.search.cursorColumn, y: inside.y)
  }

  private func draw(
    _ binding: Binding, isSelected: Bool, at y: Int, in inside: Rect, on canvas: inout Canvas, _ look: Look
  ) {
    let style = look[isSelected ? .selection : .text]
    canvas.fill(Rect(x: inside.x, y: y, width: inside.width, height: 1), " ", style)
    canvas.write(binding.keys.map(\.name).joined(separator: " "), isSelected ? style : look[.key], at: inside.x + 1, y, width: 15)
    guard case .disabled(let reason) = binding.availability(model) else {
      canvas.write(binding.title, style, at: inside.x + 17, y, width: inside.width - 18)
      return
    }
    let text = "\(binding.title) (now: \(reason))"
    canvas.write(text, isSelected ? style : look[.dim], at: inside.x + 17, y, width: inside.width - 18)
  }

  private func draw(_ menu: Menu, on canvas: inout Canvas, _ look: Look) -> Point? {
    let labels = menu.items.map { DisplayWidth.of($0.label) }.max() ?? 0
    let details = menu.items.map { DisplayWidth.of($0.detail) }.max() ?? 0
    let inside = box(max(labels + details + 8, 40), menu.items.count + 3, menu.title, on: &canvas, look)
    let rows = max(1, inside.height - 1)
    let first = max(0, min(menu.selection.index - rows + 1, menu.items.count - rows))
    for (row, item) in menu.items.dropFirst(first).prefix(rows).enumerated() {
      let isSelected = first + row == menu.selection.index
      let style = look[isSelected ? .selection : item.obstacle == nil ? .text : .dim]
      let y = inside.y + row
      canvas.fill(Rect(x: inside.x, y: y, width: inside.width, height: 1), " ", style)
      canvas.write((isSelected ? "› " : "  ") + item.label, style, at: inside.x + 1, y)
      canvas.write(item.detail, isSelected ? style : look[.dim], at: inside.x + labels + 5, y, width: inside.width - labels - 6)
    }
    canvas.write("↑ ↓ to choose, Enter takes it", look[.dim], at: inside.x + 1, inside.maxY - 1)
    return nil
  }

  private func draw(_ prompt: Prompt, on canvas: inout Canvas, _ look: Look) -> Point? {
    let inside = box(70, 5, prompt.title, on: &canvas, look)
    let (text, column) = prompt.field.window(width: inside.width - 4)
    canvas.write("› " + text, look[.text], at: inside.x + 1, inside.y + 1)
    if let complaint = prompt.complaint {
      canvas.write(complaint, look[.bad], at: inside.x + 1, inside.y + 2, width: inside.width - 2)
    } else {
      canvas.write("Enter takes it", look[.dim], at: inside.x + 1, inside.y + 2)
    }
    return Point(x: inside.x + 3 + column, y: inside.y + 1)
  }

  private func draw(_ question: Question, on canvas: inout Canvas, _ look: Look) -> Point? {
    let inside = box(max(50, DisplayWidth.of(question.text) + 6), 6, "question", on: &canvas, look)
    canvas.write(question.text, look[.text], at: inside.x + 2, inside.y + 1, width: inside.width - 4)
    var x = inside.x + 2
    for answer in question.answers {
      x = canvas.write(String(answer.key), look[.key], at: x, inside.y + 3)
      x = canvas.write(" " + answer.label + "   ", look[.text], at: x, inside.y + 3)
    }
    canvas.write("Esc stay", look[.text], at: x, inside.y + 3)
    return nil
  }
}
