import Screen

/// The last line: what can be pressed now, most important first.
struct Footer: Drawable {
  let items: [(key: String, label: String, isEnabled: Bool)]

  init(_ model: ExplorerModel) {
    items = BindingCatalog.bindings(in: model.place).compactMap { binding in
      guard let label = binding.label, let key = binding.keys.first else { return nil }
      let isEnabled = binding.availability(model) == .enabled
      return (key.name, binding.command == .togglePlay && model.watch?.playback != nil ? "pause" : label, isEnabled)
    }
  }

  /// Help and quit always fit: they are placed first, at the right.
  func draw(in rect: Rect, on canvas: inout Canvas, _ look: Look) {
    canvas.fill(rect, " ", look[.text])
    let last = items.suffix(2)
    let width = last.reduce(0) { $0 + Self.width($1) }
    var end = rect.maxX - width
    for item in last { end = draw(item, at: end, rect.y, on: &canvas, look) }
    var x = rect.x + 1
    for item in items.dropLast(2) where x + Self.width(item) < rect.maxX - width {
      x = draw(item, at: x, rect.y, on: &canvas, look)
    }
  }

  private static func width(_ item: (key: String, label: String, isEnabled: Bool)) -> Int {
    DisplayWidth.of(item.key) + DisplayWidth.of(item.label) + 3
  }

  private func draw(
    _ item: (key: String, label: String, isEnabled: Bool), at x: Int, _ y: Int, on canvas: inout Canvas, _ look: Look
  ) -> Int {
    let next = canvas.write(item.key, look[item.isEnabled ? .key : .dim], at: x, y)
    return canvas.write(" " + item.label, look[item.isEnabled ? .text : .dim], at: next, y) + 2
  }
}

extension Key {
  /// As people call it: `space`, `^S`, `PgUp`.
  var name: String {
    let base: String =
      switch code {
      case .character(" "): "space"
      case .character(let character): control ? character.uppercased() : String(character)
      case .enter: "Enter"
      case .escape: "Esc"
      case .tab: "Tab"
      case .backTab: "Shift-Tab"
      case .backspace: "Backspace"
      case .delete: "Del"
      case .insert: "Ins"
      case .up: "↑"
      case .down: "↓"
      case .left: "←"
      case .right: "→"
      case .home: "Home"
      case .end: "End"
      case .pageUp: "PgUp"
      case .pageDown: "PgDn"
      case .function(let number): "F\(number)"
      }
    return (control ? "^" : "") + (alt ? "Alt-" : "") + base
  }
}
