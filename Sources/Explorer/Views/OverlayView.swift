import Screen

/// What covers the screen: a centred box over the dimmed rest.
struct OverlayView {
  let overlay: Overlay
  let model: ExplorerModel

  /// Draws the overlay; gives the place of the text cursor if something is being typed.
  func draw(on canvas: inout Canvas, _ look: Look) -> Point? {
    canvas.shade(canvas.bounds)
    switch overlay {
    case .help(let help): return draw(help, on: &canvas, look)
    case .palette(let palette): return draw(palette, on: &canvas, look)
    case .menu(let menu): return draw(menu, on: &canvas, look)
    case .prompt(let prompt): return draw(prompt, on: &canvas, look)
    case .question(let question): return draw(question, on: &canvas, look)
    case .diagnosis(let panel):
      draw(panel, on: &canvas, look)
      return nil
    case .backward(let panel):
      draw(panel, on: &canvas, look)
      return nil
    case .fixedPoints(let panel):
      draw(panel, on: &canvas, look)
      return nil
    }
  }

  func box(_ width: Int, _ height: Int, _ title: String, on canvas: inout Canvas, _ look: Look) -> Rect {
    let rect = Self.frame(width, height, in: canvas.bounds.size)
    canvas.fill(rect, " ", look[.text])
    return canvas.box(
      rect, look[.focus], title: title, titleStyle: look[.title], caption: "Esc leaves", captionStyle: look[.dim])
  }

  private static func frame(_ width: Int, _ height: Int, in size: Size) -> Rect {
    let (width, height) = (min(width, size.width - 2), min(height, size.height - 2))
    return Rect(x: (size.width - width) / 2, y: (size.height - height) / 2, width: width, height: height)
  }

  /// The row of a list of `count` items that is drawn at a line of the screen, from 0.
  static func row(at y: Int, count: Int, in size: Size) -> Int? {
    let rows = listHeight(count, in: size)
    let row = y - frame(0, rows + 4, in: size).y - 2
    return (0..<rows).contains(row) ? row : nil
  }

  /// Where a question's box is, and where in it the answers begin.
  private static func frame(of question: Question, in size: Size) -> Rect {
    let answers = question.answers.map { DisplayWidth.of($0.label) + 5 }.reduce(DisplayWidth.of("Esc stay"), +)
    return frame(max(50, max(DisplayWidth.of(question.text), answers) + 6), 6, in: size)
  }

  /// The answer that is drawn at a cell of the screen.
  static func answer(at point: Point, to question: Question, in size: Size) -> Question.Answer? {
    let frame = frame(of: question, in: size)
    guard point.y == frame.y + 4 else { return nil }
    var x = frame.x + 3
    return question.answers.first { answer in
      defer { x += DisplayWidth.of(answer.label) + 5 }
      return (x..<x + DisplayWidth.of(answer.label) + 2).contains(point.x)
    }
  }

  /// Rows for the items of a list in an overlay: what remains of the window beside border, search and hint.
  static func listHeight(_ count: Int, in size: Size) -> Int { max(1, min(count, size.height - 6)) }

  private func draw(_ help: Help, on canvas: inout Canvas, _ look: Look) -> Point? {
    let bindings = BindingCatalog.bindings(in: model.place)
    let rows = Self.listHeight(bindings.count, in: canvas.bounds.size)
    let inside = box(86, rows + 4, "keys of this screen", on: &canvas, look)
    for (row, match) in help.list.matches.dropFirst(help.list.offset).prefix(rows).enumerated() {
      let isSelected = help.list.offset + row == help.list.cursor
      draw(bindings[match.index], isSelected: isSelected, at: inside.y + 1 + row, in: inside, on: &canvas, look)
    }
    return drawSearch(help.list, in: inside, on: &canvas, look)
  }

  /// The search above a list and the hint below it; gives the place of the text cursor.
  func drawSearch(_ list: ListSelection, in inside: Rect, on canvas: inout Canvas, _ look: Look) -> Point {
    canvas.write("type to search, ↑ ↓ choose, Enter takes it", look[.dim], at: inside.x + 1, inside.maxY - 1)
    let x = canvas.write("search: ", look[.key], at: inside.x + 1, inside.y)
    return list.filter.draw(in: Rect(x: x, y: inside.y, width: inside.maxX - x, height: 1), on: &canvas, look)
  }

  private func draw(
    _ binding: Binding, isSelected: Bool, at y: Int, in inside: Rect, on canvas: inout Canvas, _ look: Look
  ) {
    let style = look[isSelected ? .selection : .text]
    canvas.fill(Rect(x: inside.x, y: y, width: inside.width, height: 1), " ", style)
    canvas.write(
      binding.keys.map(\.name).joined(separator: " "), isSelected ? style : look[.key], at: inside.x + 1, y, width: 15)
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
    let rows = Self.listHeight(menu.items.count, in: canvas.bounds.size)
    let inside = box(max(labels + details + 8, 46), rows + 4, menu.title, on: &canvas, look)
    for (row, match) in menu.list.matches.dropFirst(menu.list.offset).prefix(rows).enumerated() {
      let item = menu.items[match.index]
      let isSelected = menu.list.offset + row == menu.list.cursor
      let style = look[isSelected ? .selection : item.obstacle == nil ? .text : .dim]
      let y = inside.y + 1 + row
      canvas.fill(Rect(x: inside.x, y: y, width: inside.width, height: 1), " ", style)
      canvas.write((isSelected ? "› " : "  ") + item.label, style, at: inside.x + 1, y)
      let x = inside.x + labels + 5
      canvas.write(item.detail, isSelected ? style : look[.dim], at: x, y, width: inside.maxX - x)
    }
    return drawSearch(menu.list, in: inside, on: &canvas, look)
  }

  private func draw(_ prompt: Prompt, on canvas: inout Canvas, _ look: Look) -> Point? {
    let inside = box(70, 5, prompt.title, on: &canvas, look)
    let x = canvas.write("› ", look[.key], at: inside.x + 1, inside.y + 1)
    let field = Rect(x: x, y: inside.y + 1, width: inside.maxX - x - 1, height: 1)
    let cursor = prompt.field.draw(in: field, on: &canvas, look)
    if let complaint = prompt.complaint {
      canvas.write(complaint, look[.bad], at: inside.x + 1, inside.y + 2, width: inside.width - 2)
    } else {
      canvas.write("Enter takes it", look[.dim], at: inside.x + 1, inside.y + 2)
    }
    return cursor
  }

  private func draw(_ question: Question, on canvas: inout Canvas, _ look: Look) -> Point? {
    let frame = Self.frame(of: question, in: canvas.bounds.size)
    let inside = box(frame.width, frame.height, "question", on: &canvas, look)
    canvas.write(question.text, look[.text], at: inside.x + 2, inside.y + 1, width: inside.width - 4)
    var x = inside.x + 2
    for answer in question.answers {
      x = canvas.write(String(answer.key), look[.key], at: x, inside.y + 3)
      x = canvas.write(" " + answer.label + "   ", look[.text], at: x, inside.y + 3)
    }
    x = canvas.write("Esc", look[.key], at: x, inside.y + 3)
    canvas.write(" stay", look[.text], at: x, inside.y + 3)
    return nil
  }
}
