import Screen

extension OverlayView {
  func draw(_ palette: CommandPalette, on canvas: inout Canvas, _ look: Look) -> Point? {
    let entries = BindingCatalog.palette(on: model.place)
    let rows = Self.listHeight(entries.count, in: canvas.bounds.size)
    let inside = box(100, rows + 4, "every command", on: &canvas, look)
    for (row, match) in palette.list.matches.dropFirst(palette.list.offset).prefix(rows).enumerated() {
      let line = Rect(x: inside.x, y: inside.y + 1 + row, width: inside.width, height: 1)
      let isSelected = palette.list.offset + row == palette.list.cursor
      draw(entries[match.index], Set(match.positions), isSelected, in: line, on: &canvas, look)
    }
    if palette.assignment != nil {
      canvas.write("Enter sets this field of the session", look[.text], at: inside.x + 1, inside.y + 1)
    }
    return drawSearch(palette.list, in: inside, on: &canvas, look)
  }

  /// Keys, title with what the search matched, and where the command belongs.
  private func draw(
    _ binding: Binding, _ matched: Set<Int>, _ isSelected: Bool, in line: Rect, on canvas: inout Canvas, _ look: Look
  ) {
    let obstacle = model.availabilityFromHere(binding).obstacle
    let style = look[isSelected ? .selection : obstacle == nil ? .text : .dim]
    let mark = isSelected ? style.with(.bold) : look[.key]
    let keys = binding.keys.isEmpty ? "no key" : binding.keys.map(\.name).joined(separator: " ")
    let title = binding.title + (obstacle.map { " (now: \($0))" } ?? "")
    canvas.fill(line, " ", style)
    canvas.draw(in: line) { region in
      region.write(keys, isSelected || binding.keys.isEmpty ? style : look[.key], at: 1, 0, width: 13)
      let room = line.width - 17 - DisplayWidth.of(binding.context)
      for (index, character) in DisplayWidth.truncate(title, to: room).enumerated() {
        region.write(String(character), matched.contains(index) ? mark : style, at: 15 + index, 0)
      }
      region.write(binding.context, isSelected ? style : look[.dim], at: line.width - 1 - binding.context.count, 0)
    }
  }
}
