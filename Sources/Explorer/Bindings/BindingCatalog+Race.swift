import FixedPoint
import Screen

extension BindingCatalog {
  static let race: [Binding] = [
    Binding(
      "Go on by this method", .takeEntrant, keys: [Key(.enter)], label: "take it", in: .race, .change),
    Binding(
      "This method on or off", .toggleEntrant, keys: [.character(" ")], label: "on/off", in: .race, .view),
    Binding(
      "This method alone, or all", .toggleOtherEntrants, keys: [.character("a")], label: "alone/all", in: .race, .view),
    Binding(
      "Residual against evaluations or against time", .toggleRaceAxis, keys: [.character("t")], label: "time axis",
      in: .race, .view),
    Binding(
      "Freeze this method's curve to compare with; again lets it go", .freezeEntrant, keys: [.character("f")],
      label: "freeze", in: .race, .view),
    Binding("Next method", .nextEntrant, keys: [Key(.down), .character("j")], label: "next", in: .race, .move),
    Binding(
      "Previous method", .previousEntrant, keys: [Key(.up), .character("k")], label: "previous", in: .race, .move),
    Binding(
      "Back from the race to the run", .leaveRace, keys: [Key(.escape)],
      label: "back", in: .race, .file),
  ]
}
