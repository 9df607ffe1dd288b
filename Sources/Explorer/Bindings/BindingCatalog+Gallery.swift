import FixedPoint
import Screen

extension BindingCatalog {
  static let gallery: [Binding] = [
    Binding(
      "Open the selected session", .openSelected, keys: [Key(.enter), .character("l")], label: "open", in: .gallery,
      .file, when: hasSelection),
    Binding("Search the sessions", .search, keys: [.character("/")], label: "search", in: .gallery, .view),
    Binding(
      "New session from a template", .gallery(.chooseTemplate), keys: [.character("n")], label: "new", in: .gallery,
      .file),
    Binding(
      "Open a file by typing its path", .gallery(.askPath), keys: [.character("O")], label: "open file", in: .gallery,
      .file),
    Binding("Next session", .selectNext, keys: [Key(.down), .character("j")], label: "next", in: .gallery, .move),
    Binding(
      "Previous session", .selectPrevious, keys: [Key(.up), .character("k")], label: "previous", in: .gallery, .move),
    Binding(
      "Scroll the notes down", .gallery(.scrollNotes(3)), keys: [Key(.pageDown)], label: "notes",
      in: .gallery, .view, when: hasSelection),
    Binding(
      "Scroll the notes up", .gallery(.scrollNotes(-3)), keys: [Key(.pageUp)], in: .gallery, .view,
      when: hasSelection),
    Binding("First session", .selectFirst, keys: [Key(.home), .character("g")], in: .gallery, .move),
    Binding("Last session", .selectLast, keys: [Key(.end), .character("G")], in: .gallery, .move),
  ]
}
