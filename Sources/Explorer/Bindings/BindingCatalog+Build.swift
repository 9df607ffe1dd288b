import FixedPoint
import Screen

extension BindingCatalog {
  static let build: [Binding] = [
    Binding(
      "Type a value or choose one; in the weights, type the cell", .build(.enter), keys: [Key(.enter)],
      label: "edit", in: .build, .change, when: isNotPlaying),
    Binding(
      "Less, or the choice before; in the weights, one cell to the left", .build(.change(.less)),
      keys: [Key(.left), .character("h")], label: "less", in: .build, .change, when: isNotPlaying),
    Binding(
      "More, or the next choice; in the weights, one cell to the right", .build(.change(.more)),
      keys: [Key(.right), .character("l")], label: "more", in: .build, .change, when: isNotPlaying),
    Binding(
      "Add an operator after this one", .build(.chooseOperator), keys: [.character("a")], label: "add", in: .build,
      .change, when: isNotPlaying),
    Binding(
      "Remove this operator", .build(.remove), keys: [.character("d")], label: "remove", in: .build, .change,
      when: isOnOperator),
    Binding(
      "Into the weights cell by cell, and back to the rows", .build(.toggleCells), keys: [.character("v")],
      label: "weights", in: .build, .view, when: hasTensor),
    Binding(
      "Another seed: the next one", .build(.nextSeed), keys: [.character("n")], label: "next seed", in: .build,
      .change, when: hasSeed),
    Binding(
      "Duplicate this operator", .build(.duplicate), keys: [.character("D")], label: "duplicate", in: .build, .change,
      when: isOnOperator),
    Binding(
      "Move this operator down", .build(.moveDown), keys: [.character("J")], label: "move", in: .build, .change,
      when: isOnOperator),
    Binding("Move this operator up", .build(.moveUp), keys: [.character("K")], in: .build, .change, when: isOnOperator),
    Binding(
      "Much less; in the weights, ten cells to the left", .build(.change(.muchLess)), keys: [.character("H")],
      in: .build, .change, when: isNotPlaying),
    Binding(
      "Much more; in the weights, ten cells to the right", .build(.change(.muchMore)), keys: [.character("L")],
      in: .build, .change, when: isNotPlaying),
    Binding(
      "A little less; in the weights, less in the cell", .build(.change(.slightlyLess)),
      keys: [.character("-"), .character("[")], in: .build, .change, when: isNotPlaying),
    Binding(
      "A little more; in the weights, more in the cell", .build(.change(.slightlyMore)),
      keys: [.character("+"), .character("]")], in: .build, .change, when: isNotPlaying),
    Binding(
      "Back to the default of this field", .build(.restoreDefault), keys: [Key(.delete), Key(.backspace)], in: .build,
      .change, when: isNotPlaying),
    Binding("Next row", .build(.nextRow), keys: [Key(.down), .character("j")], in: .build, .move),
    Binding("Previous row", .build(.previousRow), keys: [Key(.up), .character("k")], in: .build, .move),
    Binding(
      "Next operator or part", .build(.nextSection), keys: [Key(.tab), Key(.pageDown)], label: "next part", in: .build,
      .move),
    Binding(
      "Previous operator or part", .build(.previousSection), keys: [Key(.backTab), Key(.pageUp)], in: .build, .move),
    Binding("First row", .build(.firstRow), keys: [Key(.home), .character("g")], in: .build, .move),
    Binding("Last row", .build(.lastRow), keys: [Key(.end), .character("G")], in: .build, .move),
    Binding(
      "Back: out of the weights, from what does not fit, or to the run", .build(.leave), keys: [Key(.escape)],
      label: "back", in: .build, .file),
  ]

  private static let isOnOperator = needs("no operator is selected") {
    $0.watch?.playback == nil && $0.watch?.build?.selected.position != nil
  }
  private static let hasTensor = needs("no weights here") { $0.watch?.build?.tensor?.tensor != nil }
  private static let hasSeed = needs("nothing is generated here") {
    $0.watch?.playback == nil && $0.watch?.build?.reseeding != nil
  }
}
