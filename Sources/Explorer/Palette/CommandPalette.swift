public import Screen

/// Every action of the program as a list to search: those of the screen it was opened on, those of the others, and
/// those that have no key.
public struct CommandPalette: Sendable, Equatable {
  /// Title, screen and category of each entry, in the order of ``BindingCatalog/palette(on:)``.
  public var list: ListSelection

  init(on place: ExplorerModel.Place) {
    list = ListSelection(BindingCatalog.palette(on: place).map { $0.title + "  " + $0.context })
  }

  /// What was typed, if it is no search but a field and its value: `network.operators[1].shift=1.3`.
  var assignment: String? { list.matches.isEmpty && list.filter.text.contains("=") ? list.filter.text : nil }
}

extension BindingCatalog {
  /// What the palette offers on a screen. What only leaves another screen is not among it.
  static func palette(on place: ExplorerModel.Place) -> [Binding] {
    let here = bindings(in: place)
    let elsewhere = ExplorerModel.Place.allCases.filter { $0 != place }.flatMap(own) + run + session
    let further = elsewhere.filter { other in
      other.keys != [Key(.escape)] && !here.contains { $0.title == other.title }
    }
    return here + further + keyless
  }

  /// What goes to a screen.
  static func tab(of place: ExplorerModel.Place) -> Binding? { everywhere.first { $0.command == .show(place) } }
}

extension Binding {
  /// The screen and the category, as words to search by.
  var context: String {
    switch place {
    case .everywhere, .session, .run: category.rawValue
    case .only(let screen): screen.title + " · " + category.rawValue
    }
  }

  /// The screen that must be gone to before the command can be taken; `nil` where it can be taken at once.
  func detour(from place: ExplorerModel.Place) -> ExplorerModel.Place? {
    switch self.place {
    case .everywhere: nil
    case .session: place.standsAlone ? .watch : nil
    case .run: BindingCatalog.isStepping(place) ? nil : .watch
    case .only(let screen): screen == place ? nil : screen
    }
  }
}
