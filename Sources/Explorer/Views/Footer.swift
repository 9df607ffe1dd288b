import Screen

extension Footer {
  /// What can be pressed now, the first bindings of the screen first; help and quit have a place always.
  init(_ model: ExplorerModel) {
    self.init(
      Self.bindings(in: model).enumerated().compactMap { index, binding in
        guard let label = binding.label(in: model), let key = binding.keys.first else { return nil }
        let isGeneral = binding.place == .everywhere
        return Footer.Item(key.name, label, priority: isGeneral ? 1000 : -index)
      })
  }

  /// The bindings that have a place, in the order of the items.
  static func bindings(in model: ExplorerModel) -> [Binding] {
    BindingCatalog.bindings(in: model.place).filter { $0.label(in: model) != nil && !$0.keys.isEmpty }
  }

  /// Where it is on a screen.
  static func rect(in size: Size) -> Rect { Rect(x: 0, y: size.height - 1, width: size.width, height: 1) }
}

extension Binding {
  /// Its words in the footer; `nil` where it has no place or cannot be taken now.
  fileprivate func label(in model: ExplorerModel) -> String? {
    guard label != nil, availability(model) == .enabled else { return nil }
    if command == .training(.toggle) { return model.train.toggleLabel }
    return command == .togglePlay && model.watch?.playback != nil ? "pause" : label
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
