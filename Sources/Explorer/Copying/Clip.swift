import Screen

/// What can be taken to the clipboard.
public enum Clip: Sendable, CaseIterable {
  case value, commandLine, path

  /// As an object of "copied".
  var words: String {
    switch self {
    case .value: "the value"
    case .commandLine: "the command line"
    case .path: "the path"
    }
  }

  /// As an entry of menu and palette.
  var title: String {
    switch self {
    case .value: "Copy the value that the screen points at"
    case .commandLine: "Copy the command line that does the same without a terminal"
    case .path: "Copy the path of the session"
    }
  }
}

extension BindingCatalog {
  static let clips: [Binding] = Clip.allCases.map { clip in
    Binding(
      clip.title, .copy(clip), keys: [], in: .everywhere, .file, when: needs(clip.obstacle) { $0.text(of: clip) != nil }
    )
  }
}

extension Clip {
  /// Why there is nothing to copy.
  fileprivate var obstacle: String {
    switch self {
    case .value: "there is no value here"
    case .commandLine, .path: "no session that is kept in a file"
    }
  }
}

extension Menu {
  /// The clips of a screen with what they would copy.
  static func clips(_ model: ExplorerModel) -> Menu {
    let items = BindingCatalog.clips.compactMap { binding -> Item? in
      guard case .copy(let clip) = binding.command else { return nil }
      return Item(
        clip.words, model.text(of: clip) ?? "", binding.command, obstacle: binding.availability(model).obstacle)
    }
    return Menu(title: "Copy", items: items)
  }
}
