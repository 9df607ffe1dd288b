import FixedPoint
import Screen

extension BindingCatalog {
  /// Wherever the run is stepped and looked back on.
  static let run: [Binding] = [
    Binding(
      "One step", .step, keys: [Key(.character(" ")), .character("l"), Key(.right)], label: "step", in: .run, .run,
      when: canStep),
    Binding("Run or pause", .togglePlay, keys: [.character("r")], label: "run", in: .run, .run, when: canStep),
    Binding(
      "Back one step", .back, keys: [Key(.left), .character("h")], label: "back", in: .run, .run, when: isPastStart),
    Binding("Ten steps", .stepMany(10), keys: [.character("L"), Key(.pageDown)], in: .run, .run, when: canStep),
    Binding(
      "Back ten steps", .stepMany(-10), keys: [.character("H"), Key(.pageUp)], in: .run, .run, when: isPastStart),
    Binding(
      "To the start", .jumpToStart, keys: [.character("^"), Key(.home)], label: "start", in: .run, .run,
      when: isPastStart),
    Binding(
      "To the end: run until it stops", .jumpToEnd, keys: [.character("$"), Key(.end), .character("G")], label: "end",
      in: .run, .run, when: canStep),
    Binding("Faster", .faster, keys: [.character("+"), .character("]")], label: "faster", in: .run, .run),
    Binding("Slower", .slower, keys: [.character("-"), .character("[")], in: .run, .run),
  ]
}
