import Screen

extension ExplorerModel {
  /// Whether an entry of the palette can be taken from here, going to its screen first if it has another.
  func availabilityFromHere(_ binding: Binding) -> Binding.Availability {
    guard let screen = binding.detour(from: place), let tab = BindingCatalog.tab(of: screen) else {
      return binding.availability(self)
    }
    guard tab.availability(self) == .enabled else { return tab.availability(self) }
    var there = self
    there.place = screen
    return binding.availability(there)
  }

  mutating func answer(_ key: Key, to palette: CommandPalette) -> [Effect] {
    let entries = BindingCatalog.palette(on: place)
    var palette = palette
    guard key.code == .enter else {
      _ = palette.list.handle(key, height: OverlayView.listHeight(entries.count, in: body.size))
      overlay = .palette(palette)
      return []
    }
    if let assignment = palette.assignment { return set(assignment) }
    guard let selected = palette.list.selected else { return [] }
    overlay = nil
    return take(entries[selected])
  }

  /// Takes a command of this screen or of another, which is gone to first.
  private mutating func take(_ binding: Binding) -> [Effect] {
    let availability = availabilityFromHere(binding)
    guard availability == .enabled, let screen = binding.detour(from: place) else {
      return perform(binding, when: availability)
    }
    let arrival = perform(.show(screen)) + settle()
    return arrival + perform(binding)
  }

  /// Sets a field of the session as the prompt for fields does, and says what is wrong with the text where it cannot.
  private mutating func set(_ assignment: String) -> [Effect] {
    guard let edit = BindingCatalog.session.first(where: { $0.command == .askEdit }) else { return [] }
    switch (edit.availability(self), Prompt.edit(assignment)) {
    case (.disabled, _): return perform(edit)
    case (.enabled, .success(let command)):
      overlay = nil
      return perform(command)
    case (.enabled, .failure(let failure)):
      say(.failure, failure.text)
      return []
    }
  }
}
